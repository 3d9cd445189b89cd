"""Whom to ask which questionnaire today. Three statements, however many cases."""

import datetime as dt
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.models import Case
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.outcomes.models import Occasion, Response
from linkwell.outcomes.permissions import SEE_ANSWERS
from linkwell.outcomes.queries import packs
from linkwell.outcomes.schedule import DUE_TASKS, is_due
from linkwell.people import queries as people
from linkwell.people.models import Agreement
from linkwell.tasks.models import Task

Due = dict[UUID, list[Occasion]]
# Nobody is asked while support waits or rests.
GOING_ON = ("allocated", "trying", "active")


@query(SEE_ANSWERS)
def due(scope: Scope, case_id: UUID | None = None) -> Due:
    """The occasions due of each case, without those answered and those that were a task once; of one case if named."""
    wanted = {Occasion(each) for each in packs.asking_of(scope.organisation_id).occasions}
    if not wanted:
        return {}
    cases = Case.objects.filter(organisation_id=scope.organisation_id, state__in=GOING_ON, worker__isnull=False)
    if case_id is not None:
        cases = cases.filter(pk=case_id)
    rows = list(cases.order_by("pk").values_list("pk", "team_id", "first_spoken_at"))
    weeks = {team_id: accounts.rules(team_id).offer_weeks for team_id in {team_id for _, team_id, _ in rows}}
    today = clock.today()
    found = {
        case_id: {each for each in wanted if is_due(each, _day(spoken), weeks[team_id], today)}
        for case_id, team_id, spoken in rows
        if spoken is not None
    }
    done = _asked_already(scope, [case_id for case_id, occasions in found.items() if occasions])
    left = {case_id: sorted(occasions - done.get(case_id, set())) for case_id, occasions in found.items()}
    return {case_id: occasions for case_id, occasions in left.items() if occasions}


def _day(moment: dt.datetime) -> dt.date:
    return clock.london(moment).date()


def _asked_already(scope: Scope, case_ids: list[UUID]) -> dict[UUID, set[Occasion]]:
    """Answered, or once a task, whatever became of it."""
    mine = {"organisation_id": scope.organisation_id}
    answered = Response.objects.filter(**mine, case_id__in=case_ids).values_list("case_id", "occasion")
    tasks = Task.objects.filter(**mine, about_id__in=case_ids, kind__in=DUE_TASKS.values())
    by_kind = {kind: occasion for occasion, kind in DUE_TASKS.items()}
    found: dict[UUID, set[Occasion]] = {}
    for case_id, occasion in answered:
        found.setdefault(case_id, set()).add(Occasion(occasion))
    for case_id, kind in tasks.values_list("about_id", "kind"):
        found.setdefault(case_id, set()).add(by_kind[kind])
    return found


@query(SEE_ANSWERS)
def said_no_to_support(scope: Scope, person_id: UUID) -> bool:
    """Whether the newest they said about being supported is a no."""
    said = people.agreement(scope, person_id, "support")
    return said is not None and not said.agreed


@query(SEE_ANSWERS)
def cases_of_agreement(scope: Scope, agreement_id: UUID) -> tuple[UUID, ...]:
    """The cases of whoever took back that they are supported; none for any other agreement."""
    row = Agreement.objects.filter(organisation_id=scope.organisation_id, pk=agreement_id, subject="support").first()
    if row is None:
        return ()
    cases = Case.objects.filter(organisation_id=scope.organisation_id, person_id=row.person_id)
    return tuple(cases.order_by("pk").values_list("pk", flat=True))
