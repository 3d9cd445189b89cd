"""Who may read what the directory says: everybody, for it is public already."""

from linkwell.core.row_security import open_to_read

PUBLIC_FACTS = open_to_read()
