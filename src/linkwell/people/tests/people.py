"""People for the tests of this app and of messages. All are made up."""

from datetime import date
from typing import Any
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.people import actions
from linkwell.people.details import PersonDetails, SafeAnswers

BORN = date(1951, 3, 27)
DOT = PersonDetails(
    given_name="Dorothy",
    family_name="Baker",
    preferred_name="Dot",
    date_of_birth=BORN,
    nhs_number="9434765919",
    address="3 Mill Lane\nWexcombe",
    postcode="BS1 4DJ",
    gp_practice_name="Mill Lane Surgery",
)


def add(scope: Scope, given: str = "Dorothy", family: str = "Baker", **more: Any) -> UUID:
    return actions.add_person(scope=scope, details=PersonDetails(given_name=given, family_name=family, **more))


def dot(scope: Scope) -> UUID:
    return actions.add_person(scope=scope, details=DOT)


def safe_by_themselves(**answers: bool) -> SafeAnswers:
    """What the person said, asked alone."""
    said: dict[str, Any] = dict(answers)
    return SafeAnswers(**said, asked_alone=True, told_by="person")


def say(scope: Scope, person_id: UUID, **answers: bool) -> None:
    actions.record_safe_contact(scope=scope, person_id=person_id, answers=safe_by_themselves(**answers))
