from linkwell.core.navigation import nav_item
from linkwell.groupwork.permissions import BOOK_CLINIC, RUN_GROUPS
from linkwell.tasks.subjects import page_of

nav_item("Groups and clinics", "groupwork:sessions", permission=RUN_GROUPS, order=45)
nav_item("Clinic times", "groupwork:practice", permission=BOOK_CLINIC, order=55)
page_of("meeting_item", "groupwork:meeting_item")
