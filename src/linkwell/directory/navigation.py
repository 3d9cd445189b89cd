from linkwell.core.navigation import nav_item
from linkwell.directory.permissions import FIND_SERVICES

nav_item("Services", "directory:find", permission=FIND_SERVICES, order=40)
