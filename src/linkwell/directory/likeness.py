"""How likely two listings are one service, and why, in words. Pure: a person decides."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from linkwell.directory.vocabulary import fold

# From here on a pair is worth a person's minute.
ENOUGH = 0.6
LEAST_NAME, SAME_NAME = 0.6, 0.9
HERE = "the same place"
NEAR_KM, FAR_KM = 0.15, 1.0
_SAME_WORD = 0.84
_SAID_OFTEN = frozenset(
    [
        "the",
        "and",
        "of",
        "a",
        "an",
        "at",
        "in",
        "on",
        "for",
        "to",
        "with",
        "by",
        "group",
        "groups",
        "club",
        "clubs",
        "service",
        "services",
        "project",
        "projects",
        "community",
        "centre",
        "center",
        "session",
        "sessions",
        "class",
        "classes",
        "cic",
        "ltd",
        "charity",
        "trust",
        "limited",
        "local",
        "free",
    ]
)
# Words that tell two services of one organisation apart, by what they are about. Two of one line never are the same.
_TELLING = tuple(
    frozenset(line.split())
    for line in (
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays",
        "men mens women womens ladies girls boys dads mums fathers mothers",
        "adult adults child children childrens kids junior juniors teen teens youth young baby babies toddler toddlers "
        "senior seniors older family families over under",
        "beginner beginners improver improvers intermediate advanced",
        "north south east west northern southern eastern western upper lower",
        "morning mornings afternoon afternoons evening evenings",
        "one two three four first second third i ii iii",
    )
)
_NUMBER = re.compile(r"[0-9]+(?:st|nd|rd|th|s)?")
_SHARED_HOSTS = ("facebook.com", "instagram.com", "meetup.com", "eventbrite.co.uk", "google.com", "sites.google.com")


@dataclass(frozen=True, slots=True)
class Listing:
    """What is compared. Points are degrees; `times` hold day (0 for Monday), start, end; an age not told is None."""

    name: str
    organisation: str = ""
    phone: str = ""
    url: str = ""
    email: str = ""
    postcodes: frozenset[str] = frozenset()
    points: tuple[tuple[float, float], ...] = ()
    times: frozenset[tuple[int, dt.time | None, dt.time | None]] = frozenset()
    minimum_age: int | None = None
    maximum_age: int | None = None

    @property
    def days(self) -> frozenset[int]:
        return frozenset(day for day, _, _ in self.times)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 1; `reasons` finish "They have ..."."""

    score: float
    reasons: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        return self.score >= ENOUGH


def likeness(one: Listing, two: Listing) -> Likeness:
    """The name must be alike and at least two more things; another place, age or kind of people is never the same.

    Where the names differ, the place must be the same.
    """
    named = _names(one, two)
    if named < LEAST_NAME or _apart(one, two):
        return Likeness(0.0)
    evidence = _evidence(one, two)
    # One organisation's telephone and web page are the same for much that it does.
    if len(evidence) < 2 or (named < SAME_NAME and not any(words == HERE for _, words in evidence)):
        return Likeness(0.0)
    score = 0.4 * named + sum(weight for weight, _ in evidence)
    if one.days and two.days and not one.days & two.days:
        score *= 0.85
    if _told_by(one.name) != _told_by(two.name):
        score *= 0.7
    first = "the same name" if named > 0.99 else "nearly the same name"
    return Likeness(round(min(score, 1.0), 3), (first, *(words for _, words in evidence)))


def _names(one: Listing, two: Listing) -> float:
    """How alike the names are without the words of whoever runs it, which one feed adds and another leaves out."""
    run_by = _words(one.organisation) | _words(two.organisation)
    whole = _alike(_words(one.name), _words(two.name))
    bare = _words(one.name) - run_by, _words(two.name) - run_by
    return max(whole, 0.95 * _alike(*bare)) if all(bare) else whole


def _words(text: str) -> frozenset[str]:
    found = _every_word(text)
    return (found - _SAID_OFTEN) or found


