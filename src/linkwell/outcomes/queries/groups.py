"""What changed for the people who came to a community group, for that group: wide words, and nobody's own answers."""

import datetime as dt
from uuid import UUID

from django.db.models import Q

from linkwell.core.queries import query
from linkwell.core.scope import ActorKind, Scope
from linkwell.directory.permissions import KEEP_LISTING
from linkwell.directory.queries.same import listings_of
from linkwell.kernel import clock
from linkwell.onward.models import Attendance
from linkwell.onward.queries.listing import numbers_of_group
from linkwell.outcomes.details import GroupResults, UseDetails
from linkwell.outcomes.models import ResultUse
from linkwell.outcomes.queries.results import MOST_USES, results_of
from linkwell.people.models import Agreement, AgreementAnswer, AgreementSubject

NO = (AgreementAnswer.OBJECTED, AgreementAnswer.WITHDRAWN)


@query(KEEP_LISTING)
def results_of_group(scope: Scope, key: str) -> GroupResults:
    """Of everybody who came at least once, as the group told us, but who said no to use for evaluation.

    Until the last month ended: from one day to the next a group could tell whose answer it was. Needs the code.
    """
    group = numbers_of_group(scope, key)
    # What the person told the team is not the group's to read.
    came = Attendance.objects.filter(
        organisation_id=scope.organisation_id,
        onward_referral__service__in=listings_of(scope.link[1]),
        told_by_kind=ActorKind.LINK,
        came=True,
    )
    cases = Q(pk__in=came.values("onward_referral__case_id")) & ~Q(person_id__in=_said_no(scope))
    found = results_of(scope, cases, clock.today().replace(day=1))
    return GroupResults(group.service, found.packs, _uses(scope, list(came.values_list("on", flat=True))))


def _said_no(scope: Scope) -> list[UUID]:
    """Whose newest answer about use for evaluation is a no."""
    said = Agreement.objects.filter(organisation_id=scope.organisation_id, subject=AgreementSubject.RESEARCH)
    newest = said.order_by("person_id", "-created_at").distinct("person_id")
    return [person for person, answer in newest.values_list("person_id", "answer") if answer in NO]


def _uses(scope: Scope, days: list[dt.date]) -> tuple[UseDetails, ...]:
    """When results of a period in which somebody came to them were used."""
    rows = ResultUse.objects.filter(organisation_id=scope.organisation_id).order_by("-used_on", "-created_at")
    return tuple(
        UseDetails(row.to_whom, row.what, row.used_on, row.from_on, row.to_on)
        for row in rows[:MOST_USES]
        if any(row.from_on <= day <= row.to_on for day in days)
    )
