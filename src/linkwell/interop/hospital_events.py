"""What a hospital says about one patient, in one form, whether a message said it or a list.

In every fact None means "not said" and an empty text "said to be none": only what was said changes anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson


class Kind(StrEnum):
    """What happened. The values are kept with the events, so they stay as they are."""

    PERSON = "person"
    EXPECT = "expect"
    ADMIT = "admit"
    MOVE = "move"
    LEAVE = "leave"
    UPDATE = "update"
    CANCEL_ADMIT = "cancel_admit"
    CANCEL_MOVE = "cancel_move"
    CANCEL_LEAVE = "cancel_leave"
    CANCEL_EXPECT = "cancel_expect"
    EXPECT_LEAVE = "expect_leave"
    CANCEL_EXPECT_LEAVE = "cancel_expect_leave"
    MERGE = "merge"
    UNMERGE = "unmerge"
    MOVE_VISIT = "move_visit"
    READY = "ready"
    NOT_READY = "not_ready"
    LEFT_LIST = "left_list"


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A number and whose number it is."""

    authority: str
    value: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who it is about. `nhs_verified`: the hospital says it has traced the NHS number."""

    nhs_number: str | None = None
    nhs_verified: bool = False
    family_name: str | None = None
    given_name: str | None = None
    born_on: str | None = None
    sex: str | None = None
    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    practice_code: str | None = None
    language: str | None = None
    ethnic_category: str | None = None
    restricted: bool | None = None
    died: bool | None = None
    died_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Where somebody is."""

    ward: str = ""
    bay: str = ""
    bed: str = ""
    site: str = ""

    def __str__(self) -> str:
        """As HL7 writes it, without what is empty at the end: "W12^B^4"."""
        return "^".join((self.ward, self.bay, self.bed)).rstrip("^")


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """The stay it is about. Without a number it is the stay that began at `admitted_at`, or the one open then."""

    number: str = ""
    account: str = ""
    stay_class: str | None = None
    location: Location | None = None
    admitted_at: dt.datetime | None = None
    discharged_at: dt.datetime | None = None
    expected_discharge_at: dt.datetime | None = None
    expected_cleared: bool = False
    admission_method: str | None = None
    admission_source: str | None = None
    discharge_method: str | None = None
    discharge_destination: str | None = None
    specialty: str | None = None
    diagnoses: tuple[tuple[str, str], ...] | None = None
    reasons: tuple[str, ...] = ()
    pathway: str = ""


@dataclass(frozen=True, slots=True)
class HospitalEvent:
    """One thing that happened. All times carry their zone.

    `at` is when it happened (EVN-6, else EVN-2, else MSH-7), `told_at` when it was recorded, `sent_at` when it was
    sent. `other` is the identity a merge ends or a visit is taken from, `other_visit` the visit number it had there.
    """

    kind: Kind
    subject: Identifier
    at: dt.datetime
    told_at: dt.datetime
    sent_at: dt.datetime
    person: PersonFacts | None = None
    visit: VisitFacts | None = None
    other: Identifier | None = None
    other_visit: str = ""
    other_account: str = ""


def to_json(event: HospitalEvent) -> bytes:
    return orjson.dumps(event)


def many_to_json(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows that hold events, as one text."""
    return orjson.dumps(rows).decode()


def from_json(body: bytes) -> HospitalEvent:
    """The event that `to_json` wrote."""
    parts: dict[str, Any] = orjson.loads(body)
    for name in ("at", "told_at", "sent_at"):
        parts[name] = dt.datetime.fromisoformat(parts[name])
    parts["kind"] = Kind(parts["kind"])
    parts["subject"] = Identifier(**parts["subject"])
    parts["other"] = Identifier(**parts["other"]) if parts["other"] else None
    parts["person"] = _person(parts["person"]) if parts["person"] else None
    parts["visit"] = _visit(parts["visit"]) if parts["visit"] else None
    return HospitalEvent(**parts)


def _person(parts: dict[str, Any]) -> PersonFacts:
    parts["died_at"] = _moment(parts["died_at"])
    return PersonFacts(**parts)


def _visit(parts: dict[str, Any]) -> VisitFacts:
    for name in ("admitted_at", "discharged_at", "expected_discharge_at"):
        parts[name] = _moment(parts[name])
    parts["location"] = Location(**parts["location"]) if parts["location"] else None
    if parts["diagnoses"] is not None:
        parts["diagnoses"] = tuple((system, code) for system, code in parts["diagnoses"])
    parts["reasons"] = tuple(parts["reasons"])
    return VisitFacts(**parts)


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
