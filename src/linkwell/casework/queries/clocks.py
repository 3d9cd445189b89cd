"""How long each referral took, against its targets: read, first tried, first spoken with."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from linkwell.accounts import queries as accounts
from linkwell.accounts.rules import Targets
from linkwell.casework import models
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.models import StateChange
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock, clocks
from linkwell.kernel.clocks import Clock, Pause
from linkwell.kernel.working_days import Nation
from linkwell.referrals.models import Referral

_OVER_WITHOUT_TALK = ("declined", "withdrawn", "joined")


@dataclass(frozen=True, slots=True)
class ReferralClocks:
    """One referral and its three clocks. All days are by the UK clock; `received_on` starts each of them.

    `triage` stops when somebody first decided or asked; `first_try` at the first conversation or attempt;
    `first_talk` at the first conversation. A referral that was declined, taken back or added to other support
    needs no first try: those clocks are `ended`. `pauses` are days that do not count.
    """

    referral_id: UUID
    reference: str
    case_id: UUID | None
    person_id: UUID | None
    team_id: UUID
    source: str
    sender_organisation_id: UUID | None
    state: str
    received_on: dt.date
    decided_on: dt.date | None
    triage: Clock
    first_try: Clock
    first_talk: Clock
    pauses: tuple[Pause, ...]


class _Row(NamedTuple):
    """What happened with one referral, and on which days by the UK clock."""

    id: UUID
    reference: str
    case_id: UUID | None
    person_id: UUID | None
    team_id: UUID
    source: str
    sender_organisation_id: UUID | None
    state: str
    received: dt.date
    decided: dt.date | None
    acted: dt.date | None
    tried: dt.date | None
    spoken: dt.date | None
    closed: dt.date | None


@query(SEE_CASES)
def clocks_between(
    scope: Scope, since: dt.date, until: dt.date, *, team_id: UUID | None = None, as_of: dt.date | None = None
) -> tuple[ReferralClocks, ...]:
    """Every referral received from `since` up to, and not including, `until`, in the order they came.

    `as_of`: as things stood at the end of that day; what happened later is left out. Without it, today.
    """
    return measured_between(scope, since, until, team_id=team_id, as_of=as_of)


def measured_between(
    scope: Scope, since: dt.date, until: dt.date, *, team_id: UUID | None = None, as_of: dt.date | None = None
) -> tuple[ReferralClocks, ...]:
    """As `clocks_between`, inside another query: the report's readers need not be able to open records."""
    rows = Referral.objects.filter(
        organisation_id=scope.organisation_id,
        received_at__gte=clock.at(since, dt.time()),
        received_at__lt=clock.at(until, dt.time()),
    )
    return _clocks(scope, rows.filter(team_id=team_id) if team_id else rows, as_of)


@query(SEE_CASES)
def clocks_of(scope: Scope, referral_ids: Collection[UUID]) -> dict[UUID, ReferralClocks]:
    """The clocks of these referrals, by referral."""
    rows = Referral.objects.filter(organisation_id=scope.organisation_id, pk__in=list(referral_ids))
    return {each.referral_id: each for each in _clocks(scope, rows, None)}


@query(SEE_CASES)
def clocks_of_case(scope: Scope, case_id: UUID) -> ReferralClocks | None:
    """The clocks of the referral a case began with; None for a case that began without one."""
    rows = Referral.objects.filter(organisation_id=scope.organisation_id, case__pk=case_id)
    return next(iter(_clocks(scope, rows, None)), None)


def _clocks(scope: Scope, referrals: QuerySet[Referral], as_of: dt.date | None) -> tuple[ReferralClocks, ...]:
    """One statement for all that happened, however many, and one for their pauses."""
    rows = [_Row(*each) for each in _rows(scope, referrals).order_by("received_at", "pk")]
    pauses = _pauses(referrals)
    today = min(as_of or clock.today(), clock.today())
    book = accounts.target_book({row.team_id for row in rows})
    nation = Nation(accounts.organisation(scope.organisation_id).nation)
    return tuple(
        _measured(
            row,
            pauses.get(row.case_id, ()) if row.case_id else (),
            book.of(row.team_id, row.sender_organisation_id),
            today,
            nation,
        )
        for row in rows
    )


def _rows(scope: Scope, referrals: QuerySet[Referral]) -> QuerySet[Referral, Any]:
    """The columns of `_Row`. Taking a referral back is the sender's, and no first act of ours."""
    acts = StateChange.objects.filter(
        organisation_id=scope.organisation_id,
        object_id=OuterRef("pk"),
        object_kind="referral",
        after__in=["asked", "accepted", "joined", "declined"],
    )
    tries = models.Interaction.objects.filter(case_id=OuterRef("case__pk"))
    # The database says the day: making a moment of each, to ask it for its day, takes longer than all the rest.
    return referrals.values_list(
        *("pk", "reference", "case__pk", "person_id", "team_id", "source", "sender_organisation_id", "state"),
        _day("received_at"),
        _day("decided_at"),
        _day(Subquery(acts.order_by("at").values("at")[:1])),
        _day(Subquery(tries.order_by("happened_at").values("happened_at")[:1])),
        _day("case__first_spoken_at"),
        _day("case__closed_at"),
    )


def _day(moment: Any) -> TruncDate:
    return TruncDate(moment, tzinfo=clock.LONDON)


def _measured(row: _Row, pauses: tuple[Pause, ...], targets: Targets, today: dt.date, nation: Nation) -> ReferralClocks:
    spoken, ended = _by(row.spoken, today), _ended(row, today)

    def one(target: int, done: dt.date | None) -> Clock:
        return clocks.measure(row.received, target, today=today, done=done, ended=ended, pauses=pauses, nation=nation)

    return ReferralClocks(
        referral_id=row.id,
        reference=row.reference,
        case_id=row.case_id,
        person_id=row.person_id,
        team_id=row.team_id,
        source=row.source,
        sender_organisation_id=row.sender_organisation_id,
        state=row.state,
        received_on=row.received,
        decided_on=_by(row.decided, today),
        triage=one(targets.triage, _by(row.acted, today)),
        # Somebody spoken with was reached, also where nobody wrote the attempt down.
        first_try=one(targets.first_try, _earliest(_by(row.tried, today), spoken)),
        first_talk=one(targets.first_talk, spoken),
        pauses=pauses,
    )


def _ended(row: _Row, today: dt.date) -> dt.date | None:
    """The day from which nothing more is owed: the referral was not taken, or support ended."""
    return _by(row.decided if row.state in _OVER_WITHOUT_TALK else row.closed, today)


def _pauses(referrals: QuerySet[Referral]) -> dict[UUID, tuple[Pause, ...]]:
    found: dict[UUID, tuple[Pause, ...]] = {}
    rows = models.Pause.objects.filter(case__referral__in=referrals.order_by().values("pk")).order_by("started_at")
    for case_id, starts, ends in rows.values_list("case_id", _day("started_at"), Coalesce(_day("ended_at"), "until")):
        found[case_id] = (*found.get(case_id, ()), Pause(starts, ends))
    return found


def _by(day: dt.date | None, today: dt.date) -> dt.date | None:
    """The day of something that had happened by then."""
    return day if day is not None and day <= today else None


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day is not None), default=None)
