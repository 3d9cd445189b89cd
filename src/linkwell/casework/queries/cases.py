"""Reading cases: one, a caseload, the waiting list, and whose date has gone."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q, QuerySet

from linkwell.casework.models import Case
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import NAME, CaseRow, name_of
from linkwell.core import audit
from linkwell.core.joined import joined
from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.tasks.standing_in import own_or_covered, standing_in

PAGE_SIZE = 25


@query(SEE_CASES, opening=True)
def case(scope: Scope, case_id: UUID) -> CaseRow:
    """One case, noting that it was opened. Raises NotFound for anybody else's."""
    found = next(iter(_one(scope.organisation_id, case_id)), None)
    if found is None:
        raise NotFound
    audit.record_opening(scope, "case", found.pk, person_id=found.person_id)
    return CaseRow.of(found)


@written_once
def _one(organisation_id: UUID, case_id: UUID) -> QuerySet[Case]:
    return _held(organisation_id).filter(pk=case_id)


@query(SEE_CASES)
def case_row(scope: Scope, case_id: UUID) -> CaseRow:
    """One case for a round: nobody opens it. Raises NotFound."""
    found = _cases(scope).filter(pk=case_id).first()
    if found is None:
        raise NotFound
    return CaseRow.of(found)


@query(SEE_CASES)
def caseload(scope: Scope, worker_id: UUID, page: int = 1, *, closed: bool = False) -> Page[CaseRow]:
    """The people a worker supports and covers for, those due soonest first; with `closed`, those who ended last."""
    if closed:
        rows = _cases(scope).filter(worker_id=worker_id, state="closed").order_by("-closed_at", "pk")
    else:
        rows = _cases(scope).filter(_whose(scope, worker_id)).exclude(state="closed").order_by("next_date", "pk")
    return _page(rows, page)


@query(SEE_CASES)
def waiting_list(scope: Scope, team_id: UUID, page: int = 1) -> Page[CaseRow]:
    """Those accepted who have no link worker yet, resting or not, the longest wait first, counted."""
    rows = _cases(scope).filter(team_id=team_id, worker=None, state__in=["waiting", "paused"])
    rows = rows.order_by("opened_at", "pk")
    return _page(rows, page, total=rows.count())


@query(SEE_CASES)
def cases_of(scope: Scope, *person_ids: UUID) -> tuple[CaseRow, ...]:
    """Every time this person was supported here, over the records that are given, the newest first."""
    return tuple(CaseRow.of(each) for each in _of_people(scope.organisation_id, person_ids))


@written_once
def _of_people(organisation_id: UUID, person_ids: Collection[UUID]) -> QuerySet[Case]:
    return _held(organisation_id).filter(person_id__in=person_ids).order_by("-opened_at")


@query(SEE_CASES)
def cases_named(scope: Scope, case_ids: Collection[UUID]) -> tuple[CaseRow, ...]:
    """These cases, in any state, by the date that comes first."""
    rows = _cases(scope).filter(pk__in=case_ids).order_by("next_date", "pk")
    return tuple(CaseRow.of(each) for each in rows)


@query(SEE_CASES)
def open_case_of(scope: Scope, person_id: UUID) -> CaseRow | None:
    """The support going on now, if any: the actor's own first, else the newest."""
    rows = list(_cases(scope).filter(person_id=person_id).exclude(state="closed").order_by("-opened_at"))
    own = [each for each in rows if each.worker_id == scope.user_id]
    return next((CaseRow.of(each) for each in own or rows), None)


@query(SEE_CASES)
def open_cases_of(scope: Scope, person_ids: tuple[UUID, ...]) -> dict[UUID, CaseRow]:
    """The newest open case for each of many people, in one statement. People with none are left out."""
    rows = _cases(scope).filter(person_id__in=person_ids).exclude(state="closed").order_by("opened_at")
    return {each.person_id: CaseRow.of(each) for each in rows}


