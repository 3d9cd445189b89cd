"""What was going to be asked, fixed before the data were opened, and how a run kept to it."""
