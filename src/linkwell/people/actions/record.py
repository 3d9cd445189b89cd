"""About me, agreements and risks, as the person told them."""

from dataclasses import asdict
from uuid import UUID

from linkwell.core import outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.kernel.words import sentence
from linkwell.people.actions.access import refuse_relative_interpreting
from linkwell.people.actions.agreeing import OF_SUBJECT, check_may_agree
from linkwell.people.actions.common import conflict_over, leave_trail, locked_person
from linkwell.people.deciding import THE_PERSON, AgreedBy
from linkwell.people.details import AboutMeWords
from linkwell.people.models import AboutMe, Agreement, AgreementAnswer, AgreementHow, AgreementSubject, Risk
from linkwell.people.permissions import PERSON_CHANGE
from linkwell.people.queries.identity import linked_set

LONGEST_WORDS = 4000


@action(PERSON_CHANGE)
def record_about_me(*, scope: Scope, person_id: UUID, expected_version: int, about: AboutMeWords) -> int:
    """A new version of somebody's own words; the version it became. `expected_version` is 0 for the first.

    Raises Conflict when someone recorded another version since, Invalid when something is too long.
    """
    problems = {
        name: f"This can be up to {LONGEST_WORDS:,} characters."
        for name, value in asdict(about).items()
        if len(value) > (120 if name == "supported_by" else LONGEST_WORDS)
    }
    if problems:
        raise Invalid(problems)
    locked_person(scope, person_id)
    newest = (
        AboutMe.objects.filter(organisation_id=scope.organisation_id, person_id=person_id).order_by("-version").first()
    )
    version = newest.version if newest else 0
    if version != expected_version:
        raise conflict_over(scope, "about_me", newest.pk) if newest else conflict_over(scope, "person", person_id)
    row = AboutMe.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        version=version + 1,
        recorded_by_id=scope.user_id,
        **{name: value.replace("\x00", "").strip() for name, value in asdict(about).items()},
    )
    fields = tuple(name for name, value in asdict(about).items() if value.strip())
    leave_trail(scope, "added", "about_me", row.pk, person_id, fields, "About me, in their own words")
    return row.version


@action(PERSON_CHANGE)
def record_agreement(
    *,
    scope: Scope,
    person_id: UUID,
    subject: str,
    answer: str,
    how: str,
    asked_alone: bool = False,
    note: str = "",
    object_id: UUID | None = None,
    agreed_by: AgreedBy = THE_PERSON,
    interpreted_by: str = "",
) -> UUID:
    """What the person agreed or objected to. Older answers stay; the newest counts.

    `agreed_by` is whoever said yes where that was not the person: without the authority it does not count (a no
    always does). `interpreted_by` is an `InterpretedBy` value: a yes through a relative is not taken. A withdrawal
    ends future sharing and does not erase the record. Emits "agreement.<answer>" so that whatever is under way for
    this subject stops. Raises Invalid.
    """
    problems = {}
    if subject not in AgreementSubject.values:
        problems["subject"] = "Choose what this is about."
    if answer not in AgreementAnswer.values:
        problems["answer"] = "Choose their answer."
    if how not in AgreementHow.values:
        problems["how"] = "Choose how they said it."
    if len(note) > 300:
        problems["note"] = "This can be up to 300 characters."
    if problems:
        raise Invalid(problems)
    locked_person(scope, person_id)
    if answer == AgreementAnswer.AGREED and how == AgreementHow.SPOKEN:
        refuse_relative_interpreting(scope, person_id, interpreted_by)
    if answer == AgreementAnswer.AGREED:
        check_may_agree(scope, person_id, OF_SUBJECT[subject], agreed_by)
    row = Agreement.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        subject=subject,
        object_id=object_id,
        answer=answer,
        how=how,
        asked_alone=asked_alone,
        agreed_by=agreed_by.by.value,
        agreed_by_id=agreed_by.id,
        note=note.strip(),
        recorded_by_id=scope.user_id,
    )
    summary = f"{sentence(AgreementAnswer(answer).label)}: {AgreementSubject(subject).label}"
    leave_trail(scope, "added", "agreement", row.pk, person_id, (subject, answer), summary)
    outbox.emit(scope, f"agreement.{answer}", object_id=row.pk)
    return row.pk


@action(PERSON_CHANGE)
def record_risk(*, scope: Scope, person_id: UUID, none_known: bool, detail: str = "") -> UUID:
    """A risk, or the explicit statement that none is known. Raises Invalid when the two do not go together.

    "None known" cannot be said over a risk that stands: end that first.
    """
    detail = detail.strip()
    if none_known == bool(detail):
        raise Invalid({"detail": "Describe the risk, or say that no risk is known."})
    locked_person(scope, person_id)
    standing = Risk.objects.filter(organisation_id=scope.organisation_id, person_id=person_id, ended_at=None)
    if none_known and standing.filter(none_known=False).exists():
        raise Invalid({"none_known": "A risk is recorded. Say that it has ended first."})
    standing.filter(none_known=True).update(ended_at=clock.now())
    row = Risk.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        none_known=none_known,
        detail=detail,
        recorded_by_id=scope.user_id,
    )
    summary = "Asked about risks: none known" if none_known else "A risk was recorded"
    leave_trail(scope, "added", "risk", row.pk, person_id, ("none_known" if none_known else "detail",), summary)
    return row.pk


@action(PERSON_CHANGE)
def end_risk(*, scope: Scope, person_id: UUID, risk_id: UUID) -> None:
    """The risk is no longer there."""
    locked_person(scope, person_id)
    Risk.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id), pk=risk_id, ended_at=None
    ).update(ended_at=clock.now())
    leave_trail(scope, "ended", "risk", risk_id, person_id, ("ended_at",), "A risk has ended")
