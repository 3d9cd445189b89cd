"""How somebody understands and is understood, and who interpreted for them."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.people.access import (
    AGREED_THROUGH_A_RELATIVE,
    ASK_WITH_AN_INTERPRETER,
    AccessWords,
    needs_of,
)
from linkwell.people.actions.common import conflict_over, leave_trail, locked_person
from linkwell.people.models import (
    AccessNeeds,
    Agreement,
    AgreementAnswer,
    AgreementHow,
    Interpreted,
    InterpretedBy,
    InterpreterGender,
    InterpreterKind,
    ReadingFormat,
    Requirement,
    RequirementKind,
    SignLanguage,
)
from linkwell.people.permissions import PERSON_CHANGE
from linkwell.people.queries.access import interpreted_on, needs_interpreter, words_of
from linkwell.people.queries.identity import linked_set

LONGEST = {"language": 60, "dialect": 60, "information": 200, "adjustments": 300}


@action(PERSON_CHANGE)
def record_access(*, scope: Scope, person_id: UUID, expected_version: int, access: AccessWords) -> int:
    """A new version of how somebody understands and is understood; the version it became (0 expects the first).

    The needs that everyone sees are brought into step: those of the version before go, those of this one come, and
    an interpreter is asked for in one way only. Raises Conflict when somebody recorded another version, and Invalid.
    """
    given = _checked(access)
    locked_person(scope, person_id)
    records = linked_set(scope, person_id)
    versions = AccessNeeds.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    before = versions.filter(person_id=person_id).order_by("-version").first()
    if (before.version if before else 0) != expected_version:
        raise conflict_over(scope, "access", before.pk) if before else conflict_over(scope, "person", person_id)
    newest = versions.order_by("-created_at").first()
    row = AccessNeeds.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        version=expected_version + 1,
        recorded_by_id=scope.user_id,
        **asdict(given),
    )
    _bring_into_step(scope, person_id, records, words_of(newest) if newest else AccessWords(), given)
    leave_trail(
        scope, "added", "access", row.pk, person_id, tuple(asdict(given)), "Language, interpreter and formats asked"
    )
    return row.version


def _bring_into_step(
    scope: Scope, person_id: UUID, records: tuple[UUID, ...], before: AccessWords, now: AccessWords
) -> None:
    standing = Requirement.objects.filter(organisation_id=scope.organisation_id, person_id__in=records, ended_at=None)
    standing.filter(kind=RequirementKind.INTERPRETER).update(ended_at=clock.now())
    for kind, words in needs_of(before):
        standing.filter(kind=kind, detail=words).update(ended_at=clock.now())
    for kind, words in needs_of(now):
        if not standing.filter(kind=kind, detail__iexact=words).exists():
            row = Requirement.objects.create(
                organisation_id=scope.organisation_id, person_id=person_id, kind=kind, detail=words
            )
            leave_trail(scope, "added", "requirement", row.pk, person_id, ("detail",), f"They need: {words}")


def _checked(access: AccessWords) -> AccessWords:
    given = AccessWords(**{name: " ".join(value.replace("\x00", "").split()) for name, value in asdict(access).items()})
    problems = {
        name: f"This can be up to {most} characters."
        for name, most in LONGEST.items()
        if len(getattr(given, name)) > most
    }
    if given.interpreter not in InterpreterKind.values:
        problems["interpreter"] = "Choose whether they need an interpreter."
    if given.interpreter_gender not in InterpreterGender.values:
        problems["interpreter_gender"] = "Choose whether it matters who interprets."
    if given.reading not in ReadingFormat.values:
        problems["reading"] = "Choose how they like to read."
    if given.sign_language and given.sign_language not in SignLanguage.values:
        problems["sign_language"] = "Choose which sign language."
    if given.interpreter == InterpreterKind.SPOKEN and not given.language:
        problems["language"] = "Say which language the interpreter speaks."
    if given.interpreter == InterpreterKind.SIGN and not given.sign_language:
        problems["sign_language"] = "Choose which sign language."
    if given.interpreter == InterpreterKind.OTHER and not given.information:
        problems["information"] = "Say what helps them to communicate."
    if problems:
        raise Invalid(problems)
    return given


@action(PERSON_CHANGE)
def record_interpreted(
    *, scope: Scope, person_id: UUID, interaction_id: UUID, happened_at: datetime, by: str, name: str = ""
) -> UUID:
    """Who interpreted in a conversation just written up. Raises Invalid for a relative where an agreement was noted."""
    if by not in InterpretedBy.values:
        raise Invalid({"interpreted_by": "Choose who interpreted."})
    if by == InterpretedBy.RELATIVE and _agreed_in(scope, person_id, happened_at):
        raise Invalid({"interpreted_by": AGREED_THROUGH_A_RELATIVE})
    row = Interpreted.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        interaction_id=interaction_id,
        happened_at=happened_at,
        by=by,
        name=name.strip()[:120],
        recorded_by_id=scope.user_id,
    )
    audit.record(scope, "added", "interpreted", row.pk, person_id=person_id, fields=("by",))
    return row.pk


def _agreed_in(scope: Scope, person_id: UUID, happened_at: datetime) -> bool:
    """Whether a spoken agreement noted on the day of the conversation stands, and nobody else interpreted that day."""
    records, day = linked_set(scope, person_id), clock.london(happened_at).date()
    if any(row.by != InterpretedBy.RELATIVE for row in interpreted_on(scope, person_id, day)):
        return False
    newest = (
        Agreement.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
        .order_by("subject", "object_id", "-created_at", "-id")
        .distinct("subject", "object_id")
    )
    return any(
        row.answer == AgreementAnswer.AGREED
        and row.how == AgreementHow.SPOKEN
        and clock.london(row.created_at).date() == day
        for row in newest
    )


def refuse_relative_interpreting(scope: Scope, person_id: UUID, interpreted_by: str = "") -> None:
    """Called where somebody agrees aloud: Invalid when a relative interpreted, said now or of today's conversation."""
    if interpreted_by and interpreted_by not in InterpretedBy.values:
        raise Invalid({"interpreted_by": "Choose who interpreted."})
    if interpreted_by == InterpretedBy.RELATIVE:
        raise Invalid({"interpreted_by": ASK_WITH_AN_INTERPRETER})
    if interpreted_by or not needs_interpreter(scope, person_id):
        return
    today = interpreted_on(scope, person_id, clock.today())
    if today and all(row.by == InterpretedBy.RELATIVE for row in today):
        raise Invalid({"interpreted_by": ASK_WITH_AN_INTERPRETER})
