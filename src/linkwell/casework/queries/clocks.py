"""How long each referral took, against its targets: read, first tried, first spoken with."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet

from linkwell.accounts import queries as accounts
from linkwell.accounts.rules import Targets
from linkwell.casework import models
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.models import StateChange
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
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


@dataclass(frozen=True, slots=True)
class _Events:
    """What happened with one referral, as UK days."""

    acted: dt.date | None
    tried: dt.date | None
    spoken: dt.date | None
    ended: dt.date | None
    pauses: tuple[Pause, ...]


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
    rows = list(referrals.order_by("received_at", "pk"))
    cases = {
        each.referral_id: each
        for each in models.Case.objects.filter(
            organisation_id=scope.organisation_id, referral_id__in=[row.pk for row in rows]
        )
    }
    acted = _first_acts(scope, [row.pk for row in rows])
    tried = dict(_tries([each.pk for each in cases.values()]))
    pauses = _pauses([each.pk for each in cases.values()])
    today = min(as_of or clock.today(), clock.today())
    book = accounts.target_book({row.team_id for row in rows})
    nation = Nation(accounts.organisation(scope.organisation_id).nation)
    found = []
    for row in rows:
        case = cases.get(row.pk)
        events = _Events(
            acted=_by(acted.get(row.pk), today),
            tried=_by(tried.get(case.pk), today) if case else None,
            spoken=_by(case.first_spoken_at, today) if case else None,
            ended=_ended(row, case, today),
            pauses=pauses.get(case.pk, ()) if case else (),
        )
        targets = book.of(row.team_id, row.sender_organisation_id)
        found.append(_measured(row, case, events, targets, today, nation))
    return tuple(found)


def _measured(
    row: Referral, case: models.Case | None, events: _Events, targets: Targets, today: dt.date, nation: Nation
) -> ReferralClocks:
    received = _day(row.received_at)

    def one(target: int, done: dt.date | None) -> Clock:
        return clocks.measure(
            received, target, today=today, done=done, ended=events.ended, pauses=events.pauses, nation=nation
        )

    return ReferralClocks(
        referral_id=row.pk,
        reference=row.reference,
        case_id=case.pk if case else None,
        person_id=row.person_id,
        team_id=row.team_id,
        source=row.source,
        sender_organisation_id=row.sender_organisation_id,
        state=row.state,
        received_on=received,
        decided_on=_by(row.decided_at, today),
        triage=one(targets.triage, events.acted),
        # Somebody spoken with was reached, also where nobody wrote the attempt down.
        first_try=one(targets.first_try, _earliest(events.tried, events.spoken)),
        first_talk=one(targets.first_talk, events.spoken),
        pauses=events.pauses,
    )


def _ended(row: Referral, case: models.Case | None, today: dt.date) -> dt.date | None:
    """The day from which nothing more is owed: the referral was not taken, or support ended."""
    if row.state in _OVER_WITHOUT_TALK:
        return _by(row.decided_at, today)
    return _by(case.closed_at, today) if case else None


def _first_acts(scope: Scope, referral_ids: list[UUID]) -> dict[UUID, dt.datetime]:
    """When somebody first accepted, declined, added or asked about each referral. Taking it back is the sender's."""
    return dict(_acts(scope.organisation_id, referral_ids))


@written_once
def _acts(organisation_id: UUID, referral_ids: Collection[UUID]) -> QuerySet[StateChange, Any]:
    acts = StateChange.objects.filter(
        organisation_id=organisation_id,
        object_id__in=referral_ids,
        object_kind="referral",
        after__in=["asked", "accepted", "joined", "declined"],
    )
    return acts.values_list("object_id").annotate(first=Min("at")).order_by()


@written_once
def _tries(case_ids: Collection[UUID]) -> QuerySet[models.Interaction, Any]:
    tries = models.Interaction.objects.filter(case_id__in=case_ids)
    return tries.values_list("case_id").annotate(first=Min("happened_at")).order_by()


def _pauses(case_ids: list[UUID]) -> dict[UUID, tuple[Pause, ...]]:
    found: dict[UUID, tuple[Pause, ...]] = {}
    for case_id, started_at, until, ended_at in _paused(case_ids):
        pause = Pause(_day(started_at), _day(ended_at) if ended_at else until)
        found[case_id] = (*found.get(case_id, ()), pause)
    return found


@written_once
def _paused(case_ids: Collection[UUID]) -> QuerySet[models.Pause, Any]:
    rows = models.Pause.objects.filter(case_id__in=case_ids).order_by("started_at")
    return rows.values_list("case_id", "started_at", "until", "ended_at")


def _day(moment: dt.datetime) -> dt.date:
    return clock.london(moment).date()


def _by(moment: dt.datetime | None, today: dt.date) -> dt.date | None:
    """The day of something that had happened by then."""
    return _day(moment) if moment is not None and _day(moment) <= today else None


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day is not None), default=None)
