"""What a team does with several people at once: sessions it runs, drop-in clinics, and meetings about people."""

from linkwell.groupwork.models.clinics import Clinic, ClinicSlot, WhoBooks
from linkwell.groupwork.models.meetings import Meeting, MeetingItem
from linkwell.groupwork.models.sessions import SessionPlace, WorkerSession

__all__ = ["Clinic", "ClinicSlot", "Meeting", "MeetingItem", "SessionPlace", "WhoBooks", "WorkerSession"]
