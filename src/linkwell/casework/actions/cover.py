"""A colleague, or several, look after somebody's people for some days."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from linkwell.accounts import queries as accounts
from linkwell.accounts.queries.leave import away_between
from linkwell.casework.actions.parts import acting_user, worker_of_team
from linkwell.casework.models import Case, Cover, CoverPart
from linkwell.casework.permissions import ALLOCATE
from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.kernel.ids import new_id

ARRANGED, ENDED_EARLY = "cover.arranged", "cover.ended_early"
_NOBODY: Mapping[UUID, UUID] = {}


@action(ALLOCATE)
def arrange_cover(
    *,
    scope: Scope,
    worker_id: UUID,
    covered_by_id: UUID,
    starts_on: dt.date,
    ends_on: dt.date,
    shared: Mapping[UUID, UUID] = _NOBODY,
) -> UUID:
    """Cover for these days, both included: `covered_by_id` has everybody who is not in `shared` (person to colleague).

    It ends by itself. Raises Invalid when somebody is away or covered then, or when these days are covered already.
    """
    acting_user(scope)
    team = accounts.my_team(scope)
    if team is None:
        raise NotFound
    _check_days(starts_on, ends_on)
    named = {person: colleague for person, colleague in shared.items() if colleague != covered_by_id}
    colleagues = {covered_by_id, *named.values()}
    if worker_id in colleagues:
        raise Invalid({"covered_by": "Choose somebody else to cover."})
    worker_of_team(scope, team.id, worker_id)
    names = {each: worker_of_team(scope, team.id, each) for each in colleagues}
    _check_they_are_here(scope, names, starts_on, ends_on)
    _check_worker(scope, worker_id, starts_on, ends_on)
    _check_people(scope, worker_id, named)
    return _begin(scope, worker_id, covered_by_id, (starts_on, ends_on), named)


def _check_days(starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on < starts_on:
        raise Invalid({"ends_on": "Cover cannot end before it starts."})
    if ends_on < clock.today():
        raise Invalid({"ends_on": "These days have gone."})


def _check_they_are_here(scope: Scope, names: Mapping[UUID, str], first: dt.date, last: dt.date) -> None:
    """Whoever covers is there: not away, and not covered by somebody else."""
    away = away_between(scope, list(names), first, last)
    covered = _overlapping(scope, first, last).filter(worker_id__in=names).values_list("worker_id", flat=True)
    absent = sorted(name for each, name in names.items() if each in away or each in set(covered))
    if absent:
        raise Invalid({"covered_by": f"{' and '.join(absent)}: away on some of these days. Choose somebody else."})


def _check_worker(scope: Scope, worker_id: UUID, first: dt.date, last: dt.date) -> None:
    """Nobody is covered twice, and nobody who is away is left looking after others."""
    rows = _overlapping(scope, first, last)
    if rows.filter(worker_id=worker_id).exists():
        raise Invalid({"starts_on": "Some of these days are covered already. End that cover first."})
    covering = rows.filter(covered_by_id=worker_id).select_related("worker").first()
    if covering is not None:
        name = covering.worker.name
        raise Invalid({"worker": f"They cover for {name} on some of these days. Arrange that anew first."})


def _check_people(scope: Scope, worker_id: UUID, named: Mapping[UUID, UUID]) -> None:
    theirs = Case.objects.filter(organisation_id=scope.organisation_id, worker_id=worker_id).exclude(state="closed")
    if not named.keys() <= set(theirs.values_list("person_id", flat=True)):
        raise Invalid({"": "Some of these people are with another link worker by now. Look at the list again."})


def _overlapping(scope: Scope, first: dt.date, last: dt.date) -> QuerySet[Cover]:
    return Cover.objects.filter(
        organisation_id=scope.organisation_id, ended_at=None, starts_on__lte=last, ends_on__gte=first
    )


def _begin(
    scope: Scope, worker_id: UUID, rest_id: UUID, days: tuple[dt.date, dt.date], named: Mapping[UUID, UUID]
) -> UUID:
    arrangement = new_id()
    covers = {
        colleague: Cover(
            organisation_id=scope.organisation_id,
            worker_id=worker_id,
            covered_by_id=colleague,
            starts_on=days[0],
            ends_on=days[1],
            arrangement=arrangement,
            rest=colleague == rest_id,
        )
        for colleague in (rest_id, *sorted(set(named.values())))
    }
    try:
        with transaction.atomic():
            Cover.objects.bulk_create(covers.values())
    except IntegrityError:
        raise Invalid({"starts_on": "Some of these days are covered already. End that cover first."}) from None
    CoverPart.objects.bulk_create(
        CoverPart(organisation_id=scope.organisation_id, cover=covers[colleague], person_id=person)
        for person, colleague in named.items()
    )
    for each in covers.values():
        audit.record(scope, "arranged", "cover", each.pk, fields=("worker", "covered_by", "starts_on", "ends_on"))
    outbox.emit(scope, ARRANGED, object_id=arrangement)
    return covers[rest_id].pk


@action(ALLOCATE)
def end_cover(*, scope: Scope, cover_id: UUID) -> None:
    """The whole arrangement is no longer needed. Raises NotFound for one that has ended already."""
    found = Cover.objects.filter(organisation_id=scope.organisation_id, pk=cover_id, ended_at=None).first()
    if found is None:
        raise NotFound
    rows = Cover.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, arrangement=found.arrangement, ended_at=None
    )
    for row in rows.order_by("pk"):
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        audit.record(scope, "ended", "cover", row.pk, fields=("ended_at",))
    outbox.emit(scope, ENDED_EARLY, object_id=found.arrangement)


@action(ALLOCATE)
def close_past_covers(*, scope: Scope) -> int:
    """Mark cover whose days have gone. Every list reads the dates, so nothing waits for this; it keeps them short."""
    rows = Cover.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, ended_at=None, ends_on__lt=clock.today()
    )
    gone = list(rows.order_by("pk"))
    for row in gone:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        audit.record(scope, "ended", "cover", row.pk, fields=("ended_at",))
    if not gone:
        audit.record(scope, "nothing to end", "cover", None)
    return len(gone)


def cover_held(scope: Scope, user_id: UUID) -> int:
    """Arrangements in which somebody looks after others now or later. Called inside whoever runs the staff list."""
    return _covering(scope, user_id).count()


def give_cover(scope: Scope, from_user_id: UUID, to_user_id: UUID) -> None:
    """Somebody else covers instead. Raises Invalid where that is the colleague who is away. Called inside an action."""
    for row in _covering(scope, from_user_id).select_for_update(of=("self",)).order_by("pk"):
        if row.worker_id == to_user_id:
            raise Invalid({"to": "Nobody can cover for themselves. End that cover first, under “Our team”."})
        row.covered_by_id = to_user_id
        row.save(update_fields=["covered_by"])
        audit.record(scope, "given", "cover", row.pk, fields=("covered_by",))


def _covering(scope: Scope, user_id: UUID) -> QuerySet[Cover]:
    return Cover.objects.filter(
        organisation_id=scope.organisation_id, covered_by_id=user_id, ended_at=None, ends_on__gte=clock.today()
    )
