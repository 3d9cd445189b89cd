"""What is known of somebody that a group's rules ask about: only what was recorded, and nothing made out of it."""

import re
from collections.abc import Iterable
from uuid import UUID

from linkwell.casework import queries as casework
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory import queries as directory
from linkwell.directory.fitting import Fit, Known, fit
from linkwell.directory.models import RuleKind
from linkwell.directory.queries import ServiceRow
from linkwell.kernel import words
from linkwell.kernel.codes import LANGUAGES
from linkwell.kernel.errors import NotFound
from linkwell.onward.permissions import SEE_ONWARD
from linkwell.people import queries as people
from linkwell.people.details import RequirementRow
from linkwell.people.models import InterpreterKind

_GENDERS = {
    **dict.fromkeys(("woman", "women", "female", "girl", "f"), "women"),
    **dict.fromkeys(("man", "men", "male", "boy", "m"), "men"),
}
_LANGUAGE_CODES = {str(each.plain).casefold(): each.code for each in LANGUAGES}
_NO_STEPS = re.compile(
    r"step.?free|wheelchair|(?:no|without|cannot manage|can't manage) (?:steps|stairs)", re.IGNORECASE
)
# What somebody would like to change says this much about them.
_SAID_BY_NEEDS = {"bereaved": RuleKind.BEREAVED, "carer": RuleKind.CARER}


@query(SEE_ONWARD)
def known_about(scope: Scope, case_id: UUID, person_id: UUID) -> Known:
    """A restricted person's home is not among what is known, even here."""
    card = people.contact_card(scope, person_id)
    told = card.details
    access = people.access(scope, person_id).words
    needs = _needs(scope, case_id)
    speaks = _LANGUAGE_CODES.get((access.language or told.language).casefold(), "")
    return Known(
        age=words.age(told.date_of_birth) if told.date_of_birth else None,
        gender=_GENDERS.get(told.gender.strip().casefold(), ""),
        postcode="" if card.restricted else told.postcode,
        languages=(speaks,) if speaks else (),
        practice=told.gp_practice_code,
        interpreted=access.language if access.interpreter == InterpreterKind.SPOKEN else "",
        step_free=_needs_no_steps(people.requirements(scope, person_id)),
        facts={kind: True for code, kind in _SAID_BY_NEEDS.items() if code in needs},
    )


@query(SEE_ONWARD)
def fits_of(scope: Scope, known: Known, rows: Iterable[ServiceRow]) -> dict[UUID, Fit]:
    """How each of these services fits: one statement, however many."""
    listed = list(rows)
    offered = directory.offered(scope, listed)
    return {row.id: fit(known, offered[row.id]) for row in listed}


def _needs(scope: Scope, case_id: UUID) -> set[str]:
    try:
        return {need.code for need in casework.plan(scope, case_id).needs}
    except NotFound:
        return set()


def _needs_no_steps(requirements: Iterable[RequirementRow]) -> bool:
    return any(each.kind == "access" and _NO_STEPS.search(each.detail) for each in requirements)
