"""What a hospital tells us: its feeds, what was received, its patients and their stays."""

from linkwell.hospital.models.feeds import Feed, FeedKind, ListRow, ListRun
from linkwell.hospital.models.inbound import Event, Inbound, InboundState
from linkwell.hospital.models.patients import NumberStatus, Patient, PatientIdentifier
from linkwell.hospital.models.stays import Move, NoStay, ReadyPeriod, Stay, StayClass

__all__ = [
    "Event",
    "Feed",
    "FeedKind",
    "Inbound",
    "InboundState",
    "ListRow",
    "ListRun",
    "Move",
    "NoStay",
    "NumberStatus",
    "Patient",
    "PatientIdentifier",
    "ReadyPeriod",
    "Stay",
    "StayClass",
]
