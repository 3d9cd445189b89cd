"""Pages of the rules of the service: a death, a child, who can decide."""

from linkwell.core.routes import route
from linkwell.people.permissions import DEATH_RECORD
from linkwell.people.views import deaths

ONE = "<uuid:person_id>/"

rules = [
    route(f"{ONE}died/", deaths.death, name="death", allow=DEATH_RECORD),
    route(f"{ONE}died/mistake/", deaths.undo_death, name="undo_death", allow=DEATH_RECORD),
]
