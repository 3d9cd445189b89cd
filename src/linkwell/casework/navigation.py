from linkwell.casework.permissions import ALLOCATE, READ_SUMMARIES, SEE_CASES
from linkwell.core.navigation import nav_item
from linkwell.tasks.subjects import page_of

nav_item("Waiting list", "casework:waiting", permission=ALLOCATE, order=22)
nav_item("My caseload", "casework:caseload", permission=SEE_CASES, order=25)
nav_item("Summaries", "casework:received", permission=READ_SUMMARIES, order=65)
page_of("closing_request", "casework:decide_closing")
page_of("offer_extension", "casework:decide_longer")
