"""Unusual opening of records: what is compared, and where the facts about people come from.

Accounts stands below the app that holds people, so that app says how its people can be looked up:

    @describes_people
    def facts(scope: Scope, ids: Collection[UUID]) -> dict[UUID, PersonFacts]: ...
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.scope import Scope


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """`postcode` as it is written ("BS1 4DJ"); `emails` in small letters."""

    name: str
    postcode: str
    emails: frozenset[str]


Describe = Callable[[Scope, Collection[UUID]], dict[UUID, PersonFacts]]

REASON_WORDS = {
    "neighbour": "A neighbour’s record",
    "colleague": "A colleague’s record",
    "many": "Very many records in an hour",
}

_describe: list[Describe] = []


def describes_people(function: Describe) -> Describe:
    """Register the one function that tells the facts; it runs inside the caller's scoped transaction."""
    _describe[:] = [function]
    return function


def facts_of(scope: Scope, ids: Collection[UUID]) -> dict[UUID, PersonFacts]:
    return _describe[0](scope, ids) if _describe and ids else {}


def reason_to_look(person: PersonFacts, *, home_postcode: str, colleague_emails: frozenset[str]) -> str:
    """Why opening this record is unusual for this worker: "neighbour", "colleague" or ""."""
    if home_postcode and person.postcode == home_postcode:
        return "neighbour"
    if person.emails & colleague_emails:
        return "colleague"
    return ""