def _every_word(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", fold(re.sub("['’]", "", text))))


def _alike(one: frozenset[str], two: frozenset[str]) -> float:
    """Shared words as a share of all, slips of the finger forgiven; most of it where one holds the whole other."""
    if not one or not two:
        return 0.0
    few, many = sorted((one, two), key=len)
    shared = sum(any(_same_word(word, each) for each in many) for word in few)
    held = 0.8 * shared / len(few) if len(few) > 1 else 0.0
    return max(2 * shared / (len(few) + len(many)), held)


def _same_word(one: str, two: str) -> bool:
    if one == two or one.isdecimal() or two.isdecimal() or min(len(one), len(two)) < 4:
        return one == two
    return SequenceMatcher(None, one, two).ratio() >= _SAME_WORD


def _apart(one: Listing, two: Listing) -> bool:
    return _other_place(one, two) or _other_ages(one, two) or _for_others(one.name, two.name)


def _other_place(one: Listing, two: Listing) -> bool:
    if (not one.postcodes and not one.points) or (not two.postcodes and not two.points):
        return False
    if one.postcodes & two.postcodes:
        return False
    nearest = _km(one, two)
    return nearest > FAR_KM if nearest is not None else bool(one.postcodes and two.postcodes)


def _km(one: Listing, two: Listing) -> float | None:
    return min((_between(a, b) for a in one.points for b in two.points), default=None)


def _between(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Kilometres, near enough for a town."""
    east = (one[1] - two[1]) * math.cos(math.radians((one[0] + two[0]) / 2))
    return 111.2 * math.hypot(one[0] - two[0], east)


def _other_ages(one: Listing, two: Listing) -> bool:
    lowest = max(one.minimum_age or 0, two.minimum_age or 0)
    highest = min(
        one.maximum_age if one.maximum_age is not None else 150, two.maximum_age if two.maximum_age is not None else 150
    )
    return lowest > highest


def _told_by(name: str) -> tuple[frozenset[str], ...]:
    words = _every_word(name)
    return (*(line & words for line in _TELLING), frozenset(each for each in words if _NUMBER.fullmatch(each)))


def _for_others(one: str, two: str) -> bool:
    """Both say a day, a group of people or a number in their name, and not the same."""
    return any(a and b and not a & b for a, b in zip(_told_by(one), _told_by(two), strict=True))


def _evidence(one: Listing, two: Listing) -> list[tuple[float, str]]:
    nearest = _km(one, two)
    here = bool(one.postcodes & two.postcodes) or (nearest is not None and nearest <= NEAR_KM)
    found = [
        (0.2, "the same organisation", _same_organisation(one, two)),
        (0.2, HERE, here),
        (0.15, "the same telephone number", _same(_digits(one.phone), _digits(two.phone))),
        (0.15, "the same web page", _same(_page(one.url), _page(two.url))),
        (0.15, "the same times", bool(one.times) and one.times == two.times),
        (0.15, "the same e-mail address", _same(one.email.casefold(), two.email.casefold())),
    ]
    return [(weight, words) for weight, words, holds in found if holds]


def _same_organisation(one: Listing, two: Listing) -> bool:
    """A listing without one is filed under its own name: that says nothing more than the name does."""
    if not one.organisation or not two.organisation:
        return False
    if fold(one.organisation) == fold(one.name) or fold(two.organisation) == fold(two.name):
        return False
    return _alike(_words(one.organisation), _words(two.organisation)) >= 0.75


def _same(one: str, two: str) -> bool:
    return bool(one) and one == two


def _digits(phone: str) -> str:
    digits = re.sub(r"[^0-9]", "", phone.partition("ext")[0])
    return digits[-10:] if len(digits) >= 10 else ""


def _page(url: str) -> str:
    """A page of a group's own; the front door of a site for everybody is no evidence."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.").removeprefix("m.")
    path = parts.path.strip("/").casefold()
    return "" if host in _SHARED_HOSTS and not path else f"{host}/{path}" if host else ""
