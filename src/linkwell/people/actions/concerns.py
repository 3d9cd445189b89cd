"""A safeguarding concern from raising to closing. Its words go nowhere but here."""

from datetime import date, timedelta
from uuid import UUID

from linkwell.accounts.queries import my_team, teams_taking_referrals
from linkwell.core import audit, states, submissions
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.core.timeline import Line, Seen
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.people.access import RAISE_WITHOUT_THEIR_WORDS
from linkwell.people.actions.access import refuse_relative_interpreting
from linkwell.people.actions.common import locked_person
from linkwell.people.details import ConcernDetails
from linkwell.people.models import Concern, ConcernEntry
from linkwell.people.permissions import CONCERN_HANDLE, CONCERN_RAISE

LONGEST = 10_000


@action(CONCERN_RAISE)
def raise_concern(*, scope: Scope, person_id: UUID, concern: ConcernDetails) -> UUID:
    """Put a concern in the safeguarding lead's queue at once. Raises NotFound, Invalid.

    Nothing that is missing stops it, except what happened: a concern half said is better than one unsaid.
    """
    if not concern.what_happened.strip():
        raise Invalid({"what_happened": "Say what you saw, heard or are worried about."})
    texts = (
        concern.what_happened,
        concern.their_words,
        concern.wants,
        concern.capacity,
        concern.reason_without_agreement,
    )
    if any(len(text) > LONGEST for text in texts):
        raise Invalid({"what_happened": f"Each answer can be up to {LONGEST:,} characters."})
    _refuse_words_through_a_relative(scope, person_id, concern)
    person = locked_person(scope, person_id)
    row = Concern(
        organisation_id=scope.organisation_id,
        person=person,
        state="raised",
        about=(concern.about.strip() or "The person")[:120],
        what_happened=concern.what_happened.strip(),
        their_words=concern.their_words.strip(),
        danger_now=concern.danger_now,
        wants=concern.wants.strip(),
        capacity=concern.capacity.strip(),
        agreed_to_share=concern.agreed_to_share,
        reason_without_agreement=concern.reason_without_agreement.strip(),
        raised_by_kind=scope.actor_kind.value,
        raised_by_id=scope.actor_id,
        raised_by_name=(concern.raised_by_name.strip() or scope.actor_name or "Somebody")[:120],
        lead_id=_lead(scope),
        next_date=clock.today() if concern.danger_now else clock.today() + timedelta(days=1),
    )
    # The trail names the concern and not the person: "who has looked" must not hint at it.
    states.begin(scope=scope, row=row, line=_line(person_id, "A safeguarding concern was raised"))
    return row.pk


def _lead(scope: Scope) -> UUID | None:
    """The safeguarding lead of the team, else of any team of the organisation, else whoever is on duty."""
    team = my_team(scope)
    teams = ([team] if team else []) + [
        each for each in teams_taking_referrals() if each.organisation_id == scope.organisation_id
    ]
    named = [each.safeguarding_user_id for each in teams] + [each.duty_user_id for each in teams]
    return next((user_id for user_id in named if user_id is not None), None)


def _line(person_id: UUID, summary: str) -> Line:
    return Line(person_id, "safeguarding", summary, seen_by=Seen.SAFEGUARDING)


@action(CONCERN_HANDLE)
def take_concern(*, scope: Scope, concern_id: UUID, expected_version: int, next_date: date) -> None:
    """The safeguarding lead has it: from now on it is with them. Also reopens a closed one."""
    row = states.lock(Concern, concern_id, expected_version=expected_version)
    row.lead_id = scope.user_id or row.lead_id
    row.lead_told_at = row.lead_told_at or clock.now()
    _move(scope, row, "lead_told", next_date, ("lead", "lead_told_at"), "With the safeguarding lead")


@action(CONCERN_HANDLE)
def refer_concern(
    *,
    scope: Scope,
    concern_id: UUID,
    expected_version: int,
    decision: str,
    referred_to: str,
    reference: str,
    next_date: date,
) -> None:
    """Referred to the council or police, with their reference if there is one, and when to chase. Raises Invalid."""
    if not referred_to.strip() or len(referred_to) > 120:
        raise Invalid({"referred_to": "Say who it was referred to, in up to 120 characters."})
    row = _decided(concern_id, expected_version, decision)
    row.referred_to, row.referral_reference = referred_to.strip(), reference.strip()[:60]
    fields = ("decision", "referred_to", "referral_reference")
    _move(scope, row, "referred", next_date, fields, "A safeguarding referral was made")


