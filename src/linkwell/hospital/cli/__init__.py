"""`linkwell adt` and `linkwell hospital`."""
