from linkwell.core.routes import Open, route
from linkwell.outcomes.views import own

# The address stands in messages that others may see: no word of it says what it is for.
app_name = "own"

BY_LINK = Open("Somebody answers a questionnaire alone from the link in their message; the link itself is the key.")

urlpatterns = [route("<str:own_token>/", own.answer, name="answer", allow=BY_LINK)]
