"""One unit was supported: a weighted mixture of others stands for what it would have been (Abadie; Arkhangelsky)."""
