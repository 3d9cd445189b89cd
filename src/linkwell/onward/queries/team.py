"""Onward referrals and signposts as the care team reads them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet

from linkwell.casework.rows import NAME
from linkwell.core import audit
from linkwell.core.joined import joined
from linkwell.core.queries import query
from linkwell.core.scope import ActorKind, Scope
from linkwell.core.written import written_once
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.onward.actions.limits import outside_limits
from linkwell.onward.details import AttendanceRow, OnwardRow, SignpostRow
from linkwell.onward.models import Attendance, OnwardReferral, Signpost
from linkwell.onward.permissions import SEE_LEFT_BEHIND, SEE_ONWARD
from linkwell.tasks.standing_in import own_or_covered, standing_in

MOST = 100
PAGE_SIZE = 25


@query(SEE_ONWARD, opening=True)
def limits_of_group(scope: Scope, service_id: UUID, person_id: UUID) -> tuple[str, ...]:
    """Which of the group's own limits a referral of this person would break, as far as is known now."""
    return outside_limits(scope, service_id, person_id)


@query(SEE_ONWARD)
def of_case(scope: Scope, case_id: UUID) -> tuple[OnwardRow, ...]:
    """Onward referrals of one case, newest first."""
    return _with_attendances(scope, _of_case(scope.organisation_id, case_id))


@written_once
def _of_case(organisation_id: UUID, case_id: UUID) -> QuerySet[OnwardReferral]:
    return _held(organisation_id).filter(case_id=case_id).order_by("-sent_at")[:MOST]


@written_once
def _attendances(organisation_id: UUID, onward_ids: Collection[UUID]) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(organisation_id=organisation_id, onward_referral_id__in=onward_ids)
    return rows.order_by("-on")


@query(SEE_ONWARD, opening=True)
def onward_referral(scope: Scope, onward_id: UUID) -> OnwardRow:
    """One onward referral, opened. Raises NotFound."""
    found = _read(scope, _onward(scope).filter(pk=onward_id))
    if not found:
        raise NotFound
    audit.record_opening(scope, "onward_referral", onward_id, person_id=found[0].person_id)
    return found[0]


@query(SEE_ONWARD)
def answers_since(scope: Scope, worker_id: UUID, since: dt.datetime) -> tuple[OnwardRow, ...]:
    """Answers that came since a moment, newest first: to this worker's onward referrals and those they cover."""
    whose = own_or_covered(worker_id, standing_in(scope, worker_id), owner="worker_id", person="person_id")
    return _read(scope, _onward(scope).filter(whose, answered_at__gte=since).order_by("-answered_at"))


@query(SEE_ONWARD)
def overdue(scope: Scope, number: int = 1) -> Page[OnwardRow]:
    """Onward referrals without an answer past the day it was hoped for, the longest silence first."""
    start = (number - 1) * PAGE_SIZE
    rows = _read(scope, _silent(scope).order_by("overdue_on", "pk")[start : start + PAGE_SIZE + 1])
    return Page.of(rows, number=number, size=PAGE_SIZE)


@query(SEE_ONWARD)
def count_overdue(scope: Scope) -> int:
    """How many onward referrals have no answer past the day it was hoped for."""
    return _silent(scope).count()


def _silent(scope: Scope) -> QuerySet[OnwardReferral]:
    return _onward(scope).filter(state__in=["sent", "asked"], overdue_on__lt=clock.today())


@query(SEE_LEFT_BEHIND)
def followed_by(scope: Scope, user_id: UUID) -> int:
    """How many open onward referrals somebody follows: nobody leaves while any are theirs."""
    rows = OnwardReferral.objects.filter(organisation_id=scope.organisation_id, worker_id=user_id)
    return rows.exclude(state__in=["declined", "withdrawn", "ended"]).count()


@query(SEE_ONWARD)
def case_of_signpost(scope: Scope, signpost_id: UUID) -> UUID:
    """Raises NotFound."""
    row = Signpost.objects.filter(organisation_id=scope.organisation_id, pk=signpost_id).first()
    if row is None:
        raise NotFound
    return row.case_id


@query(SEE_ONWARD)
def signposts_of_case(scope: Scope, case_id: UUID) -> tuple[SignpostRow, ...]:
    """Signposts of one case, newest first."""
    rows = _signposts(scope.organisation_id, case_id)
    return tuple(
        SignpostRow(each.pk, each.service_id, each.service.name, each.how, each.note, each.created_at, each.did_they_go)
        for each in rows
    )


@written_once
def _signposts(organisation_id: UUID, case_id: UUID) -> QuerySet[Signpost]:
    rows = Signpost.objects.filter(organisation_id=organisation_id, case_id=case_id)
    return joined(rows, "service__name").order_by("-created_at")[:MOST]


def _onward(scope: Scope) -> QuerySet[OnwardReferral]:
    return _held(scope.organisation_id)


def _held(organisation_id: UUID) -> QuerySet[OnwardReferral]:
    rows = OnwardReferral.objects.filter(organisation_id=organisation_id)
    return joined(rows, *NAME, "service__name")


def _read(scope: Scope, rows: QuerySet[OnwardReferral]) -> tuple[OnwardRow, ...]:
    return _with_attendances(scope, list(rows[:MOST]))


def _with_attendances(scope: Scope, rows: Sequence[OnwardReferral]) -> tuple[OnwardRow, ...]:
    came: dict[UUID, list[Attendance]] = defaultdict(list)
    for each in _attendances(scope.organisation_id, [row.pk for row in rows]):
        came[each.onward_referral_id].append(each)
    return tuple(_row(row, came[row.pk]) for row in rows)


def _row(row: OnwardReferral, came: Sequence[Attendance]) -> OnwardRow:
    return OnwardRow(
        id=row.pk,
        case_id=row.case_id,
        person_id=row.person_id,
        person_name=f"{row.person.preferred_name or row.person.given_name} {row.person.family_name}",
        service_id=row.service_id,
        service_name=row.service.name,
        worker_id=row.worker_id,
        need_words=row.need_words,
        access_words=row.access_words,
        may_share_phone=row.may_share_phone,
        state=row.state,
        state_words=row.moves.words[row.state],
        sent_at=row.sent_at,
        answered_at=row.answered_at,
        starts_on=row.starts_on,
        waiting_weeks=row.waiting_weeks,
        decline_reason=row.decline_reason,
        overdue_on=row.overdue_on,
        next_date=row.next_date,
        version=row.version,
        attendances=tuple(
            AttendanceRow(each.on, each.came, each.note, by_group=each.told_by_kind == ActorKind.LINK) for each in came
        ),
    )
