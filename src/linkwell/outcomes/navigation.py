from linkwell.core.navigation import nav_item
from linkwell.outcomes.permissions import SEE_ANSWERS
from linkwell.tasks.subjects import page_of

nav_item("Results", "outcomes:results", permission=SEE_ANSWERS, order=72)
page_of("response", "outcomes:response")
page_of("story", "outcomes:story")
# A task to ask leads to the questionnaires of the case it is about.
page_of("questionnaire", "outcomes:choose")
