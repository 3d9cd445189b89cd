"""When somebody was ready to go home: every period, from what lists said one after another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from linkwell.hospital.pipeline.order import recorded
from linkwell.hospital.pipeline.shapes import FoldedReady
from linkwell.interop.hospital_events import HospitalEvent, Kind, VisitFacts

_BETWEEN_LISTS = dt.timedelta(hours=12)


def ready_periods(
    waits: Sequence[tuple[HospitalEvent, VisitFacts]], discharged_at: dt.datetime | None
) -> tuple[FoldedReady, ...]:
    """The periods in order. The last one of a finished stay has no end where the person was ready to the end.

    Taken in the order in which lists said it, since each list is the whole of what was known then: a later list may
    put back the day from which somebody was ready, and that ends the period before it.
    """
    periods: list[FoldedReady] = []
    for event, visit in sorted(waits, key=lambda wait: recorded(wait[0])):
        if event.kind is Kind.READY:
            _ready(periods, event, visit)
        elif periods and periods[-1].not_ready_at is None:
            periods[-1] = replace(periods[-1], not_ready_at=max(event.at, periods[-1].ready_at))
    over = periods[-1].not_ready_at if periods else None
    if discharged_at is not None and over is not None and over >= discharged_at - _BETWEEN_LISTS:
        # Whoever goes home leaves the ready list too, a list earlier or later.
        periods[-1] = replace(periods[-1], not_ready_at=None)
    return tuple(periods)


def _ready(periods: list[FoldedReady], event: HospitalEvent, visit: VisitFacts) -> None:
    told = FoldedReady(event.at, None, visit.reasons, visit.pathway)
    before = periods[-1] if periods else None
    if before is None:
        periods.append(told)
    elif before.not_ready_at is None:
        periods[-1] = told
    elif event.at <= before.ready_at:
        # It never ended: the list between was wrong, or somebody was off it for a day.
        periods[-1] = replace(told, ready_at=before.ready_at)
    else:
        periods[-1] = replace(before, not_ready_at=min(before.not_ready_at, event.at))
        periods.append(told)
