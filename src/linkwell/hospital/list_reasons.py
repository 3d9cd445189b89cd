"""Reasons for waiting on a list, from the words a hospital writes to our codes. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from linkwell.cohorts.code_lists import in_time, reason_code, reasons_noted
from linkwell.interop.hospital_lists import ListLine, ListReading
from linkwell.kernel import clock


def coded(reading: ListReading, as_at: dt.datetime) -> ListReading:
    """The same list with our own code for each reason we know.

    A reason we do not know stays as it was written, and a wall shows it as “other”. Findings say how many those are,
    and how many the published set did not have on that day.
    """
    lines = tuple(replace(line, reasons=_codes(line)) for line in reading.lines)
    unknown = Counter(reason for line in lines for reason in line.reasons if reason_code(reason) is None)
    day = clock.london(as_at).date()
    known = [code for line in lines for reason in line.reasons if (code := reason_code(reason)) is not None]
    out_of_time = sum(not in_time(code, day) for code in known)
    total = sum(len(line.reasons) for line in lines)
    noted = reasons_noted(total, unknown.most_common(), out_of_time)
    return replace(reading, lines=lines, findings=(*noted, *reading.findings))


def _codes(line: ListLine) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason_code(reason) or reason for reason in line.reasons))
