"""The People list and its search: by name, date of birth, NHS number or phone. Always inside one organisation."""

import re
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest

from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import nhs_number, phone
from linkwell.kernel.pages import Page
from linkwell.people import names
from linkwell.people.details import PersonListRow
from linkwell.people.models import ContactPoint, Person, PersonWord
from linkwell.people.permissions import PERSON_SEARCH
from linkwell.people.queries.contact import answers_of, contact_rows
from linkwell.people.queries.identity import Slips, kept_apart_ids, linked_sets

SIZE = 25
MOST_ALIKE = 10
# Of very many who share a word: as many as it takes for another word to choose among them.
MOST_NEAR = 2000
# Words shorter than this are too like each other; from LONG on two slips are forgiven.
SHORTEST_SLIPPED = 3
LONG = 5
OFTEN_MISTAKEN = {
    "a": "e",
    "b": "p",
    "c": "ks",
    "e": "ai",
    "f": "pv",
    "g": "j",
    "i": "ye",
    "j": "gy",
    "k": "cq",
    "p": "bf",
    "q": "k",
    "s": "cz",
    "u": "o",
    "o": "u",
    "v": "fw",
    "w": "v",
    "y": "ij",
    "z": "s",
    "x": "z",
}
_DATE = re.compile(r"^(\d{1,2})[\s./-]+(\d{1,2}|[a-z]{3,9})[\s./-]+(\d{4})$", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PAST_CYRILLIC = 0x530
_AFTER_EVERY_LETTER = "\U0010ffff"


@query(PERSON_SEARCH)
def people(scope: Scope, text: str = "", page: int = 1, most: int | None = None) -> Page[PersonListRow]:
    """People of this organisation whose name, date of birth, NHS number or phone fits, by family name.

    `most`: how many make a page, when not as many as the reader has chosen.
    """
    found = _found(scope, text.strip()).order_by("sort_name", "id")
    size = most or lines(SIZE)
    start = (page - 1) * size
    fetched = list(found[start : start + size + 1])
    shown = Page.of(fetched, number=page, size=size)
    return Page(tuple(_rows(scope, list(shown.rows))), page, size, shown.has_next)


@query(PERSON_SEARCH)
def people_alike(scope: Scope, text: str) -> tuple[PersonListRow, ...]:
    """People whose names are nearly those typed, the most alike first, at most ten: for when nobody's fits exactly."""
    typed = names.words(text)[:6]
    if not typed or any(ch.isdigit() for ch in text):
        return ()
    near = frozenset.intersection(*(_with_a_word_near(scope, word) for word in typed))
    everyone = Person.objects.filter(organisation_id=scope.organisation_id, pk__in=near)
    folded = names.folded(text)
    alike = Greatest(
        TrigramSimilarity("sort_name", folded), TrigramSimilarity("sort_name", names.folded(" ".join(reversed(typed))))
    )
    return tuple(_rows(scope, list(everyone.annotate(alike=alike).order_by("-alike", "sort_name", "id")[:MOST_ALIKE])))


def _with_a_word_near(scope: Scope, word: str) -> frozenset[UUID]:
    """Whose name has a word that begins like this one, or is a slip or two away from it; the closest come first.

    The slips are counted only in words that begin with the same letter, or one that is often mistaken for it: a range
    of the index that belongs to the organisation. Counting them is not something the database may do before its policy.
    """
    begins = Q()
    for letter in _likely_first(word):
        begins |= Q(word__gte=letter, word__lt=letter + _AFTER_EVERY_LETTER)
    slips = Slips(F("word"), Value(word))
    near = Q(word__gte=word, word__lt=word + _AFTER_EVERY_LETTER)
    if forgiven := slips_forgiven(word):
        near |= Q(slips__lte=forgiven)
    rows = PersonWord.objects.filter(begins, organisation_id=scope.organisation_id).annotate(slips=slips).filter(near)
    return frozenset(rows.order_by("slips").values_list("person_id", flat=True)[:MOST_NEAR])


def _likely_first(word: str) -> set[str]:
    return {word[0], *OFTEN_MISTAKEN.get(word[0], "")}


def first_letters(word: str) -> list[str]:
    """How a name may begin that was meant by this word: small and large, with marks and without, and look-alikes."""
    return [each for letter in sorted(_likely_first(word)) for each in _written(letter)]


@lru_cache(maxsize=100)
def _written(letter: str) -> tuple[str, ...]:
    marked = (chr(code) for code in range(0xC0, _PAST_CYRILLIC))
    return (letter, letter.upper(), *(each for each in marked if names.folded(each)[:1] == letter != each))


def slips_forgiven(word: str) -> int:
    """How many letters of a name may be typed wrong."""
    if len(word) < SHORTEST_SLIPPED:
        return 0
    return 1 if len(word) < LONG else 2


def _found(scope: Scope, text: str) -> QuerySet[Person]:
    everyone = Person.objects.filter(organisation_id=scope.organisation_id)
    if not text:
        return everyone
    born = _as_date(text)
    if born is not None:
        return everyone.filter(date_of_birth=born)
    if nhs_number.problem(text) is None:
        return everyone.filter(nhs_number=nhs_number.parse(text).digits)
    if any(ch.isdigit() for ch in text) and phone.problem(text) is None:
        return everyone.exclude(pk__in=kept_apart_ids(scope)).filter(_has_phone(scope, phone.parse(text).e164))
    for word in names.words(text)[:6]:
        everyone = everyone.filter(_has_word(scope, word))
    return everyone if names.words(text) else everyone.none()


def _has_word(scope: Scope, word: str) -> Exists:
    return Exists(
        PersonWord.objects.filter(
            organisation_id=scope.organisation_id,
            person=OuterRef("pk"),
            word__gte=word,
            word__lt=word + _AFTER_EVERY_LETTER,
        )
    )


def _has_phone(scope: Scope, number: str) -> Exists:
    return Exists(
        ContactPoint.objects.filter(
            organisation_id=scope.organisation_id, person=OuterRef("pk"), value=number, ended_at=None
        )
    )


def _as_date(text: str) -> date | None:
    shape = _DATE.match(text)
    if shape is None:
        return None
    day, month, year = shape.groups()
    number = int(month) if month.isdigit() else _month(month)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _month(text: str) -> int:
    short = text[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _rows(scope: Scope, people: list[Person]) -> list[PersonListRow]:
    ids: list[UUID] = [person.pk for person in people]
    answers = answers_of(scope, ids)
    # A number on a list is rung: it is not there where ringing is not safe.
    contacts = {each: rows for each, rows in contact_rows(scope, ids).items() if answers[each].phone is not False}
    sets = linked_sets(scope, ids)
    apart = kept_apart_ids(scope)
    return [_row(person, contacts, restricted=person.pk in apart, same=len(sets[person.pk]) - 1) for person in people]


def _row(person: Person, contacts: dict, *, restricted: bool, same: int) -> PersonListRow:  # type: ignore[type-arg]
    phones = [row.shown for row in contacts.get(person.pk, ()) if row.kind != "email"]
    return PersonListRow(
        person_id=person.pk,
        name=names.like_it(person.preferred_name, person.given_name, person.family_name),
        date_of_birth=person.date_of_birth,
        phone="" if restricted or not phones else phones[0],
        postcode="" if restricted else person.postcode,
        restricted=restricted,
        same_as=same,
    )
