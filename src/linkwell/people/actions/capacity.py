"""Whether somebody can decide one thing, who acts for them, and decisions in their best interests."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, phone
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound
from linkwell.people.actions.common import leave_trail, locked_person
from linkwell.people.capacity import ActsForDetails, BestInterestsDetails, CapacityDetails
from linkwell.people.deciding import ACTS_AS_WORDS, DECISION_WORDS, ActsAs, Age, Decision
from linkwell.people.models import ActsFor, BestInterests, CapacityAssessment
from linkwell.people.permissions import CAPACITY_KEEP
from linkwell.people.queries.agreeing import newest_assessment
from linkwell.people.queries.children import age_band_of
from linkwell.people.queries.identity import linked_set

LONGEST_WORDS = 4000
LONGEST_NAME = 120
LONGEST_LINE = 300
UNDER_16 = "They are under 16. Record whether they decide this for themselves on the page about who is responsible."


@action(CAPACITY_KEEP)
def record_capacity(*, scope: Scope, person_id: UUID, details: CapacityDetails) -> UUID:
    """One judgement about one decision. Earlier ones stay; the newest counts. Raises Invalid."""
    problems = _decision_and_day(details.decision, details.assessed_on, "assessed_on")
    problems |= _missing(details.in_words, "in_words", "Say what there is to decide", LONGEST_LINE)
    problems |= _missing(details.assessed_by_name, "assessed_by_name", "Say who judged this", LONGEST_NAME)
    problems |= _missing(details.help_given, "help_given", "Say what was done to help them decide")
    problems |= _missing(details.reasons, "reasons", "Say why")
    if problems:
        raise Invalid(problems)
    locked_person(scope, person_id)
    if age_band_of(scope, linked_set(scope, person_id)) is Age.CHILD:
        raise Invalid({"": UNDER_16})
    row = CapacityAssessment.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        recorded_by_id=scope.user_id,
        can_decide=details.can_decide,
        **asdict(details),
    )
    able = "They can decide" if details.can_decide else "They cannot decide"
    words = DECISION_WORDS[Decision(details.decision)]
    fields = ("decision", "can_decide", "reasons")
    leave_trail(scope, "added", "capacity_assessment", row.pk, person_id, fields, f"{able} for now: {words}")
    return row.pk


@action(CAPACITY_KEEP)
def add_acts_for(*, scope: Scope, person_id: UUID, details: ActsForDetails) -> UUID:
    """An attorney, deputy or advocate, and whether the document was seen. Raises Invalid."""
    problems = _missing(details.name, "name", "Enter their name", LONGEST_NAME)
    if details.kind not in set(ActsAs):
        problems["kind"] = "Choose in what way they act."
    if len(details.note) > LONGEST_LINE:
        problems["note"] = f"This can be up to {LONGEST_LINE} characters."
    number_wrong = phone.problem(details.phone) if details.phone.strip() else None
    if number_wrong:
        problems["phone"] = number_wrong
    if details.document_seen_on is not None and details.document_seen_on > clock.today():
        problems["document_seen_on"] = "The day must be today or earlier."
    if problems:
        raise Invalid(problems)
    locked_person(scope, person_id)
    row = ActsFor.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        kind=details.kind,
        name=details.name.strip(),
        phone=phone.parse(details.phone).e164 if details.phone.strip() else "",
        document_seen_on=details.document_seen_on,
        document_seen_by_id=_user(scope) if details.document_seen_on else None,
        note=details.note.strip(),
    )
    words = f"Somebody acts for them: {ACTS_AS_WORDS[ActsAs(details.kind)]}"
    leave_trail(scope, "added", "acts_for", row.pk, person_id, ("kind", "document_seen_on"), words)
    return row.pk


@action(CAPACITY_KEEP)
def say_document_seen(*, scope: Scope, person_id: UUID, acts_for_id: UUID) -> None:
    """The document that gives them this authority was seen today. Raises NotFound."""
    row = _acts_for(scope, person_id, acts_for_id)
    row.document_seen_on, row.document_seen_by_id = clock.today(), _user(scope)
    row.save(update_fields=["document_seen_on", "document_seen_by"])
    leave_trail(scope, "changed", "acts_for", row.pk, person_id, ("document_seen_on",), "Their document was seen")


@action(CAPACITY_KEEP)
def end_acts_for(*, scope: Scope, person_id: UUID, acts_for_id: UUID) -> None:
    """They no longer act for the person. What they agreed before stands. Raises NotFound."""
    row = _acts_for(scope, person_id, acts_for_id)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    leave_trail(scope, "ended", "acts_for", row.pk, person_id, ("ended_at",), "Somebody no longer acts for them")


def _acts_for(scope: Scope, person_id: UUID, acts_for_id: UUID) -> ActsFor:
    locked_person(scope, person_id)
    row = ActsFor.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id), pk=acts_for_id, ended_at=None
    ).first()
    if row is None:
        raise NotFound("We could not find that person.")
    return row


@action(CAPACITY_KEEP)
def record_best_interests(*, scope: Scope, person_id: UUID, details: BestInterestsDetails) -> UUID:
    """A decision for somebody judged unable to take it. Raises Invalid, also where nobody judged that."""
    problems = _decision_and_day(details.decision, details.decided_on, "decided_on")
    problems |= _missing(details.decided_by_name, "decided_by_name", "Say who decided", LONGEST_NAME)
    problems |= _missing(details.what_was_decided, "what_was_decided", "Say what was decided, and why")
    problems |= _missing(details.their_wishes, "their_wishes", "Say what they wish or would have wished")
    problems |= _missing(details.consulted, "consulted", "Say who was asked, or why nobody could be")
    if problems:
        raise Invalid(problems)
    locked_person(scope, person_id)
    newest = newest_assessment(scope, linked_set(scope, person_id), Decision(details.decision))
    if newest is None or newest.can_decide:
        raise Invalid({"decision": "Nobody has judged that they cannot decide this. Record that first, or ask them."})
    row = BestInterests.objects.create(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        assessment=newest,
        recorded_by_id=scope.user_id,
        **asdict(details),
    )
    words = f"Decided in their best interests: {DECISION_WORDS[Decision(details.decision)]}"
    leave_trail(scope, "added", "best_interests", row.pk, person_id, ("decision", "agreed", "consulted"), words)
    return row.pk


@action(CAPACITY_KEEP)
def end_best_interests(*, scope: Scope, person_id: UUID, best_interests_id: UUID) -> None:
    """It does not hold any more. Raises NotFound."""
    locked_person(scope, person_id)
    row = BestInterests.objects.filter(
        organisation_id=scope.organisation_id,
        person_id__in=linked_set(scope, person_id),
        pk=best_interests_id,
        ended_at=None,
    ).first()
    if row is None:
        raise NotFound("We could not find that decision.")
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    leave_trail(scope, "ended", "best_interests", row.pk, person_id, ("ended_at",), "A best-interests decision ended")


def _decision_and_day(decision: str, day: date, field: str) -> dict[str, str]:
    problems = {}
    if decision not in set(Decision):
        problems["decision"] = "Choose what there is to decide."
    if day > clock.today():
        problems[field] = "The day must be today or earlier."
    return problems


def _missing(text: str, field: str, words: str, longest: int = LONGEST_WORDS) -> dict[str, str]:
    return {} if text.strip() and len(text) <= longest else {field: f"{words}, in up to {longest:,} characters."}


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed("Only a person can say that.")
    return scope.user_id
