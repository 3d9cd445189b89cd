"""Stays, written as the fold has them: only what changed. A row is never removed, since others may point to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from linkwell.core import many_rows
from linkwell.core.many_rows import Row
from linkwell.core.scope import Scope
from linkwell.hospital.actions.keeping_patients import Kept
from linkwell.hospital.models import Move, NoStay, ReadyPeriod, Stay
from linkwell.hospital.pipeline import FoldedStay, Outcome
from linkwell.interop.hospital_events import Identifier, Location

_SAME = (
    *("stay_class", "admitted_at", "discharged_at", "expected_discharge_at", "left_list", "admission_method"),
    *("ae_arrived_at", "ae_left_at", "admission_source", "discharge_method", "discharge_destination", "specialty"),
)
_COLUMNS = (
    "patient_id",
    "visit",
    "visit_number",
    "site",
    "ward",
    "bay",
    "bed",
    "diagnoses",
    "no_stay",
    "version",
    *_SAME,
)
_MOVE = ("location", "from_at", "to_at")
_READY = ("ready_at", "not_ready_at", "reasons", "pathway")
_Moves = tuple[tuple[object, ...], ...]
_Key = tuple[Identifier, str]


class _Rows:
    """The rows of these patients, as they are."""

    def __init__(self, scope: Scope, patient_ids: list[UUID]) -> None:
        mine = {"organisation_id": scope.organisation_id}
        stays = Stay.objects.filter(**mine, patient_id__in=patient_ids).order_by("id")
        self.stays: list[Row] = [dict(row) for row in stays.values()]
        ids = [row["id"] for row in self.stays]
        self.moves: dict[UUID, list[tuple[object, ...]]] = defaultdict(list)
        self.ready: dict[UUID, list[tuple[object, ...]]] = defaultdict(list)
        if ids:
            moves = Move.objects.filter(**mine, stay_id__in=ids).order_by("id")
            for stay_id, *move in moves.values_list("stay_id", *_MOVE):
                self.moves[stay_id].append(tuple(move))
            ready = ReadyPeriod.objects.filter(**mine, stay_id__in=ids).order_by("id")
            for stay_id, since, until, reasons, pathway in ready.values_list("stay_id", *_READY):
                self.ready[stay_id].append((since, until, tuple(reasons), pathway))
        self.by_visit: dict[str, list[Row]] = defaultdict(list)
        for stay in self.stays:
            self.by_visit[stay["visit"]].append(stay)


def keep_stays(scope: Scope, kept: Kept, outcomes: Mapping[UUID, Outcome]) -> set[UUID]:
    """The patients any of whose stays changed."""
    rows = _Rows(scope, list(kept.rows))
    changed: list[Row] = []
    again: list[tuple[UUID, FoldedStay]] = []
    told: set[UUID] = set()
    had = _rows_had(kept, rows, outcomes)
    for outcome in outcomes.values():
        for folded in outcome.stays:
            row = had.get((folded.patient, folded.visit)) or _new(scope, folded)
            if row is None:
                continue
            told.add(row["id"])
            differs = _write(row, folded, kept)
            parts = (tuple(rows.moves[row["id"]]), tuple(rows.ready[row["id"]]))
            if parts != (_moves(folded), _ready(folded)):
                again.append((row["id"], folded))
                differs = True
            if differs:
                row["version"] += 1
                changed.append(row)
    changed += _joined(rows, told)
    many_rows.insert(Stay, changed, update=_COLUMNS)
    _keep_parts(scope, again)
    return {row["patient_id"] for row in changed}


def _rows_had(kept: Kept, rows: _Rows, outcomes: Mapping[UUID, Outcome]) -> dict[_Key, Row]:
    """The row that each stay has had so far: first by the name it has now, then of what is left by an earlier one.

    So the list of a stay, and all else that points to its row, goes with it when the hospital gives it a new number.
    """
    had: dict[_Key, Row] = {}
    taken: set[UUID] = set()
    for earlier in (False, True):
        for outcome in outcomes.values():
            for folded in outcome.stays:
                key = folded.patient, folded.visit
                names = sorted(folded.names) if earlier else [folded.visit]
                row = None if key in had else _row_of(folded, names, outcome, kept, rows, taken)
                if row is not None:
                    had[key] = row
                    taken.add(row["id"])
    return had


def _row_of(
    folded: FoldedStay, names: Iterable[str], outcome: Outcome, kept: Kept, rows: _Rows, taken: set[UUID]
) -> Row | None:
    """A row that no other stay has, under whichever of the patient's identifiers.

    One that is the same as another stay comes back only under its own name.
    """
    patient_id = kept.ids[folded.patient]
    joined = {each.identifier for each in outcome.patients if each.survivor == folded.patient}
    theirs = {kept.ids[each] for each in folded.bearers | joined} | {patient_id}
    having = [
        row
        for name in names
        for row in rows.by_visit.get(name, ())
        if row["patient_id"] in theirs
        and row["id"] not in taken
        and (name == folded.visit or row["no_stay"] != NoStay.JOINED)
    ]
    return min(having, key=lambda row: (row["patient_id"] != patient_id, row["id"]), default=None)


def _new(scope: Scope, folded: FoldedStay) -> Row | None:
    """A row that is nobody's yet. What was cancelled before anybody knew of it leaves no trace."""
    if folded.cancelled:
        return None
    return many_rows.new(Stay, organisation_id=scope.organisation_id, version=0)


