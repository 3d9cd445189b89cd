"""When somebody who has not said that they are out is looked for, and by whom. Pure."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID


def next_to_tell(out_by: dt.datetime, told_at: dt.datetime | None, grace: dt.timedelta, now: dt.datetime) -> bool:
    """Whether somebody is to be told now: once the grace is over, and then again each time it passes anew."""
    return now >= (told_at if told_at is not None else out_by) + grace


def who_is_told(
    step: int, *, buddy: UUID | None, duty: Sequence[UUID | None], leads: Collection[UUID], worker: UUID
) -> tuple[UUID, ...]:
    """Who is told at this step, 0 being the first: the buddy, the duty people one after the other, then all leads.

    The worker is never told of themselves. From the last step on it is the leads, each time, until somebody looks.
    """
    line: list[tuple[UUID, ...]] = []
    for each in (buddy, *duty):
        if each is not None and each != worker and (each,) not in line:
            line.append((each,))
    everybody = tuple(sorted({*leads} - {worker}))
    if step < len(line):
        return line[step]
    return everybody or (line[-1] if line else ())