@query(SEE_CASES)
def open_cases_named(scope: Scope, worker_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """The id and the person's name of each open case of a worker, by name; for choosing from. At most 300."""
    rows = _cases(scope).filter(worker_id=worker_id).exclude(state="closed").order_by("person__family_name", "pk")
    return tuple((each.pk, name_of(each.person)) for each in rows[:300])


@query(SEE_CASES)
def case_of_referral(scope: Scope, referral_id: UUID) -> CaseRow | None:
    """The case a referral became, if it was accepted."""
    found = _cases(scope).filter(referral_id=referral_id).first()
    return CaseRow.of(found) if found else None


@query(SEE_CASES)
def open_case_of_referral(scope: Scope, referral_id: UUID) -> CaseRow | None:
    """The support going on now that a referral led to or was added to."""
    its_own = Q(referral_id=referral_id) | Q(joined__referral_id=referral_id)
    found = _cases(scope).filter(its_own).exclude(state="closed").order_by("-opened_at").first()
    return CaseRow.of(found) if found else None


@query(SEE_CASES)
def any_case_of_referral(scope: Scope, referral_id: UUID) -> CaseRow | None:
    """The support that a referral led to or was added to, also once it has ended."""
    its_own = Q(referral_id=referral_id) | Q(joined__referral_id=referral_id)
    return _newest(_cases(scope).filter(its_own))


@query(SEE_CASES)
def any_case_of(scope: Scope, person_ids: Collection[UUID]) -> CaseRow | None:
    """The support of these records of one person: what goes on now, or what ended last."""
    return _newest(_cases(scope).filter(person_id__in=person_ids))


def _newest(rows: QuerySet[Case]) -> CaseRow | None:
    found = rows.order_by(F("closed_at").desc(nulls_first=True), "-opened_at").first()
    return CaseRow.of(found) if found else None


@query(SEE_CASES)
def not_reached_since(scope: Scope, worker_id: UUID, before: dt.date, most: int = 50) -> tuple[CaseRow, ...]:
    """Open cases of a worker nobody has talked with since this day, the longest silence first, at most `most`."""
    start = clock.at(before, dt.time())
    silent = Q(last_contact_at__lt=start) | Q(last_contact_at=None, opened_at__lt=start)
    rows = _cases(scope).filter(_whose(scope, worker_id), silent).exclude(state__in=("closed", "paused"))
    return tuple(CaseRow.of(each) for each in rows.order_by(F("last_contact_at").asc(nulls_first=True), "pk")[:most])


@query(SEE_CASES)
def past_next_date(scope: Scope, today: dt.date, limit: int = 500, start: int = 0) -> tuple[CaseRow, ...]:
    """Open cases whose next date has gone, the oldest first: `limit` of them after the first `start`."""
    rows = _past(scope, today).order_by("next_date", "pk")
    return tuple(CaseRow.of(each) for each in rows[start : start + limit])


@query(SEE_CASES)
def count_past_next_date(scope: Scope, today: dt.date) -> int:
    """How many open cases have a next date that has gone."""
    return _past(scope, today).count()


def _past(scope: Scope, today: dt.date) -> QuerySet[Case]:
    return _cases(scope).filter(next_date__lt=today).exclude(state="closed")


def _cases(scope: Scope) -> QuerySet[Case]:
    return _held(scope.organisation_id)


def _held(organisation_id: UUID) -> QuerySet[Case]:
    return joined(Case.objects.filter(organisation_id=organisation_id), *NAME, "worker__name")


def _whose(scope: Scope, worker_id: UUID) -> Q:
    """The worker's own, and those they cover for today."""
    stand_ins = standing_in(scope, worker_id)
    return own_or_covered(worker_id, stand_ins, owner="worker_id", person="person_id")


def _page(rows: QuerySet[Case], number: int, total: int | None = None) -> Page[CaseRow]:
    size = lines(PAGE_SIZE)
    start = (number - 1) * size
    fetched = [CaseRow.of(each) for each in rows[start : start + size + 1]]
    return Page.of(fetched, number=number, size=size, total=total)
