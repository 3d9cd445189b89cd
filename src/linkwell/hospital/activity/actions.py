"""Taking in activity files."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from linkwell.cohorts import duck
from linkwell.cohorts.columns import TABLES
from linkwell.cohorts.reading import Reading, read
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.feeds import note_heard, open_feed
from linkwell.hospital.activity import store
from linkwell.hospital.models import Feed, FeedKind, ListRun
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid

LONGEST_NAME = 200
LEFT_OUT = "is about somebody who was left out"
TWIN = "tells what another row of this file tells, and one of them was kept"


@action(LOOK_AFTER_FEEDS)
def import_files(
    *,
    scope: Scope,
    kind: str,
    paths: Sequence[Path],
    mapping: Mapping[str, str] | None = None,
    snomed: Path | None = None,
) -> Reading:
    """Take files of one kind (a table of `cohorts.columns`) into the organisation's own store.

    Every row is loaded or rejected with a reason; the same files again change nothing. Raises Invalid for a file that
    cannot be understood, and then nothing is taken.
    """
    if kind not in TABLES:
        raise Invalid({"kind": f"There is no kind of activity called {kind}."})
    feed_id = open_feed(scope=scope, kind=FeedKind.ACTIVITY, name=TABLES[kind].meaning.rstrip("."))
    # One import of a hospital at a time: two would each leave out the other's rows.
    feed = Feed.objects.select_for_update().get(organisation_id=scope.organisation_id, pk=feed_id)
    with duck.opened(memory="2GB") as con, TemporaryDirectory(prefix="linkwell-import-") as folder:
        rows = Path(folder) / "read.parquet"
        reading = read(con, paths, TABLES[kind], rows, mapping=mapping, snomed=snomed)
        twins = store.without_twins(con, kind, rows)
        left_out = store.without_left_out(con, scope.organisation_id, kind, rows)
        more = store.join(con, scope.organisation_id, kind, rows)
    reading = reading.without(twins, TWIN) if twins else reading
    reading = reading.without(left_out, LEFT_OUT) if left_out else reading
    note_heard(scope, feed_id)
    _record(scope, feed, paths, reading, more)
    return reading


@action(LOOK_AFTER_FEEDS)
def leave_out(*, scope: Scope, called: Collection[str]) -> int:
    """Take out every row about people whom files call so, for good, and let none in again; how many rows went."""
    activity = Feed.objects.select_for_update().filter(organisation_id=scope.organisation_id, kind=FeedKind.ACTIVITY)
    # No import meanwhile: it would write back what it read before.
    list(activity.order_by("pk"))
    with duck.opened(memory="2GB") as con:
        gone = store.leave_out(con, scope.organisation_id, called)
    audit.record(scope, "left out", "hospital_activity", None)
    return gone


def _record(scope: Scope, feed: Feed, paths: Sequence[Path], reading: Reading, more: int) -> None:
    run = ListRun.objects.create(
        organisation_id=scope.organisation_id,
        feed=feed,
        file_name=", ".join(path.name for path in paths)[:LONGEST_NAME],
        content_hash=_hash(paths),
        as_at=clock.now(),
        read=reading.rows_in,
        loaded=reading.loaded,
        rejected=reading.rejected,
        changes=max(more, 0),
        findings=[asdict(finding) for finding in reading.findings],
    )
    audit.record(scope, "loaded", "hospital_activity", run.pk)


def _hash(paths: Sequence[Path]) -> bytes:
    made = hashlib.sha256()
    for path in paths:
        with path.open("rb") as stream:
            made.update(hashlib.file_digest(stream, "sha256").digest())
    return made.digest()
