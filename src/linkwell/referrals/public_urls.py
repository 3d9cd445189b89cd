from linkwell.core.routes import Open, route
from linkwell.referrals.views import ask

app_name = "ask"
urlpatterns = [
    route("", ask.teams, name="teams", allow=Open("Finding the team of one's area, to ask it for help.")),
    route("<slug:slug>/", ask.ask, name="form", allow=Open("Asking a team for help, without an account.")),
]
