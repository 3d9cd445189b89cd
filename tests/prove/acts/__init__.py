"""Small acts of the people in a week, each given the week and the one row it is about. `next_acts` says when."""
