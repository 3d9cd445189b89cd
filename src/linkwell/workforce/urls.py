from linkwell.casework.permissions import ALLOCATE
from linkwell.core.routes import route
from linkwell.workforce.permissions import (
    ANSWER_TALKS,
    ASK_TO_TALK,
    SEE_DECISIONS,
    SEE_LOAD,
    SEE_TEAM,
    SUPERVISE,
    VISIT,
)
from linkwell.workforce.views import cover, supervision, talking, team, visits

app_name = "workforce"
urlpatterns = [
    route("", team.team, name="team", allow=SEE_TEAM),
    route("cover/", cover.covers, name="cover", allow=ALLOCATE),
    route("cover/<uuid:cover_id>/end/", cover.end_cover, name="end_cover", allow=ALLOCATE),
    route("cover/for/<uuid:worker_id>/", cover.share_cover, name="share_cover", allow=ALLOCATE),
    route("move/<uuid:worker_id>/", cover.move, name="move", allow=ALLOCATE),
    route("moves/", cover.moves, name="moves", allow=ALLOCATE),
    route("moves/<uuid:move_id>/undo/", cover.undo, name="undo_move", allow=ALLOCATE),
    route("visits/", visits.now, name="visits", allow=VISIT),
    route("visits/start/", visits.start, name="visit_start", allow=VISIT),
    route("visits/start/<uuid:appointment_id>/", visits.start_for, name="visit_start_for", allow=VISIT),
    route("visits/<uuid:visit_id>/", visits.visit, name="visit", allow=VISIT),
    route("visits/<uuid:visit_id>/out/", visits.out, name="visit_out", allow=VISIT),
    route("visits/<uuid:visit_id>/longer/", visits.longer, name="visit_longer", allow=VISIT),
    route("visits/<uuid:visit_id>/looking/", visits.looking, name="visit_looking", allow=VISIT),
    route("visits/<uuid:visit_id>/found/", visits.found, name="visit_found", allow=VISIT),
    route("talks/", talking.waiting, name="talks", allow=ANSWER_TALKS),
    route("talks/about/<uuid:case_id>/", talking.ask, name="talk", allow=ASK_TO_TALK),
    route("talks/<uuid:talk_id>/", talking.answer, name="talk_answer", allow=ANSWER_TALKS),
    route("talks/<uuid:talk_id>/withdraw/", talking.withdraw, name="talk_withdraw", allow=ASK_TO_TALK),
    route("decisions/<uuid:case_id>/", talking.decisions, name="decisions", allow=SEE_DECISIONS),
    route("supervision/", supervision.mine, name="supervision", allow=SUPERVISE),
    route("supervision/add/", supervision.add, name="supervision_add", allow=SUPERVISE),
    route("supervision/due/", supervision.due, name="supervision_due", allow=SEE_LOAD),
    route("supervision/<uuid:supervision_id>/", supervision.session, name="supervision_session", allow=SUPERVISE),
]
