"""Which records are one person: links somebody made, followed to the end, and records that look alike."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Func, IntegerField, Q, QuerySet, Value

from linkwell.accounts.queries import user_names
from linkwell.core.database import already_known
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel import phone as phones
from linkwell.kernel import postcode as postcodes
from linkwell.people import likeness, names
from linkwell.people.details import IdentityLinkRow, Likeness
from linkwell.people.models import ContactPoint, IdentityLink, Person
from linkwell.people.permissions import IDENTITY_DECIDE, SAFE_ANSWERS_USE

MOST_CANDIDATES = 60
MOST_SHARING = 500
MOST_SHOWN = 10
NEAR_ENOUGH = 0.3
MOST_SLIPS = 2


def linked_sets(scope: Scope, person_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each record, all records that are the same person, itself included.

    Follows links in both directions until nothing new is found, so a chain or a ring of links ends. One question
    for each step along the longest chain, however many records are asked about; none for those this read knows.
    """
    known = already_known("records of one person")
    if unknown := set(person_ids) - known.keys():
        known |= _followed(scope, unknown)
    return {each: known[each] for each in person_ids}


def _followed(scope: Scope, person_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    neighbours: dict[UUID, set[UUID]] = {each: set() for each in person_ids}
    asked: set[UUID] = set()
    while waiting := set(neighbours) - asked:
        asked |= waiting
        for link in _links(scope.organisation_id, waiting):
            one, other = link.record_id, link.same_as_id
            neighbours.setdefault(one, set()).add(other)
            neighbours.setdefault(other, set()).add(one)
    # All that were met on the way, since whoever asks about one record soon asks about the others.
    return {each: _reachable(each, neighbours) for each in neighbours}


@written_once
def _links(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[IdentityLink]:
    rows = IdentityLink.objects.filter(organisation_id=organisation_id, undone_at=None)
    return rows.filter(Q(record_id__in=records) | Q(same_as_id__in=records))


def _reachable(start: UUID, neighbours: dict[UUID, set[UUID]]) -> frozenset[UUID]:
    seen = {start}
    waiting = [start]
    while waiting:
        for other in neighbours[waiting.pop()] - seen:
            seen.add(other)
            waiting.append(other)
    return frozenset(seen)


def linked_set(scope: Scope, person_id: UUID) -> tuple[UUID, ...]:
    """All records of one person, the one asked about first, the others in order of time."""
    others = linked_sets(scope, [person_id])[person_id] - {person_id}
    return (person_id, *sorted(others))


def kept_apart_ids(scope: Scope) -> frozenset[UUID]:
    """Every record of everybody whose record is restricted, on that record or on another that is theirs.

    The one place that says who is kept apart; called from inside a query or an action of any app.
    """
    known = already_known("who is kept apart")
    if scope.organisation_id not in known:
        sets = linked_sets(scope, [record for (record,) in _restricted(scope.organisation_id)])
        known[scope.organisation_id] = frozenset().union(*sets.values())
    found: frozenset[UUID] = known[scope.organisation_id]
    return found


@written_once
def _restricted(organisation_id: UUID) -> QuerySet[Person, tuple[UUID]]:
    return Person.objects.filter(organisation_id=organisation_id, restricted=True).values_list("pk")


@query(SAFE_ANSWERS_USE)
def resolved_ids(scope: Scope, person_id: UUID) -> tuple[UUID, ...]:
    """All records that are the same person, the one asked about first. A record without links gives itself alone."""
    return linked_set(scope, person_id)


@query(IDENTITY_DECIDE)
def identity_links(scope: Scope, person_id: UUID) -> tuple[IdentityLinkRow, ...]:
    """The links of this record that stand, newest first."""
    links = (
        IdentityLink.objects.select_related("record", "same_as")
        .filter(organisation_id=scope.organisation_id, undone_at=None)
        .filter(Q(record_id=person_id) | Q(same_as_id=person_id))
        .order_by("-id")
    )
    who = user_names({link.decided_by_id for link in links})
    rows = []
    for link in links:
        other = link.same_as if link.record_id == person_id else link.record
        name = names.like_it(other.preferred_name, other.given_name, other.family_name)
        by = who.get(link.decided_by_id, "")
        rows.append(IdentityLinkRow(link.pk, other.pk, name, link.reason, by, link.created_at))
    return tuple(rows)


@query(IDENTITY_DECIDE)
def possible_duplicates(
    scope: Scope,
    *,
    given_name: str,
    family_name: str,
    date_of_birth: date | None,
    nhs_number: str = "",
    phone: str = "",
    postcode: str = "",
    leave_out: Collection[UUID] = (),
) -> tuple[Likeness, ...]:
    """Records of this organisation that may be the same person, the most alike first, each with its reasons.

    Nothing is ever linked by this: a person decides. An NHS number alone never makes a likeness strong, because two
    people can carry one number.
    """
    given = likeness.Given.of(given_name, family_name, date_of_birth, nhs_number, _e164(phone), postcode)
    found = _candidates(scope, given).exclude(pk__in=leave_out)[:MOST_CANDIDATES]
    numbers, apart = _numbers(scope, [each.pk for each in found]), kept_apart_ids(scope)
    scored = [
        likeness.compare(given, _facts(each, numbers.get(each.pk, frozenset()), restricted=each.pk in apart))
        for each in found
    ]
    alike = sorted((each for each in scored if each is not None), key=lambda pair: -pair[0])
    return tuple(row for _, row in alike[:MOST_SHOWN])


def _candidates(scope: Scope, given: likeness.Given) -> QuerySet[Person]:
    """Who shares something exact; where that is common (a birthday, a postcode), the name must be near as well."""
    near = Q(name_near__gte=NEAR_ENOUGH) | Q(slips__lte=MOST_SLIPS) | Q(sounds=4)
    folded = given.sort_name
    shared = {name: _sharing(scope, given, name) for name in ("nhs_number", "date_of_birth", "postcode", "phone")}
    exact = Q(pk__in=shared["nhs_number"] | shared["phone"])
    common = Q(pk__in=shared["date_of_birth"] | shared["postcode"])
    return (
        Person.objects.filter(organisation_id=scope.organisation_id, pk__in=frozenset().union(*shared.values()))
        .annotate(
            name_near=TrigramSimilarity("sort_name", folded),
            slips=Slips(F("sort_name"), Value(folded)),
            sounds=_Sounds(F("family_name"), Value(given.family_name)),
        )
        .filter(exact | (common & near))
        .order_by("-name_near", "id")
    )


def _sharing(scope: Scope, given: likeness.Given, name: str) -> frozenset[UUID]:
    """Records with the same value of one thing, each found through its own index."""
    value = getattr(given, name)
    if not value:
        return frozenset()
    if name == "phone":
        points = ContactPoint.objects.filter(organisation_id=scope.organisation_id, value=value, ended_at=None)
        points = points.exclude(person_id__in=kept_apart_ids(scope))
        return frozenset(points.values_list("person_id", flat=True)[:MOST_SHARING])
    people = Person.objects.filter(organisation_id=scope.organisation_id, **{name: value})
    if name == "postcode":
        people = people.exclude(pk__in=kept_apart_ids(scope))
    return frozenset(people.values_list("pk", flat=True)[:MOST_SHARING])


class Slips(Func):
    """How many letters apart two names are, up to three."""

    function = "levenshtein_less_equal"
    template = "%(function)s(%(expressions)s, 3)"
    output_field = IntegerField()


class _Sounds(Func):
    """How alike two names sound, 0 to 4."""

    function = "difference"
    output_field = IntegerField()


def _numbers(scope: Scope, person_ids: list[UUID]) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = {}
    points = ContactPoint.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=person_ids, ended_at=None
    ).values_list("person_id", "value")
    for person_id, value in points:
        found.setdefault(person_id, set()).add(value)
    return {person_id: frozenset(values) for person_id, values in found.items()}


def _facts(person: Person, numbers: frozenset[str], *, restricted: bool) -> likeness.Known:
    return likeness.Known(
        person_id=person.pk,
        given_name=person.given_name,
        family_name=person.family_name,
        preferred_name=person.preferred_name,
        date_of_birth=person.date_of_birth,
        nhs_number=person.nhs_number,
        numbers=numbers,
        postcode=postcodes.normalise(person.postcode) if person.postcode else "",
        restricted=restricted,
    )


def _e164(text: str) -> str:
    return phones.parse(text).e164 if text and phones.problem(text) is None else ""
