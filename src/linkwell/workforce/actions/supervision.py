"""Supervision: that it happened, and apart from it what the two talked about."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.accounts import queries as accounts
from linkwell.accounts.queries import staff
from linkwell.casework.queries import open_cases_named
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed
from linkwell.workforce.models import Supervision, SupervisionNotes
from linkwell.workforce.permissions import SUPERVISE


@action(SUPERVISE)
def record_supervision(
    *,
    scope: Scope,
    worker_id: UUID,
    with_whom_id: UUID,
    held_on: dt.date,
    topics: str,
    steps: str = "",
    cases: Collection[UUID] = (),
    next_on: dt.date | None = None,
) -> UUID:
    """Note a session by one of the two who were there. The notes can be read by these two and by nobody else.

    `next_on` is by default the team's own number of weeks later. Raises Invalid.
    """
    if scope.user_id is None or scope.user_id not in (worker_id, with_whom_id):
        raise NotAllowed("Only the two who met can note their session.")
    team = accounts.my_team(scope)
    here = {each for each, _ in staff.colleagues(scope)}
    if team is None or not {worker_id, with_whom_id} <= here or worker_id == with_whom_id:
        raise Invalid({"other": "Choose a colleague who works here."})
    if held_on > clock.today():
        raise Invalid({"held_on": "The day of the session cannot be ahead."})
    following = next_on or held_on + dt.timedelta(weeks=accounts.rules(team.id).supervision_weeks)
    if following <= held_on:
        raise Invalid({"next_on": "The next session has to be later than this one."})
    row = Supervision(
        organisation_id=scope.organisation_id,
        team_id=team.id,
        worker_id=worker_id,
        with_whom_id=with_whom_id,
        held_on=held_on,
        next_on=following,
        recorded_by_id=scope.user_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Invalid({"held_on": "This session is noted already."}) from None
    SupervisionNotes.objects.create(
        organisation_id=scope.organisation_id,
        supervision=row,
        worker_id=worker_id,
        with_whom_id=with_whom_id,
        topics=topics.strip(),
        steps=steps.strip(),
        cases=[each for each, _ in open_cases_named(scope, worker_id) if each in set(cases)],
    )
    audit.record(scope, "added", "supervision", row.pk, fields=("held_on", "next_on", "topics", "steps"))
    return row.pk
