from linkwell.core.navigation import nav_item
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS, PLAN_GOING_HOME, SEE_CANDIDATES, SEE_NUMBERS

nav_item("Offer support", "hospital:candidates", permission=SEE_CANDIDATES, order=30, kind="trust")
nav_item("Going home", "hospital:board", permission=PLAN_GOING_HOME, order=32, kind="trust")
nav_item("Hospital feeds", "hospital:feeds", permission=LOOK_AFTER_FEEDS, order=46, kind="trust")
nav_item("Our numbers", "hospital:trust", permission=SEE_NUMBERS, order=34, kind="trust")
