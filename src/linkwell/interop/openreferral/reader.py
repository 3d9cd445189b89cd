"""A directory feed as a stream of records and rejections that together account for all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from linkwell.interop.openreferral.errors import FeedStopped
from linkwell.interop.openreferral.formats import Plan, values_at, values_of
from linkwell.interop.openreferral.records import Rejected, ServiceRecord
from linkwell.interop.openreferral.services import service_from
from linkwell.interop.openreferral.stream import Oversized
from linkwell.kernel.limits import Readable

WHOLE_FEED = "the feed"


class Reading:
    """The records of a feed, one at a time, in the order given.

    `seen` counts the records met so far: each became a ServiceRecord or a Rejected. `complete` is
    True once the end was reached in good order; while it is False nothing may be concluded from
    what is missing. A feed that breaks off gives one more Rejected, whose id is `WHOLE_FEED`.
    `plan` says how the feed was understood, once its first record was given.
    """

    def __init__(self, values: Callable[[Plan], Iterator[Any]], plan: Plan | None = None) -> None:
        self.seen = 0
        self.complete = False
        self.plan = plan or Plan()
        self._known: set[bytes] = set()
        self._stream = self._run(values(self.plan))

    def __iter__(self) -> Iterator[ServiceRecord | Rejected]:
        return self._stream

    def __next__(self) -> ServiceRecord | Rejected:
        return next(self._stream)

    def _run(self, values: Iterator[Any]) -> Iterator[ServiceRecord | Rejected]:
        try:
            for value in values:
                self.seen += 1
                yield self._judged(value)
        except FeedStopped as trouble:
            yield Rejected(WHOLE_FEED, "", trouble.reason)
            return
        self.complete = True

    def _judged(self, value: Any) -> ServiceRecord | Rejected:
        if isinstance(value, Oversized):
            return Rejected(f"record {self.seen}", "", value.reason)
        judged = service_from(value, self.seen)
        if isinstance(judged, Rejected):
            return judged
        mark = hashlib.blake2b(judged.id.encode(), digest_size=16).digest()
        if mark in self._known:
            return Rejected(judged.id, "id", "The feed gives this identifier twice. The first one was used.")
        self._known.add(mark)
        return judged


def read(source: Readable, plan: Plan | None = None) -> Reading:
    """Read a feed from a binary file: JSON of Open Referral UK or HSDS of any version, its tables in a zip, or CSV.

    JSON may be a bare list of services, JSON lines, a page ({"contents": [...]}), a single service, or
    {"services": [...]}. Nothing in the file raises; memory does not grow with the file, save for
    16 bytes a record to notice an identifier given twice.
    """
    return Reading(lambda known: values_of([source], known), plan)


def read_path(path: Path, plan: Plan | None = None) -> Reading:
    """Read a feed from a file, or from a folder of tables. OSError where there is none."""
    path.stat()
    return Reading(lambda known: values_at(path, known), plan)
