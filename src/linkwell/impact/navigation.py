"""This app's place in the menu."""

from linkwell.core.navigation import nav_item
from linkwell.impact.permissions import SEE_REPORT

nav_item("Report", "impact:home", permission=SEE_REPORT, order=85)
