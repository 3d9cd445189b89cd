"""Stays, written as the fold has them: only what changed. A row is never removed, since others may point to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from linkwell.core import many_rows
from linkwell.core.scope import Scope
from linkwell.hospital.actions.keeping_patients import Kept
from linkwell.hospital.models import Move, NoStay, ReadyPeriod, Stay
from linkwell.hospital.pipeline import FoldedStay, Outcome
from linkwell.interop.hospital_events import Location

_SAME = (
    *("stay_class", "admitted_at", "discharged_at", "expected_discharge_at", "left_list", "admission_source"),
    *("discharge_method", "discharge_destination", "specialty"),
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
_Moves = tuple[tuple[object, ...], ...]


class _Rows:
    """The rows of these patients, as they are."""

    def __init__(self, scope: Scope, patient_ids: list[UUID]) -> None:
        mine = {"organisation_id": scope.organisation_id}
        self.stays = list(Stay.objects.filter(**mine, patient_id__in=patient_ids).order_by("id"))
        ids = [row.pk for row in self.stays]
        self.moves: dict[UUID, list[tuple[object, ...]]] = defaultdict(list)
        self.ready: dict[UUID, list[tuple[object, ...]]] = defaultdict(list)
        if ids:
            for move in Move.objects.filter(**mine, stay_id__in=ids).order_by("id"):
                self.moves[move.stay_id].append((move.location, move.from_at, move.to_at))
            for row in ReadyPeriod.objects.filter(**mine, stay_id__in=ids).order_by("id"):
                self.ready[row.stay_id].append((row.ready_at, row.not_ready_at, tuple(row.reasons), row.pathway))
        self.by_visit: dict[str, list[Stay]] = defaultdict(list)
        for stay in self.stays:
            self.by_visit[stay.visit].append(stay)


def keep_stays(scope: Scope, kept: Kept, outcomes: Mapping[UUID, Outcome]) -> set[UUID]:
    """The patients any of whose stays changed."""
    rows = _Rows(scope, list(kept.rows))
    changed: list[Stay] = []
    again: list[tuple[Stay, FoldedStay]] = []
    told: set[UUID] = set()
    for outcome in outcomes.values():
        for folded in outcome.stays:
            row = _row_of(scope, folded, kept, rows, told)
            if row is None:
                continue
            told.add(row.pk)
            differs = _write(row, folded, kept)
            parts = (tuple(rows.moves[row.pk]), tuple(rows.ready[row.pk]))
            if parts != (_moves(folded), _ready(folded)):
                again.append((row, folded))
                differs = True
            if differs:
                row.version += 0 if row._state.adding else 1
                changed.append(row)
    changed += _joined(rows, told)
    many_rows.insert(changed, update=_COLUMNS)
    _keep_parts(scope, again)
    return {row.patient_id for row in changed}


def _row_of(scope: Scope, folded: FoldedStay, kept: Kept, rows: _Rows, told: set[UUID]) -> Stay | None:
    """The row that this stay has had so far, under whichever of its identifiers; a new one if it has none."""
    patient_id = kept.ids[folded.patient]
    theirs = {kept.ids[each] for each in folded.bearers} | {patient_id}
    having = [row for row in rows.by_visit[folded.visit] if row.patient_id in theirs and row.pk not in told]
    if having:
        return min(having, key=lambda row: (row.patient_id != patient_id, row.pk))
    # What was cancelled before anybody knew of it leaves no trace.
    return None if folded.cancelled else Stay(organisation_id=scope.organisation_id, patient_id=patient_id)


def _write(row: Stay, folded: FoldedStay, kept: Kept) -> bool:
    values: dict[str, object] = {"patient_id": kept.ids[folded.patient], "visit": folded.visit}
    if folded.cancelled:
        values |= {"no_stay": NoStay.CANCELLED}
    else:
        place = folded.moves[-1].location if folded.moves else Location()
        values |= {name: getattr(folded, name) for name in _SAME}
        values |= {"ward": place.ward, "bay": place.bay, "bed": place.bed, "site": place.site}
        values |= {"visit_number": folded.number if not folded.visit.startswith("@") else "", "no_stay": ""}
        values["diagnoses"] = [{"system": system, "code": code} for system, code in folded.diagnoses]
    if not row._state.adding and all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True


def _joined(rows: _Rows, told: set[UUID]) -> list[Stay]:
    """Rows that no stay of the fold claims: two that turned out to be one, or one whose events went elsewhere."""
    gone = [row for row in rows.stays if row.pk not in told and not row.no_stay]
    for row in gone:
        row.no_stay, row.version = NoStay.JOINED, row.version + 1
    return gone


def _moves(folded: FoldedStay) -> _Moves:
    return tuple((str(each.location), each.from_at, each.to_at) for each in folded.moves)


def _ready(folded: FoldedStay) -> _Moves:
    return tuple((each.ready_at, each.not_ready_at, each.reasons, each.pathway) for each in folded.ready)


def _keep_parts(scope: Scope, stays: list[tuple[Stay, FoldedStay]]) -> None:
    mine = {"organisation_id": scope.organisation_id}
    old = [row.pk for row, _ in stays]
    Move.objects.filter(**mine, stay_id__in=old).delete()
    ReadyPeriod.objects.filter(**mine, stay_id__in=old).delete()
    many_rows.insert(
        [
            Move(**mine, stay=row, location=str(each.location), from_at=each.from_at, to_at=each.to_at)
            for row, folded in stays
            for each in folded.moves
        ]
    )
    many_rows.insert(
        [
            ReadyPeriod(
                **mine,
                stay=row,
                ready_at=each.ready_at,
                not_ready_at=each.not_ready_at,
                reasons=list(each.reasons),
                pathway=each.pathway,
            )
            for row, folded in stays
            for each in folded.ready
        ]
    )
