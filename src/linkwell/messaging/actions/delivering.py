"""Delivery in two steps, so that a kill at any moment never sends twice.

"sending" is committed before the provider is called. Whoever finds a message in "sending" afterwards cannot know
whether it went, and says so: it becomes "unknown" and waits for a person.
"""

from datetime import timedelta
from uuid import UUID

from linkwell.core import audit, outbox, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.messaging import along, gate, templates_out
from linkwell.messaging.actions.sending import decide_for, facts_about, to_a_parent
from linkwell.messaging.models import Audience, Channel, Message
from linkwell.messaging.outgoing import File, Outcome, Outgoing, Result, missing
from linkwell.messaging.permissions import DELIVER
from linkwell.people import queries as people
from linkwell.people.actions import doubt_contact
from linkwell.people.details import SafeAnswers

FIRST_WAIT = timedelta(minutes=1)
MOST_ATTEMPTS = 6
CHECK_AFTER = timedelta(minutes=30)
NO_ANSWER = "We got no answer, so we do not know if it arrived."


@action(DELIVER)
def begin_sending(*, scope: Scope, message_id: UUID) -> Outgoing | None:
    """Take a queued message: what to hand over, or None when there is nothing to do now.

    The gate decides again with what is known at this moment; a way not set up holds the message with the reason.
    """
    row = states.lock(Message, message_id)
    if row.state == "sending":
        _unknown(scope, row)
        return None
    if row.state != "queued":
        audit.record(scope, "passed_over", "message", row.pk, person_id=row.person_id)
        return None
    stopped = _stopped_by_gate(scope, row) or missing(row.channel)
    if stopped:
        hold(scope, row, stopped)
        return None
    row.attempts += 1
    row.sent_at, row.try_again_at, row.held_reason = clock.now(), None, ""
    fields = ("attempts", "sent_at", "try_again_at", "held_reason")
    states.move(scope=scope, row=row, to="sending", fields=fields, person_id=row.person_id)
    file = _goes_along(scope, row)
    return Outgoing(row.pk, row.version, row.channel, row.address, row.subject, row.body, row.attempts, file)


def _goes_along(scope: Scope, row: Message) -> File | None:
    """Only with a time, and only by e-mail."""
    words = templates_out.template(row.template)
    if row.channel != Channel.EMAIL or words.act != gate.Act.APPOINTMENT:
        return None
    return along.file_with(scope, row.about_kind, row.about_id, words.language)


def _stopped_by_gate(scope: Scope, row: Message) -> str:
    # A self-referral has no record yet; what they ticked was decided on when the message was asked for.
    if row.audience not in (Audience.PERSON, Audience.PARENT):
        return _no_longer_to_others(scope, row)
    if row.person_id is None:
        return ""
    if row.audience == Audience.PARENT:
        return _no_longer_to_a_parent(scope, row)
    if not row.address or people.address_for(scope, row.person_id, row.channel) != row.address:
        return "Their number or address has changed since. Tell them in another way."
    act = gate.Act(templates_out.template(row.template).act)
    decision = decide_for(
        scope, act=act, channel=Channel(row.channel), person_id=row.person_id, address=row.address, answers=None
    )
    return decision.reason


def _no_longer_to_others(scope: Scope, row: Message) -> str:
    """Between asking and sending somebody may have died, or taken back what they agreed to."""
    facts = facts_about(scope, row.about_kind, row.about_id, row.template)
    act = gate.Act(templates_out.template(row.template).act)
    decision = gate.decide(SafeAnswers(), to=gate.To(row.audience), way=gate.Way(row.channel), act=act, facts=facts)
    return decision.reason


def _no_longer_to_a_parent(scope: Scope, row: Message) -> str:
    act = gate.Act(templates_out.template(row.template).act)
    try:
        return to_a_parent(scope, act, row.person_id, address=row.address).held_reason
    except NotFound:
        return "Their number or address has changed since. Tell them in another way."


def hold(scope: Scope, row: Message, reason: str) -> None:
    row.held_reason = reason[:200]
    row.try_again_at = None
    states.move(scope=scope, row=row, to="held", fields=("held_reason", "try_again_at"), person_id=row.person_id)


def _unknown(scope: Scope, row: Message) -> None:
    row.held_reason = NO_ANSWER
    states.move(scope=scope, row=row, to="unknown", fields=("held_reason",), person_id=row.person_id)


@action(DELIVER)
def end_sending(*, scope: Scope, message_id: UUID, version: int, result: Result) -> None:
    """Note what the provider said. `version` is that of the sending it belongs to.

    A sender that was so slow that its message was already called unknown may still bring the good news, and
    nothing else: whatever was decided in between stands.
    """
    row = states.lock(Message, message_id)
    mine = row.state == "sending" and row.version == version
    if result.outcome is Outcome.TAKEN and (mine or row.state == "unknown"):
        row.provider_reference, row.sent_at, row.held_reason = result.reference, clock.now(), ""
        fields = ("provider_reference", "sent_at", "held_reason")
        states.move(scope=scope, row=row, to="sent", fields=fields, person_id=row.person_id)
        if row.channel != Channel.EMAIL:
            outbox.emit(scope, "message.check", object_id=row.pk, after=clock.now() + CHECK_AFTER)
    elif not mine:
        audit.record(scope, "passed_over", "message", row.pk, person_id=row.person_id)
    elif result.outcome is Outcome.LATER and row.attempts < MOST_ATTEMPTS:
        row.held_reason = result.reason
        row.try_again_at = clock.now() + FIRST_WAIT * 4 ** (row.attempts - 1)
        states.move(scope=scope, row=row, to="held", fields=("held_reason", "try_again_at"), person_id=row.person_id)
    elif result.outcome is Outcome.UNKNOWN:
        _unknown(scope, row)
    else:
        hold(scope, row, result.reason)


@action(DELIVER)
def note_bounce(*, scope: Scope, message_id: UUID, for_good: bool = False) -> bool:
    """It was taken and could not be delivered: somebody has to find another way. False while it is still going.

    `for_good`: the number or address does not work, so it counts as confirmed no longer.
    """
    row = states.lock(Message, message_id)
    if "bounced" not in row.moves.allowed[row.state]:
        audit.record(scope, "passed_over", "message", row.pk, person_id=row.person_id)
        return row.state != "sending"
    row.held_reason = "It could not be delivered. Check the number or address."
    states.move(scope=scope, row=row, to="bounced", fields=("held_reason",), person_id=row.person_id)
    if for_good and row.audience == Audience.PERSON and row.person_id is not None:
        doubt_contact(scope=scope, person_id=row.person_id, value=row.address)
    return True


@action(DELIVER)
def try_again(*, scope: Scope, message_id: UUID) -> None:
    """Queue a message that was surely not taken, when its time has come. Anything else is left as it is."""
    row = states.lock(Message, message_id)
    if row.state != "held" or row.try_again_at is None or row.try_again_at > clock.now():
        audit.record(scope, "passed_over", "message", row.pk, person_id=row.person_id)
        return
    row.try_again_at = None
    states.move(scope=scope, row=row, to="queued", fields=("try_again_at",), person_id=row.person_id)


@action(DELIVER)
def give_up_waiting(*, scope: Scope, message_id: UUID) -> None:
    """A sending that never ended: nobody can know whether it went."""
    row = states.lock(Message, message_id)
    if row.state == "sending":
        _unknown(scope, row)
    else:
        audit.record(scope, "passed_over", "message", row.pk, person_id=row.person_id)
