"""What goes into the fold and what comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from linkwell.interop.hospital_events import HospitalEvent, Identifier, Location, PersonFacts


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its id. `confirmed`: somebody looked and said that it is about this patient."""

    id: UUID
    event: HospitalEvent
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class FoldedMove:
    """A place of a stay, from when until when; None where nobody said, or where it has not ended."""

    location: Location
    from_at: dt.datetime | None
    to_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class FoldedReady:
    ready_at: dt.datetime
    not_ready_at: dt.datetime | None
    reasons: tuple[str, ...]
    pathway: str


@dataclass(frozen=True, slots=True)
class FoldedPatient:
    """What is said of whoever bears this identifier. `survivor` is the identifier that stands for them now."""

    identifier: Identifier
    survivor: Identifier
    facts: PersonFacts
    test: bool


@dataclass(frozen=True, slots=True)
class FoldedStay:
    """One stay. `visit` tells it from the patient's others; `bearers` are the identifiers under which it was told.

    `names` are those it was told under or was known by before, such as its account or a number it no longer has.
    `ae_arrived_at` and `ae_left_at`: it began as a visit to A&E, and the person was there so long. None if not.
    """

    patient: Identifier
    visit: str
    bearers: frozenset[Identifier]
    number: str = ""
    cancelled: bool = False
    stay_class: str = "other"
    admitted_at: dt.datetime | None = None
    discharged_at: dt.datetime | None = None
    ae_arrived_at: dt.datetime | None = None
    ae_left_at: dt.datetime | None = None
    left_list: bool = False
    expected_discharge_at: dt.datetime | None = None
    admission_method: str = ""
    admission_source: str = ""
    discharge_method: str = ""
    discharge_destination: str = ""
    specialty: str = ""
    diagnoses: tuple[tuple[str, str], ...] = ()
    moves: tuple[FoldedMove, ...] = ()
    ready: tuple[FoldedReady, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where everything stands. `aside` are the events that could not count, each with the reason."""

    patients: tuple[FoldedPatient, ...]
    stays: tuple[FoldedStay, ...]
    aside: Mapping[UUID, str] = field(default_factory=dict)
