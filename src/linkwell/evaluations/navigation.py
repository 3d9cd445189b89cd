from linkwell.core.navigation import nav_item
from linkwell.evaluations.permissions import EVALUATE

nav_item("Evaluations", "evaluations:evaluations", permission=EVALUATE, order=86)
