"""ADT messages as hospital events (HL7 v2.3 to 2.8, chapter 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from linkwell.interop.hl7v2.messages import Message, Segment, text_of
from linkwell.interop.hl7v2.patients import identifier, person_facts
from linkwell.interop.hl7v2.times import moment
from linkwell.interop.hl7v2.visits import PREADMIT, patient_class, visit_facts
from linkwell.interop.hospital_events import HospitalEvent, Identifier, Kind
from linkwell.kernel.errors import Invalid

KINDS: dict[str, Kind] = {
    "A01": Kind.ADMIT,
    "A02": Kind.MOVE,
    "A03": Kind.LEAVE,
    "A04": Kind.ADMIT,
    "A05": Kind.EXPECT,
    "A06": Kind.ADMIT,
    "A07": Kind.ADMIT,
    "A08": Kind.UPDATE,
    "A11": Kind.CANCEL_ADMIT,
    "A12": Kind.CANCEL_MOVE,
    "A13": Kind.CANCEL_LEAVE,
    "A14": Kind.EXPECT,
    "A15": Kind.UPDATE,
    "A16": Kind.EXPECT_LEAVE,
    "A17": Kind.MOVE,
    "A18": Kind.MERGE,
    "A23": Kind.CANCEL_ADMIT,
    "A25": Kind.CANCEL_EXPECT_LEAVE,
    "A26": Kind.UPDATE,
    "A27": Kind.CANCEL_EXPECT,
    "A28": Kind.PERSON,
    "A30": Kind.MERGE,
    "A31": Kind.PERSON,
    "A34": Kind.MERGE,
    "A36": Kind.MERGE,
    "A37": Kind.UNMERGE,
    "A38": Kind.CANCEL_EXPECT,
    "A39": Kind.MERGE,
    "A40": Kind.MERGE,
    "A43": Kind.MERGE,
    "A44": Kind.MOVE_VISIT,
    "A45": Kind.MOVE_VISIT,
    "A46": Kind.MERGE,
    "A47": Kind.MERGE,
    "A50": Kind.MOVE_VISIT,
}
# A29, a deleted record of a person, is none of them: whose stays there were, and what people here did with them, is not
# undone by it. A stay that never was is cancelled by a message of its own, a wrong record joined to the right one.
# These speak of a place to come, not of where somebody is.
_PLACE_TO_COME = {"A15", "A26", "A16", "A25"}
# Other joins of records: to leave one out would leave two people apart that the hospital holds for one.
_JOINS_NOT_READ = {"A24", "A35", "A41", "A42", "A48", "A49", "A51"}
# What a class is where the message does not say.
_USUAL_CLASS = {"A01": "inpatient", "A04": "emergency", "A06": "inpatient", "A07": "outpatient"}
# MSH-11 of a test or a drill: nobody in it is real.
_TEST = {"T", "D"}


@dataclass(slots=True)
class _Group:
    """A patient in the message, with what is said of them. In each pair: an identity or visit that ends, its PV1."""

    pid: Segment
    pd1: Segment | None = None
    pv1: Segment | None = None
    pv2: Segment | None = None
    diagnoses: list[Segment] = field(default_factory=list)
    merges: list[Segment] = field(default_factory=list)
    visits: list[Segment] = field(default_factory=list)


def events_of(raw: bytes) -> tuple[HospitalEvent, ...]:
    """What a message says: nothing if it is a test or not about stays. Raises Invalid naming the field."""
    message = Message(text_of(raw))
    msh, evn = message.first("MSH"), message.first("EVN")
    if msh.value(11)[:1].upper() in _TEST:
        return ()
    trigger = msh.value(9, 2) or evn.value(1)
    if trigger in _JOINS_NOT_READ:
        raise Invalid({"MSH-9": f"MSH-9 is ADT^{trigger}, which joins or moves records in a way we do not follow."})
    kind = KINDS.get(trigger)
    if kind is None:
        return ()
    times = _times(msh, evn)
    groups = list(_groups(message))
    if not groups:
        raise Invalid({"PID": "The message has no PID segment, so it is about nobody."})
    facility = msh.value(4)
    if kind is Kind.UNMERGE:
        return (_unmerge(groups, facility, times),)
    if len(groups) > 1 and kind not in (Kind.MERGE, Kind.MOVE_VISIT) and trigger != "A17":
        raise Invalid({"PID": "The message has several PID segments, and speaks of one patient."})
    return tuple(event for group in groups for event in _of_group(group, trigger, kind, facility, times))


_Times = tuple[dt.datetime, dt.datetime, dt.datetime]


def _times(msh: Segment, evn: Segment) -> _Times:
    """When it happened, when that was recorded, when it was sent."""
    sent, told, happened = msh.value(7), evn.value(2), evn.value(6)
    sent_at = moment(sent, "MSH-7") if sent else None
    told_at = moment(told, "EVN-2") if told else sent_at
    at = moment(happened, "EVN-6") if happened else told_at
    if at is None:
        raise Invalid({"EVN-2": "EVN-2, the time of the event, is missing, and so are EVN-6 and MSH-7."})
    return at, told_at or at, sent_at or told_at or at


def _groups(message: Message) -> Iterator[_Group]:
    group: _Group | None = None
    for segment in message.segments:
        if segment.name == "PID":
            if group:
                yield group
            group = _Group(segment)
        elif group and segment.name == "PD1":
            group.pd1 = segment
        elif group and segment.name == "PV1":
            group.pv1 = group.pv1 or segment
            group.visits.append(segment)
        elif group and segment.name == "PV2":
            group.pv2 = group.pv2 or segment
        elif group and segment.name == "DG1":
            group.diagnoses.append(segment)
        elif group and segment.name == "MRG":
            group.merges.append(segment)
    if group:
        yield group


def _of_group(group: _Group, trigger: str, kind: Kind, facility: str, times: _Times) -> Iterator[HospitalEvent]:
    subject = identifier(group.pid, 3, facility)
    person = person_facts(group.pid, group.pd1)
    if kind is Kind.MERGE:
        yield from _merges(group, subject, facility, HospitalEvent(kind, subject, *times, person=person))
        return
    if kind is Kind.MOVE_VISIT:
        yield from _moved_visits(group, trigger, facility, HospitalEvent(kind, subject, *times, person=person))
        return
    visit = None
    if group.pv1 is not None and patient_class(group.pv1) != "none":
        visit = visit_facts(group.pid, group.pv1, group.pv2, group.diagnoses)
        if visit.stay_class == PREADMIT and kind is Kind.UPDATE:
            kind = Kind.EXPECT
        if visit.stay_class in (None, PREADMIT):
            visit = replace(visit, stay_class=_USUAL_CLASS.get(trigger))
        if trigger in _PLACE_TO_COME:
            visit = replace(visit, location=None)
        if trigger == "A13":
            # Many systems leave the time there that they cancel.
            visit = replace(visit, discharged_at=None)
    elif kind is Kind.UPDATE:
        kind = Kind.PERSON
    if visit is None and kind is not Kind.PERSON:
        raise Invalid({"PV1": f"The message has no PV1 segment, and ADT^{trigger} is about a stay."})
    yield HospitalEvent(kind, subject, *times, person=person, visit=visit)


def _merges(group: _Group, subject: Identifier, facility: str, event: HospitalEvent) -> Iterator[HospitalEvent]:
    if not group.merges:
        raise Invalid({"MRG": "The message has no MRG segment, so we cannot tell which record ends."})
    for merge in group.merges:
        other = identifier(merge, 1, facility)
        if other == subject:
            raise Invalid({"MRG-1": "MRG-1 is the same number as PID-3: a record cannot be joined to itself."})
        yield replace(event, other=other)


def _moved_visits(group: _Group, trigger: str, facility: str, event: HospitalEvent) -> Iterator[HospitalEvent]:
    if not group.merges:
        raise Invalid({"MRG": "The message has no MRG segment, so we cannot tell whose visit moves."})
    for number, merge in enumerate(group.merges):
        visit = group.visits[number] if number < len(group.visits) else Segment("PV1", merge.marks)
        before, account = merge.value(5), merge.value(3)
        if not before and not account:
            raise Invalid({"MRG-5": "MRG-5, the visit that moves, is missing, and so is MRG-3."})
        facts = visit_facts(group.pid, visit, None, [])
        if trigger == "A44" and account:
            # It speaks of the account: a visit number in it says what is under that, and not what moves alone.
            facts, before = replace(facts, number=facts.number or before), ""
        other = identifier(merge, 1, facility) if merge.raw(1) else event.subject
        yield replace(event, other=other, other_visit=before, other_account=account, visit=facts)


def _unmerge(groups: list[_Group], facility: str, times: _Times) -> HospitalEvent:
    if len(groups) != 2:
        raise Invalid({"PID": "A message that parts two records has two PID segments."})
    subject, other = (identifier(group.pid, 3, facility) for group in groups)
    return HospitalEvent(Kind.UNMERGE, subject, *times, other=other)
