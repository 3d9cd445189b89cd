"""Asking for a message to be sent. It passes the gate, or is held with the reason."""

from dataclasses import dataclass
from uuid import UUID

from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.tongue import Tongue
from linkwell.messaging import along, gate, standing, templates_out
from linkwell.messaging.models import Audience, Channel, Message
from linkwell.messaging.permissions import SEND
from linkwell.messaging.templates_out import Values
from linkwell.people import queries as people
from linkwell.people import safe
from linkwell.people.children import AdultToWrite
from linkwell.people.details import SafeAnswers
from linkwell.people.models import ReadingFormat

# The least intrusive first; a letter only when nothing quicker is safe.
ORDER = (Channel.TEXT, Channel.EMAIL, Channel.LETTER)


NO_ADDRESS = {
    Channel.TEXT: "They have not confirmed a mobile number. Ask them which is theirs, and only theirs.",
    Channel.EMAIL: "They have not confirmed an e-mail address. Ask them which is theirs, and only theirs.",
    Channel.LETTER: "We have no address for them to send a letter.",
}


_FOR_THEM = ("person", "parent")
CANNOT_READ = "They do not read messages like this. Ring them, or have it made in the way they like to read."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A way to reach somebody, or why there is none."""

    channel: Channel
    address: str
    held_reason: str = ""


@action(SEND)
def send(
    *,
    scope: Scope,
    audience: str,
    template: str,
    values: Values,
    about_kind: str,
    about_id: UUID,
    once_key: str,
    address: str = "",
    person_id: UUID | None = None,
    channel: str | None = None,
    answers: SafeAnswers | None = None,
    adult_id: UUID | None = None,
    language: Tongue = Tongue.ENGLISH,
) -> UUID:
    """Queue one message, or hold it with the reason, and give its id. The same `once_key` never makes a second.

    To the person: the address is looked up and the channel chosen (or checked) by what they said is safe; somebody
    with no record yet (a self-referral) comes with `address`, `channel` and their own `answers`. To a parent:
    `person_id` is the child and `adult_id` the adult, whose own answers count. To anybody else: `address` is needed and
    it goes by e-mail. A moment among the values is put into words here, in their language; `language` is that of
    somebody with no record yet. Raises Invalid for values the template cannot take.
    """
    earlier = Message.objects.filter(organisation_id=scope.organisation_id, once_key=once_key).first()
    if earlier is not None:
        audit.record(scope, "asked_again", "message", earlier.pk, person_id=person_id)
        return earlier.pk
    template = _as_they_read(scope, template, person_id, language)
    words = templates_out.template(template)
    if words.to != audience:
        raise LookupError(f"The message {template!r} is for {words.to}, not {audience}.")
    body = words.written(values)
    to, act = gate.To(audience), gate.Act(words.act)
    if to is gate.To.PERSON:
        chosen = _to_the_person(scope, act, person_id, address, channel, answers)
    elif to is gate.To.PARENT:
        chosen = to_a_parent(scope, act, person_id, adult_id)
    else:
        chosen = _to_others(to, act, address, channel, facts_about(scope, about_kind, about_id, template))
    if chosen.channel is Channel.TEXT and act is gate.Act.APPOINTMENT:
        body += along.line_with(scope, about_kind, about_id, words.language)
    row = Message(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        audience=Audience(audience),
        channel=chosen.channel,
        template=template,
        address=chosen.address,
        subject=words.subject,
        body=body,
        about_kind=about_kind,
        about_id=about_id,
        once_key=once_key,
        state="held" if chosen.held_reason else "queued",
        held_reason=chosen.held_reason,
    )
    states.begin(scope=scope, row=row, person_id=person_id)
    return row.pk


def facts_about(scope: Scope, about_kind: str, about_id: UUID, template: str) -> gate.Facts:
    """What the gate has to know of the person a message to somebody else is about."""
    behind = standing.of(scope, about_kind, about_id, template)
    died = behind.person_id is not None and people.has_died(scope, behind.person_id)
    return gate.Facts(died=died, withdrawn=behind.withdrawn)


def _as_they_read(scope: Scope, template: str, person_id: UUID | None, language: Tongue) -> str:
    """The same message in easy read for whoever likes to read so, and in Welsh for whoever likes Welsh best."""
    easy = False
    if person_id is not None and templates_out.template(template).to in _FOR_THEM:
        easy = people.reading_format(scope, person_id) == ReadingFormat.EASY_READ
        language = people.tongue_of(scope, person_id)
    return templates_out.as_they_read(template, easy=easy, language=language)


def _to_others(to: gate.To, act: gate.Act, address: str, channel: str | None, facts: gate.Facts) -> Chosen:
    way = Channel(channel or Channel.EMAIL)
    decision = gate.decide(SafeAnswers(), to=to, way=gate.Way(way.value), act=act, facts=facts)
    if not decision.allowed:
        return Chosen(way, address, decision.reason)
    return Chosen(way, address, "" if address.strip() else "We have no address for them.")


def _to_the_person(
    scope: Scope, act: gate.Act, person_id: UUID | None, address: str, channel: str | None, answers: SafeAnswers | None
) -> Chosen:
    """The first safe way with an address; else the first that was asked for, held with the reason."""
    if person_id is not None and people.cannot_read_messages(scope, person_id):
        return Chosen(Channel(channel or Channel.TEXT), "", CANNOT_READ)
    wanted = [Channel(channel)] if channel else [each for each in ORDER if gate.Way(each.value) in gate.WAYS_OF[act]]
    tried = [_one_way(scope, act, each, person_id, address, answers) for each in wanted]
    return next((each for each in tried if not each.held_reason), tried[0])


def _one_way(
    scope: Scope, act: gate.Act, channel: Channel, person_id: UUID | None, address: str, answers: SafeAnswers | None
) -> Chosen:
    if person_id is not None:
        address = people.address_for(scope, person_id, channel.value)
    decision = decide_for(scope, act=act, channel=channel, person_id=person_id, address=address, answers=answers)
    if not decision.allowed:
        return Chosen(channel, address, decision.reason)
    return Chosen(channel, address, "" if address else NO_ADDRESS[channel])


def decide_for(
    scope: Scope, *, act: gate.Act, channel: Channel, person_id: UUID | None, address: str, answers: SafeAnswers | None
) -> gate.Decision:
    """The gate with the facts of a person as they stand now."""
    facts = gate.NOTHING_KNOWN
    stands = safe.fold([answers] if answers else [])
    if person_id is not None:
        stands = people.safe_answers(scope, person_id)
        facts = gate.Facts(
            restricted=people.kept_apart(scope, person_id),
            read_by_another=bool(address) and people.address_belongs_to_another(scope, person_id, address),
            died=people.has_died(scope, person_id),
            decided_for_them=people.contact_is_decided_for_them(scope, person_id),
        )
    return gate.decide(stands, to=gate.To.PERSON, way=gate.Way(channel.value), act=act, facts=facts)


def to_a_parent(
    scope: Scope, act: gate.Act, child_id: UUID | None, adult_id: UUID | None = None, address: str = ""
) -> Chosen:
    """The first way this adult said is safe, found by id or by the address something waits to go to."""
    if child_id is None:
        raise LookupError("A message to a parent is about a child.")
    adult = people.adult_to_write(scope, child_id, adult_id=adult_id, address=address)
    died = people.has_died(scope, child_id)
    tried = [_one_way_to_a_parent(act, way, adult, died=died) for way in (Channel.TEXT, Channel.EMAIL)]
    wanted = [each for each in tried if not address or each.address == address]
    return next((each for each in wanted if not each.held_reason), wanted[0])


def _one_way_to_a_parent(act: gate.Act, channel: Channel, adult: AdultToWrite, *, died: bool) -> Chosen:
    answers = SafeAnswers(text=adult.safe_text, email=adult.safe_email, confirmed=frozenset({"text", "email"}))
    address = adult.phone if channel is Channel.TEXT else adult.email
    facts = gate.Facts(died=died, do_not_contact=adult.do_not_contact, read_by_another=address in adult.shared)
    decision = gate.decide(answers, to=gate.To.PARENT, way=gate.Way(channel.value), act=act, facts=facts)
    if not decision.allowed:
        return Chosen(channel, address, decision.reason)
    return Chosen(channel, address, "" if address else NO_ADDRESS[channel])