def _write(row: Row, folded: FoldedStay, kept: Kept) -> bool:
    values: Row = {"patient_id": kept.ids[folded.patient], "visit": folded.visit}
    if folded.cancelled:
        values |= {"no_stay": NoStay.CANCELLED}
    else:
        place = folded.moves[-1].location if folded.moves else Location()
        values |= {name: getattr(folded, name) for name in _SAME}
        values |= {"ward": place.ward, "bay": place.bay, "bed": place.bed, "site": place.site}
        values |= {"visit_number": folded.number if not folded.visit.startswith("@") else "", "no_stay": ""}
        values["diagnoses"] = [{"system": system, "code": code} for system, code in folded.diagnoses]
    if values.items() <= row.items():
        return False
    row.update(values)
    return True


def _joined(rows: _Rows, told: set[UUID]) -> list[Row]:
    """Rows that no stay of the fold claims: two that turned out to be one, or one whose events went elsewhere."""
    gone = [row for row in rows.stays if row["id"] not in told and not row["no_stay"]]
    for row in gone:
        row["no_stay"], row["version"] = NoStay.JOINED, row["version"] + 1
    return gone


def _moves(folded: FoldedStay) -> _Moves:
    return tuple((str(each.location), each.from_at, each.to_at) for each in folded.moves)


def _ready(folded: FoldedStay) -> _Moves:
    return tuple((each.ready_at, each.not_ready_at, each.reasons, each.pathway) for each in folded.ready)


def _keep_parts(scope: Scope, stays: list[tuple[UUID, FoldedStay]]) -> None:
    mine = {"organisation_id": scope.organisation_id}
    old = [stay_id for stay_id, _ in stays]
    moves, ready = [], []
    for stay_id, folded in stays:
        own = {**mine, "stay_id": stay_id}
        moves += [many_rows.new(Move, **own, **dict(zip(_MOVE, each, strict=True))) for each in _moves(folded)]
        ready += [many_rows.new(ReadyPeriod, **own, **dict(zip(_READY, each, strict=True))) for each in _ready(folded)]
    Move.objects.filter(**mine, stay_id__in=old).delete()
    ReadyPeriod.objects.filter(**mine, stay_id__in=old).delete()
    many_rows.insert(Move, moves)
    many_rows.insert(ReadyPeriod, ready)
