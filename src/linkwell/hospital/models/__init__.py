"""What a hospital tells us: its feeds, what was received, its patients and their stays."""

from linkwell.hospital.models.candidates import (
    Candidate,
    CandidateReason,
    NotSuitable,
    NotSuitableReason,
    Objection,
    Offer,
    OfferAnswer,
    RuleUse,
)
from linkwell.hospital.models.discharge import (
    AgreedToTell,
    Arrival,
    Carer,
    CommunityHelp,
    FollowUp,
    HomeEvent,
    HomeEventKind,
    HomeItem,
    HomeList,
    HomeSafe,
    HomeThing,
    StayReferral,
    ThingState,
    ToldOfDeath,
)
from linkwell.hospital.models.feeds import Decision, Feed, FeedKind, ListRow, ListRun
from linkwell.hospital.models.inbound import Event, Inbound, InboundState
from linkwell.hospital.models.numbers import ProblemMonth
from linkwell.hospital.models.patients import NumberStatus, Patient, PatientIdentifier
from linkwell.hospital.models.programme import Programme, ProgrammePlace
from linkwell.hospital.models.stays import Move, NoStay, ReadyPeriod, Stay, StayClass

__all__ = [
    "AgreedToTell",
    "Arrival",
    "Candidate",
    "CandidateReason",
    "Carer",
    "CommunityHelp",
    "Decision",
    "Event",
    "Feed",
    "FeedKind",
    "FollowUp",
    "HomeEvent",
    "HomeEventKind",
    "HomeItem",
    "HomeList",
    "HomeSafe",
    "HomeThing",
    "Inbound",
    "InboundState",
    "ListRow",
    "ListRun",
    "Move",
    "NoStay",
    "NotSuitable",
    "NotSuitableReason",
    "NumberStatus",
    "Objection",
    "Offer",
    "OfferAnswer",
    "Patient",
    "PatientIdentifier",
    "ProblemMonth",
    "Programme",
    "ProgrammePlace",
    "ReadyPeriod",
    "RuleUse",
    "Stay",
    "StayClass",
    "StayReferral",
    "ThingState",
    "ToldOfDeath",
]
