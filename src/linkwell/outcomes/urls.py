from linkwell.core.routes import route
from linkwell.outcomes.permissions import ASK, SAY_USED, SEE_ANSWERS, SET_ASKING
from linkwell.outcomes.views import asking, milestones, results, settings, stories

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
    route("stories/of/<uuid:case_id>/", stories.of_case, name="stories", allow=SEE_ANSWERS),
    route("stories/of/<uuid:case_id>/write/", stories.write, name="write_story", allow=ASK),
    route("stories/to-check/", stories.to_check, name="to_check", allow=SEE_ANSWERS),
    route("stories/<uuid:story_id>/", stories.story, name="story", allow=SEE_ANSWERS),
    route("stories/<uuid:story_id>/change/", stories.change, name="change_story", allow=ASK),
    route("stories/<uuid:story_id>/agreed/", stories.agreed, name="agreed", allow=ASK),
    route("stories/<uuid:story_id>/ask-for-check/", stories.ask_check, name="ask_check", allow=ASK),
    route("stories/<uuid:story_id>/check/", stories.check, name="check", allow=ASK),
    route("stories/<uuid:story_id>/used/", stories.used, name="used", allow=ASK),
    route("stories/<uuid:story_id>/take-back/", stories.withdraw, name="withdraw", allow=ASK),
    route("results/", results.results, name="results", allow=SEE_ANSWERS),
    route("results/used/", results.used, name="say_used", allow=SAY_USED),
    route("questionnaires/", settings.asking, name="asking", allow=SET_ASKING),
    route("questionnaires/load/", settings.load, name="load", allow=SET_ASKING),
]
