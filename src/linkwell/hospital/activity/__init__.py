"""A hospital's activity files: taken in, kept as Parquet in a folder of its own, opened only under a scope."""
