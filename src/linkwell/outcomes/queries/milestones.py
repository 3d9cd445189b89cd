"""What changed in people's lives, and what attendance says that nobody has noted yet."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Max, Min, Q, QuerySet

from linkwell.core import audit
from linkwell.core.joined import joined
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel.errors import NotFound
from linkwell.onward.models import Attendance
from linkwell.outcomes.details import MilestoneRow
from linkwell.outcomes.models import Milestone, MilestoneKind, SaidBy
from linkwell.outcomes.permissions import SEE_ANSWERS

STILL = dt.timedelta(weeks=12)
ToNote = dict[UUID, list[tuple[str, dt.date, str]]]


@query(SEE_ANSWERS)
def milestones_of(scope: Scope, person_ids: Collection[UUID]) -> tuple[MilestoneRow, ...]:
    """Of these records, the newest first, with those taken back."""
    return tuple(_row(each) for each in _of_people(scope.organisation_id, person_ids))


@written_once
def _of_people(organisation_id: UUID, person_ids: Collection[UUID]) -> QuerySet[Milestone]:
    return _all(organisation_id).filter(person_id__in=person_ids).order_by("-on", "-created_at")


@query(SEE_ANSWERS, opening=True)
def milestone(scope: Scope, milestone_id: UUID) -> MilestoneRow:
    """Raises NotFound."""
    found = _all(scope.organisation_id).filter(pk=milestone_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "milestone", found.pk, person_id=found.person_id)
    return _row(found)


@query(SEE_ANSWERS)
def attendance_to_note(scope: Scope, case_id: UUID | None = None) -> ToNote:
    """First attendance, and still going 12 weeks later, that are no milestone and never were. Two statements."""
    rows = Attendance.objects.filter(organisation_id=scope.organisation_id, came=True)
    if case_id is not None:
        rows = rows.filter(onward_referral__case_id=case_id)
    came = (
        rows.values_list("onward_referral__case_id")
        .annotate(first=Min("on"), last=Max("on"), group=BoolOr(Q(told_by_kind="link")))
        .order_by("onward_referral__case_id")
    )
    kinds = (MilestoneKind.FIRST_ATTENDANCE, MilestoneKind.STILL_GOING)
    known = set(
        Milestone.objects.filter(organisation_id=scope.organisation_id, kind__in=kinds).values_list("case_id", "kind")
    )
    found: ToNote = {}
    for each, first, last, by_group in came:
        said_by = SaidBy.GROUP.value if by_group else SaidBy.PERSON.value
        wanted = [(kinds[0].value, first, said_by)]
        if last - first >= STILL:
            wanted.append((kinds[1].value, last, said_by))
        if left := [line for line in wanted if (each, line[0]) not in known]:
            found[each] = left
    return found


def _all(organisation_id: UUID) -> QuerySet[Milestone]:
    return joined(Milestone.objects.filter(organisation_id=organisation_id), "recorded_by__name")


def _row(row: Milestone) -> MilestoneRow:
    return MilestoneRow(
        id=row.pk,
        case_id=row.case_id,
        person_id=row.person_id,
        kind=row.kind,
        kind_words=row.get_kind_display(),
        on=row.on,
        said_by=row.get_said_by_display(),
        hours=row.hours,
        amount=row.amount,
        each=row.get_each_display() if row.each else "",
        note=row.note,
        by=row.recorded_by.name if row.recorded_by else "Linkwell, from attendance",
        taken_back_why=row.taken_back_why,
    )
