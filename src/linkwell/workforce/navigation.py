from linkwell.core.navigation import nav_item
from linkwell.tasks.subjects import page_of
from linkwell.workforce.permissions import SEE_TEAM

nav_item("Our team", "workforce:team", permission=SEE_TEAM, order=75)
page_of("visit", "workforce:visit")
