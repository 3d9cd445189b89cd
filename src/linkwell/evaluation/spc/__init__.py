"""Process-control charts by the rules of NHS England's "Making data count"."""
