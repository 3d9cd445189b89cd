"""Cover, as the lists of every app ask for it."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from linkwell.casework.queries.cover import covered_by
from linkwell.core.scope import Scope
from linkwell.tasks.standing_in import StandIn, finds_stand_ins


@finds_stand_ins
def from_cover(scope: Scope, user_id: UUID, first: dt.date, last: dt.date) -> Sequence[StandIn]:
    return covered_by(scope, user_id, first, last)
