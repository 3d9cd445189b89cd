from linkwell.core.routes import Open, route
from linkwell.outcomes.views import groups

app_name = "of_group"

BY_LINK = Open("A community group reads what changed for its people, from the link to its own page and with its code.")

urlpatterns = [route("<str:listing_token>/what-changed/", groups.results, name="results", allow=BY_LINK)]
