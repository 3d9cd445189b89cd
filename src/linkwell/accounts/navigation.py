"""This app's place in the menu."""

from linkwell.accounts.permissions import SEE_ADMIN
from linkwell.core.navigation import nav_item

nav_item("Admin", "accounts:admin", permission=SEE_ADMIN, order=90)
