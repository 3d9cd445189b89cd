"""Who would gain: rules over activity tables, one definition asked of DuckDB, PostgreSQL or Spark. No Django."""
