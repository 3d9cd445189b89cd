"""Recording that somebody has died, putting a mistake right, and what both mean for everything that was going on."""

from dataclasses import asdict
from uuid import UUID

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound
from linkwell.people import death, dying
from linkwell.people.actions.common import leave_trail, locked_person
from linkwell.people.death import DeathDetails
from linkwell.people.models import Death, DeathSource, Person, StoppedByDeath
from linkwell.people.permissions import DEATH_RECORD
from linkwell.people.queries.deaths import details_of_death, standing_deaths
from linkwell.people.queries.identity import linked_set

LONGEST_REASON = 300


@action(DEATH_RECORD)
def record_death(*, scope: Scope, person_id: UUID, details: DeathDetails) -> UUID:
    """Somebody has died: nothing more is sent to them from this moment, and within a minute everything else stops.

    Told again, what is known stays and what is new is added. Emits "person.died". Raises NotFound, Invalid.
    """
    person = locked_person(scope, person_id)
    _check(details, person)
    records = linked_set(scope, person_id)
    known = next(iter(standing_deaths(scope, records)), None)
    row = _amended(scope, known, details) if known else _new(scope, person_id, details)
    dying.stop_at_once(scope, row.pk, records)
    outbox.emit(scope, "person.died", object_id=row.pk)
    return row.pk


def _check(details: DeathDetails, person: Person) -> None:
    problems = dict(death.problems(details, person.date_of_birth))
    if details.source not in DeathSource.values:
        problems["source"] = "Say who told us."
    if len(details.told_by_name) > 120:
        problems["told_by_name"] = "This can be up to 120 characters."
    if problems:
        raise Invalid(problems)


def _new(scope: Scope, person_id: UUID, details: DeathDetails) -> Death:
    row = Death.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        recorded_by_id=scope.user_id,
        confirmed_by_id=scope.user_id if details.confirmed else None,
        **asdict(details),
    )
    leave_trail(scope, "added", "death", row.pk, person_id, ("source", "confirmed"), _line(details))
    return row


def _amended(scope: Scope, row: Death, details: DeathDetails) -> Death:
    before = details_of_death(row)
    after = death.together(before, details)
    changed = tuple(name for name, value in asdict(after).items() if getattr(before, name) != value)
    for name in changed:
        setattr(row, name, getattr(after, name))
    if after.confirmed and not before.confirmed:
        row.confirmed_by_id = scope.user_id
    row.version += 1
    row.save(update_fields=[*changed, "confirmed_by", "version"])
    leave_trail(scope, "changed", "death", row.pk, row.person_id, changed, _line(after) if changed else "")
    return row


def _line(details: DeathDetails) -> str:
    when = death.in_words(details)
    sure = "" if details.confirmed else ", not confirmed yet"
    return f"We were told that they died{f' {when}' if when else ''}{sure}"


@action(DEATH_RECORD)
def undo_death(*, scope: Scope, person_id: UUID, reason: str) -> None:
    """It was recorded by mistake. Brings back what can be; what cannot is listed by `queries.stopped_by_death`.

    Nothing is sent by this: messages that were held stay held until somebody decides. Raises NotFound, Invalid.
    """
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"Say how the mistake came about, in up to {LONGEST_REASON} characters."})
    if scope.user_id is None:
        raise NotAllowed("Only a person can decide that.")
    locked_person(scope, person_id)
    rows = standing_deaths(scope, linked_set(scope, person_id))
    if not rows:
        raise NotFound("No death is recorded for this person.")
    _undo(scope, rows, reason.strip(), "They had not died: put right")


def _undo(scope: Scope, rows: list[Death], reason: str, line: str) -> None:
    for row in rows:
        row.undone_at, row.undone_by_id, row.undone_reason = clock.now(), scope.user_id, reason
        row.version += 1
        row.save(update_fields=["undone_at", "undone_by", "undone_reason", "version"])
        leave_trail(scope, "undone", "death", row.pk, row.person_id, ("undone_at",), line)
        outbox.emit(scope, "person.death_undone", object_id=row.pk)
    bring_back(scope, linked_set(scope, rows[0].person_id))


@action(DEATH_RECORD)
def take_back_report(*, scope: Scope, death_id: UUID, told_by_name: str, reason: str) -> bool:
    """Another system takes back what it told us. False, and nothing changes, once anybody else has had a say in it.

    Messages that were held stay held until somebody decides. True also for a report that no longer stands.
    """
    audit.record(scope, "looked_at_death", "death", death_id)
    mine = Death.objects.filter(organisation_id=scope.organisation_id, pk=death_id)
    person_id = mine.values_list("person_id", flat=True).first()
    if person_id is None:
        return True
    locked_person(scope, person_id)
    row = mine.get()
    if row.undone_at is not None:
        return True
    by_a_system = row.recorded_by_id is None and row.source in (DeathSource.HOSPITAL, DeathSource.FEED)
    if row.confirmed or not by_a_system or row.told_by_name not in ("", told_by_name):
        return False
    _undo(scope, [row], reason[:LONGEST_REASON], "Whoever told us that they died has taken it back")
    return True


def bring_back(scope: Scope, records: tuple[UUID, ...]) -> None:
    """What was stopped for these records, and no longer needs to be, goes on where that can be done without a person.

    Called inside an action, after a death was undone or records were found to be two people.
    """
    waiting = StoppedByDeath.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, person_id__in=records, restored_at=None
    )
    # The last thing stopped first: a case is open again before what belongs to it.
    for row in waiting.order_by("-id"):
        if standing_deaths(scope, linked_set(scope, row.person_id)):
            continue
        back = dying.kind_of(row.kind).bring_back
        if back is not None and back(scope, row.object_id, row.before):
            row.restored_at = clock.now()
            row.save(update_fields=["restored_at"])


def follow_links(scope: Scope, records: tuple[UUID, ...]) -> None:
    """Records that became one person: a death on any of them stops what goes on for the others."""
    for row in standing_deaths(scope, records):
        dying.stop_at_once(scope, row.pk, records)
        outbox.emit(scope, "person.died", object_id=row.pk)


def note_stopped(scope: Scope, death_id: UUID, person_id: UUID, kind: str, object_id: UUID, before: str) -> None:
    """Keep what a death stopped, for the list of a mistake. Called inside the action or job that stops it."""
    row, new = StoppedByDeath.objects.get_or_create(
        death_id=death_id,
        kind=kind,
        object_id=object_id,
        defaults={"organisation_id": scope.organisation_id, "person_id": person_id, "before": before},
    )
    if not new and row.restored_at is not None:
        row.restored_at, row.before = None, before
        row.save(update_fields=["restored_at", "before"])
    audit.record(scope, "stopped", kind, object_id, person_id=person_id)
