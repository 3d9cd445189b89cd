from linkwell.core.navigation import nav_item
from linkwell.directory.permissions import FIND_SERVICES, IMPORT_DIRECTORY

nav_item("Services", "directory:find", permission=FIND_SERVICES, order=40)
nav_item("Feeds", "directory:sources", permission=IMPORT_DIRECTORY, order=45)
