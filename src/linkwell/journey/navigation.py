"""This app's place in the menu, and where a task about something leads."""

from linkwell.core.navigation import nav_item
from linkwell.journey.permissions import TODAY
from linkwell.people.permissions import RETENTION
from linkwell.tasks.subjects import page_of

nav_item("Today", "journey:today", permission=TODAY, order=10)
nav_item("Records to let go", "journey:retention", permission=RETENTION, order=85)
page_of("person", "journey:person")
page_of("case", "casework:case")
page_of("onward_referral", "onward:one")
page_of("signpost", "onward:went")
