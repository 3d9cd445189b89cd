"""This app's place in the menu."""

from linkwell.core.navigation import nav_item
from linkwell.showcase.permissions import PREPARE_RELEASE

nav_item("Publish", "showcase:releases", permission=PREPARE_RELEASE, order=87)