@action(CONCERN_HANDLE)
def watch_concern(*, scope: Scope, concern_id: UUID, expected_version: int, decision: str, next_date: date) -> None:
    """No referral; somebody looks again on the next date. Raises Invalid without the decision in words."""
    row = _decided(concern_id, expected_version, decision)
    _move(scope, row, "watching", next_date, ("decision",), "No safeguarding referral, watching")


@action(CONCERN_HANDLE)
def record_feedback(*, scope: Scope, concern_id: UUID, expected_version: int, text: str, next_date: date) -> None:
    """They answered. Raises Invalid without what they said."""
    row = states.lock(Concern, concern_id, expected_version=expected_version)
    _entry(scope, row, text)
    _move(scope, row, "feedback", next_date, (), "Heard back about a safeguarding referral")


@action(CONCERN_HANDLE)
def close_concern(*, scope: Scope, concern_id: UUID, expected_version: int, outcome: str) -> None:
    """Closed with its outcome in words, without which it stays in the queue."""
    if not outcome.strip():
        raise Invalid({"outcome": "Say how this ended."})
    row = states.lock(Concern, concern_id, expected_version=expected_version)
    row.outcome = outcome.strip()
    _move(scope, row, "closed", row.next_date, ("outcome",), "A safeguarding concern was closed")


@action(CONCERN_HANDLE)
def note_on_concern(*, scope: Scope, concern_id: UUID, expected_version: int, text: str, next_date: date) -> None:
    """One thing done (a call, a chase), and when to look again. The state stays."""
    row = states.lock(Concern, concern_id, expected_version=expected_version)
    _check_next(next_date)
    _entry(scope, row, text)
    row.next_date = next_date
    row.version += 1
    row.save(update_fields=["next_date", "version"])
    audit.record(scope, "noted", "concern", row.pk, fields=("entries", "next_date"))


def _decided(concern_id: UUID, expected_version: int, decision: str) -> Concern:
    if not decision.strip():
        raise Invalid({"decision": "Say what was decided, and why."})
    row = states.lock(Concern, concern_id, expected_version=expected_version)
    row.decision = decision.strip()
    return row


def _entry(scope: Scope, row: Concern, text: str) -> None:
    if not text.strip() or len(text) > LONGEST:
        raise Invalid({"text": f"Say what happened, in up to {LONGEST:,} characters."})
    ConcernEntry.objects.create(
        organisation_id=scope.organisation_id, concern=row, text=text.strip(), recorded_by_id=scope.user_id
    )


def _check_next(next_date: date) -> None:
    if not clock.today() <= next_date <= clock.today() + timedelta(days=366):
        raise Invalid({"next_date": "Choose a day from today, within a year."})


def _move(scope: Scope, row: Concern, to: str, next_date: date, fields: tuple[str, ...], summary: str) -> None:
    if to != "closed":
        _check_next(next_date)
    row.next_date = next_date
    states.move(scope=scope, row=row, to=to, fields=(*fields, "next_date"), line=_line(row.person_id, summary))


@submissions.second_sending_finds_the_first
def _refuse_words_through_a_relative(scope: Scope, person_id: UUID, concern: ConcernDetails) -> None:
    """What a relative interpreted is not what the person said; what somebody saw or heard is always taken."""
    said = concern.their_words.strip() or concern.wants.strip() or concern.agreed_to_share is not None
    # A group that writes from its link is never turned away.
    if not said or scope.user_id is None:
        return
    try:
        refuse_relative_interpreting(scope, person_id, concern.interpreted_by)
    except Invalid:
        raise Invalid({"interpreted_by": RAISE_WITHOUT_THEIR_WORDS}) from None


@action(CONCERN_RAISE)
def raise_concern_once(*, scope: Scope, submission_key: UUID, person_id: UUID, concern: ConcernDetails) -> UUID:
    """The same, for a form: sent twice it makes one concern."""
    earlier = submissions.earlier(scope, submission_key)
    if earlier is not None:
        audit.record(scope, "asked_again", "concern", earlier)
        return earlier
    return submissions.remember(scope, submission_key, raise_concern(scope=scope, person_id=person_id, concern=concern))
