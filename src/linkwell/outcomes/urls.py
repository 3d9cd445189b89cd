from linkwell.core.routes import route
from linkwell.outcomes.permissions import ASK, SEE_ANSWERS, SET_ASKING
from linkwell.outcomes.views import asking, milestones, settings

app_name = "outcomes"

urlpatterns = [
    route("ask/<uuid:case_id>/", asking.choose, name="choose", allow=ASK),
    route("ask/<uuid:case_id>/<str:pack>/", asking.ask, name="ask", allow=ASK),
    route("ask/<uuid:case_id>/<str:pack>/send/", asking.send, name="send", allow=ASK),
    route("answers/<uuid:response_id>/", asking.response, name="response", allow=SEE_ANSWERS),
    route("answers/<uuid:response_id>/put-right/", asking.correct, name="correct", allow=ASK),
    route("over-time/<uuid:person_id>/", asking.scores, name="scores", allow=SEE_ANSWERS),
    route("what-changed/<uuid:case_id>/", milestones.changed, name="changed", allow=ASK),
    route("what-changed/not-so/<uuid:milestone_id>/", milestones.take_back, name="take_back", allow=ASK),
    route("questionnaires/", settings.asking, name="asking", allow=SET_ASKING),
    route("questionnaires/load/", settings.load, name="load", allow=SET_ASKING),
]
