"""This app's place in the menu."""

from linkwell.core.navigation import nav_item
from linkwell.journey.permissions import TODAY

nav_item("Today", "journey:today", permission=TODAY, order=10)
