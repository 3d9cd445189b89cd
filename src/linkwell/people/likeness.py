"""How alike two records are, in points and in words. Pure; a person reads the words and decides."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

from linkwell.kernel import postcode as postcodes
from linkwell.people import names
from linkwell.people.details import Likeness

# A name alone is never enough (two Mary Smiths), nor is a number alone (two people, one number).
STRONG = 8
WORTH_SHOWING = 4
_CLOSE = 0.8


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody told us about a person who may be known already."""

    given_name: str
    family_name: str
    date_of_birth: date | None
    nhs_number: str
    phone: str
    postcode: str
    sort_name: str

    @classmethod
    def of(
        cls, given_name: str, family_name: str, born: date | None, nhs_number: str, phone: str, postcode: str
    ) -> "Given":
        return cls(
            given_name=given_name,
            family_name=family_name,
            date_of_birth=born,
            nhs_number="".join(ch for ch in nhs_number if ch.isdigit()),
            phone=phone,
            postcode=postcodes.normalise(postcode) if postcode else "",
            sort_name=names.sort_name(family_name, given_name),
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What a record says."""

    person_id: UUID
    given_name: str
    family_name: str
    preferred_name: str
    date_of_birth: date | None
    nhs_number: str
    numbers: frozenset[str]
    postcode: str
    restricted: bool


@dataclass(frozen=True, slots=True)
class _Sign:
    """One thing compared: points for or against, and the words for it."""

    points: int
    words: str


def compare(given: Given, known: Known) -> tuple[int, Likeness] | None:
    """Points and reasons, or None when they are not alike enough to show.

    Where a restricted person lives or can be phoned is neither compared nor said.
    """
    signs = [_name(given, known), _born(given, known), _nhs_number(given, known)]
    if not known.restricted:
        signs += [_phone(given, known), _postcode(given, known)]
    found = [sign for sign in signs if sign is not None]
    points = sum(sign.points for sign in found)
    if points < WORTH_SHOWING and not _same_number(given, known):
        return None
    named = bool(found) and signs[0] is not None and signs[0].points > 0
    return points, Likeness(
        person_id=known.person_id,
        name=names.like_it(known.preferred_name, known.given_name, known.family_name),
        date_of_birth=known.date_of_birth,
        strong=points >= STRONG and named and all(sign.points > 0 for sign in found),
        reasons=tuple(sign.words for sign in found if sign.points > 0),
        differences=tuple(sign.words for sign in found if sign.points < 0),
        restricted=known.restricted,
    )


def _name(given: Given, known: Known) -> _Sign | None:
    family = _ratio(given.family_name, known.family_name)
    first = max(_ratio(given.given_name, each) for each in (known.given_name, known.preferred_name or known.given_name))
    if family == 1 and first == 1:
        return _Sign(4, "Same name")
    swapped = _ratio(given.family_name, known.given_name) == _ratio(given.given_name, known.family_name) == 1
    if swapped:
        return _Sign(3, "Same names the other way round")
    if family >= _CLOSE and first >= _CLOSE:
        return _Sign(3, "Very similar name")
    if family == 1 or first == 1:
        return _Sign(1, "Same family name" if family == 1 else "Same first name")
    if family < _CLOSE and first < _CLOSE:
        return _Sign(-3, "The names are different")
    return None


def _ratio(one: str, other: str) -> float:
    left, right = names.folded(one), names.folded(other)
    return 1.0 if left == right and left else SequenceMatcher(None, left, right).ratio()


def _born(given: Given, known: Known) -> _Sign | None:
    if given.date_of_birth is None or known.date_of_birth is None:
        return None
    if given.date_of_birth == known.date_of_birth:
        return _Sign(4, "Same date of birth")
    swapped = (given.date_of_birth.day, given.date_of_birth.month) == (
        known.date_of_birth.month,
        known.date_of_birth.day,
    )
    if swapped and given.date_of_birth.year == known.date_of_birth.year:
        return _Sign(2, "Same date of birth with day and month the other way round")
    return _Sign(-4, "The dates of birth are different")


def _nhs_number(given: Given, known: Known) -> _Sign | None:
    if not given.nhs_number or not known.nhs_number:
        return None
    if _same_number(given, known):
        return _Sign(3, "Same NHS number")
    return _Sign(-3, "The NHS numbers are different")


def _same_number(given: Given, known: Known) -> bool:
    return bool(given.nhs_number) and given.nhs_number == known.nhs_number


def _phone(given: Given, known: Known) -> _Sign | None:
    return _Sign(2, "Same phone number") if given.phone and given.phone in known.numbers else None


def _postcode(given: Given, known: Known) -> _Sign | None:
    return _Sign(2, "Same postcode") if given.postcode and given.postcode == known.postcode else None
