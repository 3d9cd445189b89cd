"""Messages from files, taken exactly as the line takes them, and what became of each."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.hospital import actions
from linkwell.hospital.actions.receiving import LONGEST_SENDER
from linkwell.hospital.files import files_in, messages_in
from linkwell.hospital.queries.attention import parked_among
from linkwell.interop.hl7v2.acknowledging import Code
from linkwell.interop.hl7v2.judging import Judgement
from linkwell.kernel.errors import Finding

TOGETHER = 500


@dataclass(slots=True)
class Replayed:
    """in = accepted + rejected; accepted = processed + parked."""

    accepted: int = 0
    parked: list[dict[str, str]] = field(default_factory=list)
    rejected: list[dict[str, str]] = field(default_factory=list)

    @property
    def processed(self) -> int:
        return self.accepted - len(self.parked)

    def as_json(self) -> dict[str, object]:
        return {
            "accepted": self.accepted,
            "processed": self.processed,
            "parked": self.parked,
            "rejected": self.rejected,
        }


def replay(scope: Scope, paths: Iterable[Path]) -> Replayed:
    """Keep and work out every message of these files, in the order of the files."""
    feed_id = actions.open_feed(scope=scope, kind="adt")
    result, files = Replayed(), dict[UUID, Path]()
    for batch in _batches(paths):
        took = actions.receive(scope=scope, feed_id=feed_id, messages=[raw for _, raw in batch])
        came: dict[tuple[str, str], Path] = {}
        for (path, _), verdict in zip(batch, took, strict=True):
            if verdict.code is Code.ACCEPTED and verdict.header is not None:
                result.accepted += 1
                came[verdict.header.sender[:LONGEST_SENDER], verdict.header.control_id] = path
            else:
                result.rejected.append(_rejected(path, verdict))
        actions.process_all(scope)
        files.update({row.id: came[row.sender, row.control_id] for row in parked_among(scope, came, ())})
    # What came later may have settled what was parked before.
    result.parked = [
        {"file": str(files[row.id]), "control_id": row.control_id, "field": row.field, "reason": row.why}
        for row in parked_among(scope, (), files)
    ]
    return result


def _rejected(path: Path, verdict: Judgement) -> dict[str, str]:
    finding = verdict.finding or Finding("", "")
    control_id = verdict.header.control_id if verdict.header else ""
    said = {"code": verdict.code.value, "field": finding.where, "reason": finding.message}
    return {"file": str(path), "control_id": control_id, **said}


def _batches(paths: Iterable[Path]) -> Iterator[list[tuple[Path, bytes]]]:
    messages = ((path, raw) for path in files_in(paths) for raw in messages_in(path))
    while batch := list(itertools.islice(messages, TOGETHER)):
        yield batch
