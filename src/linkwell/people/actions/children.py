"""Who is responsible for a child, who decides, and who may be contacted."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, phone
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.people.actions.common import leave_trail, locked_person
from linkwell.people.children import AdultDetails, OwnDecisionDetails, YoungDetails
from linkwell.people.deciding import DECISION_WORDS, Decision
from linkwell.people.models import (
    HowKnown,
    LookedAfter,
    MayContact,
    OwnDecision,
    Responsibility,
    ResponsibleAdult,
    YoungPerson,
)
from linkwell.people.permissions import CHILDREN_KEEP
from linkwell.people.queries.identity import linked_set

LONGEST = {"school": 160, "local_authority": 120, "name": 120, "relationship": 60, "judged_by_name": 120}
LONGEST_REASONS = 4000


@action(CHILDREN_KEEP)
def record_young_person(*, scope: Scope, person_id: UUID, expected_version: int, details: YoungDetails) -> int:
    """School and care as they stand; the version it became. Raises Invalid, and Conflict when someone was first."""
    problems = _too_long(asdict(details))
    if details.looked_after not in LookedAfter.values:
        problems["looked_after"] = "Choose an answer."
    if details.looked_after == LookedAfter.IN_CARE and not details.local_authority.strip():
        problems["local_authority"] = "Enter the council that looks after them."
    if problems:
        raise Invalid(problems)
    locked_person(scope, person_id)
    newest = YoungPerson.objects.filter(organisation_id=scope.organisation_id, person_id=person_id).order_by("-version")
    version = newest.values_list("version", flat=True).first() or 0
    if version != expected_version:
        raise Conflict
    row = YoungPerson.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        version=version + 1,
        recorded_by_id=scope.user_id,
        school=details.school.strip(),
        looked_after=details.looked_after,
        local_authority=details.local_authority.strip(),
    )
    fields = ("school", "looked_after", "local_authority")
    leave_trail(scope, "added", "young_person", row.pk, person_id, fields, "School and care recorded")
    return row.version


@action(CHILDREN_KEEP)
def add_responsible_adult(*, scope: Scope, person_id: UUID, details: AdultDetails) -> UUID:
    """A parent or another adult around a child. Raises Invalid."""
    clean = _clean_adult(details)
    locked_person(scope, person_id)
    row = ResponsibleAdult.objects.create(organisation_id=scope.organisation_id, person_id=person_id, **clean)
    leave_trail(scope, "added", "responsible_adult", row.pk, person_id, tuple(clean), "An adult around them recorded")
    return row.pk


@action(CHILDREN_KEEP)
def change_responsible_adult(
    *, scope: Scope, person_id: UUID, adult_id: UUID, expected_version: int, details: AdultDetails
) -> None:
    """Raises NotFound, Invalid, and Conflict when somebody changed it since."""
    clean = _clean_adult(details)
    row = _locked_adult(scope, person_id, adult_id)
    if row.version != expected_version:
        raise Conflict
    changed = tuple(name for name, value in clean.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, clean[name])
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    leave_trail(scope, "changed", "responsible_adult", row.pk, person_id, changed, "An adult around them changed")


@action(CHILDREN_KEEP)
def end_responsible_adult(*, scope: Scope, person_id: UUID, adult_id: UUID) -> None:
    """No longer around the child, or written down by mistake."""
    row = _locked_adult(scope, person_id, adult_id)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    leave_trail(scope, "ended", "responsible_adult", row.pk, person_id, ("ended_at",), "An adult around them removed")


def _locked_adult(scope: Scope, person_id: UUID, adult_id: UUID) -> ResponsibleAdult:
    locked_person(scope, person_id)
    row = ResponsibleAdult.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id), pk=adult_id, ended_at=None
    ).first()
    if row is None:
        raise NotFound("We could not find that adult.")
    return row


def _clean_adult(details: AdultDetails) -> dict[str, Any]:
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(details).items()}
    problems = _too_long(clean)
    for name, missing in (("name", "Enter their name."), ("relationship", "Say who they are to the child.")):
        if not clean[name]:
            problems[name] = missing
    for name, kind in (("responsibility", Responsibility), ("may_contact", MayContact)):
        if clean[name] not in kind.values:
            problems[name] = "Choose an answer."
    if clean["how_known"] not in ("", *HowKnown.values):
        problems["how_known"] = "Choose an answer."
    if clean["responsibility"] == Responsibility.YES and not clean["how_known"]:
        problems["how_known"] = "Say how we know that they have parental responsibility."
    problems |= _unreachable(clean)
    if problems:
        raise Invalid(problems)
    clean["phone"] = phone.parse(clean["phone"]).e164 if clean["phone"] else ""
    return clean


def _unreachable(clean: dict[str, Any]) -> dict[str, str]:
    problems = {}
    number_wrong = phone.problem(clean["phone"]) if clean["phone"] else None
    if number_wrong:
        problems["phone"] = number_wrong
    if clean["email"]:
        try:
            validate_email(clean["email"])
        except ValidationError:
            problems["email"] = "Enter an e-mail address, like name@example.com."
    if clean["safe_text"] and not clean["phone"]:
        problems["phone"] = "Enter the number that texts may go to."
    if clean["safe_email"] and not clean["email"]:
        problems["email"] = "Enter the address that e-mail may go to."
    return problems


def _too_long(given: dict[str, Any]) -> dict[str, str]:
    return {
        name: f"This can be up to {most} characters."
        for name, most in LONGEST.items()
        if isinstance(given.get(name), str) and len(given[name]) > most
    }


@action(CHILDREN_KEEP)
def record_own_decision(*, scope: Scope, person_id: UUID, details: OwnDecisionDetails) -> UUID:
    """Whether a young person decides one thing for themselves. Earlier judgements stay. Raises Invalid."""
    problems = _too_long(asdict(details))
    if details.decision not in set(Decision):
        problems["decision"] = "Choose what they decide."
    if not details.judged_by_name.strip():
        problems["judged_by_name"] = "Say who judged this."
    if details.judged_on > clock.today():
        problems["judged_on"] = "The day must be today or earlier."
    if not details.reasons.strip() or len(details.reasons) > LONGEST_REASONS:
        problems["reasons"] = f"Say why, in up to {LONGEST_REASONS:,} characters."
    if problems:
        raise Invalid(problems)
    locked_person(scope, person_id)
    row = OwnDecision.objects.create(
        organisation_id=scope.organisation_id, person_id=person_id, recorded_by_id=scope.user_id, **asdict(details)
    )
    words = DECISION_WORDS[Decision(details.decision)]
    said = f"{'They decide' if details.decides else 'They do not decide'} for themselves: {words}"
    leave_trail(scope, "added", "own_decision", row.pk, person_id, ("decision", "decides", "reasons"), said)
    return row.pk
