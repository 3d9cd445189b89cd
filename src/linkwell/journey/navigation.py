"""This app's place in the menu, and where a task about something leads."""

from linkwell.core.navigation import nav_item
from linkwell.journey.permissions import TODAY
from linkwell.tasks.subjects import page_of

nav_item("Today", "journey:today", permission=TODAY, order=10)
page_of("person", "journey:person")
page_of("case", "casework:case")
page_of("onward_referral", "onward:one")
page_of("signpost", "onward:went")
