"""Pages of the rules of the service: a death, a child, who can decide."""

from django.views.decorators.http import require_POST

from linkwell.core.routes import route
from linkwell.people.permissions import CAPACITY_KEEP, CHILDREN_KEEP, DEATH_RECORD
from linkwell.people.views import capacity, children, deaths

ONE = "<uuid:person_id>/"
YOUNG = f"{ONE}responsible/"
DECIDES = f"{ONE}deciding/"

rules = [
    route(f"{ONE}died/", deaths.death, name="death", allow=DEATH_RECORD),
    route(f"{ONE}died/mistake/", deaths.undo_death, name="undo_death", allow=DEATH_RECORD),
    route(YOUNG, children.young_person, name="young_person", allow=CHILDREN_KEEP),
    route(f"{YOUNG}school/", children.school, name="school", allow=CHILDREN_KEEP),
    route(f"{YOUNG}adult/", children.add_adult, name="add_adult", allow=CHILDREN_KEEP),
    route(f"{YOUNG}adult/<uuid:adult_id>/", children.change_adult, name="change_adult", allow=CHILDREN_KEEP),
    route(
        f"{YOUNG}adult/<uuid:adult_id>/end/", require_POST(children.end_adult), name="end_adult", allow=CHILDREN_KEEP
    ),
    route(f"{YOUNG}decides/", children.own_decision, name="own_decision", allow=CHILDREN_KEEP),
    route(DECIDES, capacity.capacity, name="capacity", allow=CAPACITY_KEEP),
    route(f"{DECIDES}judge/", capacity.judge, name="judge_capacity", allow=CAPACITY_KEEP),
    route(f"{DECIDES}acts/", capacity.add_acts_for, name="add_acts_for", allow=CAPACITY_KEEP),
    route(
        f"{DECIDES}acts/<uuid:acts_for_id>/seen/",
        require_POST(capacity.document_seen),
        name="document_seen",
        allow=CAPACITY_KEEP,
    ),
    route(
        f"{DECIDES}acts/<uuid:acts_for_id>/end/",
        require_POST(capacity.end_acts_for),
        name="end_acts_for",
        allow=CAPACITY_KEEP,
    ),
    route(f"{DECIDES}best-interests/", capacity.best_interests, name="best_interests", allow=CAPACITY_KEEP),
    route(
        f"{DECIDES}best-interests/<uuid:best_interests_id>/end/",
        require_POST(capacity.end_best_interests),
        name="end_best_interests",
        allow=CAPACITY_KEEP,
    ),
]
