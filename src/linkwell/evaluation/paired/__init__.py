"""First and last score of the same person: what changed, for how many, and who is missing from it."""
