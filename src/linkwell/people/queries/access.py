"""How somebody understands and is understood, and who interpreted."""

from collections.abc import Collection
from datetime import date, time, timedelta
from uuid import UUID

from linkwell.accounts.queries import user_names
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.documents.rendering import Layout
from linkwell.kernel import clock, tongue
from linkwell.kernel.tongue import Tongue
from linkwell.people.access import NOT_WRITTEN, AccessRow, AccessWords, InterpretedRow
from linkwell.people.models import AccessNeeds, Interpreted, Person, ReadingFormat, Requirement, RequirementKind
from linkwell.people.permissions import PERSON_SEE, SAFE_ANSWERS_USE
from linkwell.people.queries.identity import linked_set, linked_sets

MOST_SHOWN = 50
# Easy read is set large too: there is little on a line.
_LAYOUTS = {ReadingFormat.LARGE: Layout.LARGE_PRINT, ReadingFormat.EASY_READ: Layout.LARGE_PRINT}


@query(PERSON_SEE)
def access(scope: Scope, person_id: UUID) -> AccessRow:
    """The newest answer over all records, empty when nobody asked. The version is this record's own, from 0."""
    rows = _rows(scope, linked_set(scope, person_id))
    own = next((row.version for row in rows if row.person_id == person_id), 0)
    if not rows:
        return AccessRow(0, AccessWords())
    newest = rows[0]
    by = user_names([newest.recorded_by_id]) if newest.recorded_by_id else {}
    return AccessRow(own, words_of(newest), newest.created_at, next(iter(by.values()), ""))


@query(SAFE_ANSWERS_USE)
def reading_format(scope: Scope, person_id: UUID) -> ReadingFormat:
    """In what form what we send or print should be. Ordinary print while nobody asked."""
    rows = _rows(scope, linked_set(scope, person_id))
    return ReadingFormat(rows[0].reading) if rows else ReadingFormat.STANDARD


@query(SAFE_ANSWERS_USE)
def tongue_of(scope: Scope, person_id: UUID) -> Tongue:
    """The language we write in to them: Welsh where it is the language they like best, else English."""
    records = linked_set(scope, person_id)
    said = [row.language for row in _rows(scope, records)[:1]]
    people = Person.objects.filter(organisation_id=scope.organisation_id, pk__in=records).exclude(language="")
    said += people.order_by("-pk").values_list("language", flat=True)[:MOST_SHOWN]
    return next((tongue.named(each) for each in said if each), Tongue.ENGLISH)


@query(SAFE_ANSWERS_USE)
def layout_for(scope: Scope, person_id: UUID, asked: str = "") -> Layout:
    """The layout of a document for them: as asked for now, else in the print they like to read."""
    if asked in set(Layout):
        return Layout(asked)
    return _LAYOUTS.get(reading_format(scope, person_id), Layout.STANDARD)


@query(SAFE_ANSWERS_USE)
def cannot_read_messages(scope: Scope, person_id: UUID) -> bool:
    """Whether a text, an e-mail or a letter in ordinary words would tell them nothing."""
    return reading_format(scope, person_id) in NOT_WRITTEN


def needs_interpreter(scope: Scope, person_id: UUID) -> bool:
    """Called inside a read or a write."""
    return bool(interpreters_for(scope, [person_id]))


def interpreters_for(scope: Scope, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Whom to ask for, for each of these people who needs an interpreter. Called inside a read or a write."""
    sets = linked_sets(scope, person_ids)
    everyone = frozenset().union(*sets.values()) if sets else frozenset()
    rows = Requirement.objects.filter(
        organisation_id=scope.organisation_id,
        person_id__in=everyone,
        kind=RequirementKind.INTERPRETER,
        ended_at=None,
    ).order_by("id")
    words = dict(rows.values_list("person_id", "detail"))
    return {
        each: words[record]
        for each in person_ids
        for record in sorted(sets[each], key=lambda one: one != each)
        if record in words
    }


@query(PERSON_SEE)
def interpreter_for(scope: Scope, person_id: UUID) -> str:
    """Whom to ask for, or "" when they need no interpreter."""
    return interpreters_for(scope, [person_id]).get(person_id, "")


def interpreted_on(scope: Scope, person_id: UUID, day: date) -> tuple[InterpretedRow, ...]:
    """Who interpreted in the conversations of one UK day. Called inside a read or a write."""
    start, end = clock.at(day, time()), clock.at(day + timedelta(days=1), time())
    rows = Interpreted.objects.filter(
        organisation_id=scope.organisation_id,
        person_id__in=linked_set(scope, person_id),
        happened_at__gte=start,
        happened_at__lt=end,
    )
    return tuple(InterpretedRow(row.by, row.name) for row in rows.order_by("-happened_at")[:MOST_SHOWN])


@query(PERSON_SEE)
def interpreted(scope: Scope, interaction_id: UUID) -> InterpretedRow | None:
    """Who interpreted in one conversation; None when nobody was asked about."""
    row = Interpreted.objects.filter(organisation_id=scope.organisation_id, interaction_id=interaction_id).first()
    return InterpretedRow(row.by, row.name) if row else None


def words_of(row: AccessNeeds) -> AccessWords:
    return AccessWords(
        language=row.language,
        dialect=row.dialect,
        interpreter=row.interpreter,
        interpreter_gender=row.interpreter_gender,
        sign_language=row.sign_language,
        reading=row.reading,
        information=row.information,
        adjustments=row.adjustments,
    )


def _rows(scope: Scope, records: Collection[UUID]) -> list[AccessNeeds]:
    rows = AccessNeeds.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    return list(rows.order_by("-created_at", "-version")[:MOST_SHOWN])
