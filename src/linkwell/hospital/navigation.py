from linkwell.core.navigation import nav_item
from linkwell.hospital.permissions import PLAN_GOING_HOME, SEE_CANDIDATES

nav_item("Offer support", "hospital:candidates", permission=SEE_CANDIDATES, order=30, kind="trust")
nav_item("Going home", "hospital:board", permission=PLAN_GOING_HOME, order=32, kind="trust")
