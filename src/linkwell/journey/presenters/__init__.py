"""From what was read to what the pages draw. Nothing here asks the database."""
