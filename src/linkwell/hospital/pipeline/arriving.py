"""Stays that began as a visit to A&E: whoever is admitted from there was there too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from linkwell.interop.hospital_events import HospitalEvent, Kind, VisitFacts

EMERGENCY = "emergency"
_NOT_THERE_YET = frozenset({Kind.EXPECT, Kind.CANCEL_EXPECT})
# These bring somebody from A&E to a ward. A mere update of the class may put right what was never so.
_ADMITS = frozenset({Kind.ADMIT, Kind.MOVE})


@dataclass(slots=True)
class Arrival:
    """What the first words of a stay say it was, and from when until when, as long as that was a visit to A&E."""

    began_as: str = ""
    at: dt.datetime | None = None
    until: dt.datetime | None = None

    def hear(self, event: HospitalEvent, visit: VisitFacts, left: dt.datetime | None) -> None:
        """Take in what was said next. `left`: when the person had gone home from A&E, if they had."""
        said = visit.stay_class
        if said is None or event.kind in _NOT_THERE_YET:
            return
        if not self.began_as:
            self.began_as = said
            self.at = visit.admitted_at or event.at
        elif self.began_as == EMERGENCY and self.until is None:
            if said == EMERGENCY:
                self.at = visit.admitted_at or self.at
            elif event.kind in _ADMITS:
                self.until = min(event.at, left or event.at)

    def visit_to_ae(self, stay_class: str) -> tuple[dt.datetime, dt.datetime] | tuple[None, None]:
        """From when until when a stay of what is now this class was a visit to A&E first."""
        if stay_class == EMERGENCY or self.at is None or self.until is None:
            return None, None
        return self.at, max(self.at, self.until)
