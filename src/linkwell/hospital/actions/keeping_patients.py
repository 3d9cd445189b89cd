"""Patients, written as the fold has them: only what changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from linkwell.core import many_rows
from linkwell.core.many_rows import Row
from linkwell.core.scope import Scope
from linkwell.hospital.actions.clusters import Clusters
from linkwell.hospital.models import NumberStatus, Patient
from linkwell.hospital.pipeline import FoldedPatient, Outcome
from linkwell.hospital.queries.waiting import identifiers_of
from linkwell.interop.hospital_events import Identifier

_TEXTS = (
    *("family_name", "given_name", "sex", "address", "postcode", "phone", "practice_code", "language"),
    "ethnic_category",
)
_ACTED_ON = ("died", "restricted", "test", "merged_into_id")
_FOUND_BY = ("died_at", "nhs_number", "number_status", "born_on", "family_name", "given_name")
_LONGEST = {column.name: column.max_length for column in Patient._meta.concrete_fields}
_COLUMNS = (
    *("merged_into_id", "nhs_number", "number_status", "born_on", "restricted", "test", "died", "died_at"),
    *_TEXTS,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of the clusters at hand, and which identifier names which.

    `told_otherwise`: of whom something changed that others act on even where no stay did, such as a death.
    """

    rows: Mapping[UUID, Row]
    ids: Mapping[Identifier, UUID]
    told_otherwise: frozenset[UUID] = frozenset()


def keep_patients(scope: Scope, clusters: Clusters, outcomes: Mapping[UUID, Outcome]) -> Kept:
    found = Patient.objects.filter(organisation_id=scope.organisation_id, cluster__in=list(outcomes))
    rows: dict[UUID, Row] = {row["id"]: dict(row) for row in found.values()}
    ids = identifiers_of(scope.organisation_id, rows)
    changed = []
    otherwise = set()
    for outcome in outcomes.values():
        for folded in outcome.patients:
            row = rows[ids[folded.identifier]]
            before = dict(row)
            if _write(row, folded, ids):
                changed.append(row)
                if _matters_to_others(before, row):
                    otherwise.add(row["id"])
    # One INSERT that finds every row there already: far quicker than an UPDATE with a CASE for each column.
    many_rows.insert(Patient, changed, update=_COLUMNS)
    _dispute(scope, changed)
    return Kept(rows, ids, frozenset(otherwise))


def _matters_to_others(before: Row, now: Row) -> bool:
    """A death, a restriction or a join; and who it is that died, by which those who support them are found."""
    names = _ACTED_ON + (_FOUND_BY if now["died"] else ())
    return any(before[name] != now[name] for name in names)


def _write(row: Row, folded: FoldedPatient, ids: Mapping[Identifier, UUID]) -> bool:
    facts = folded.facts
    number = facts.nhs_number or ""
    values: dict[str, object] = {name: (getattr(facts, name) or "")[: _LONGEST[name]] for name in _TEXTS}
    values |= {
        "merged_into_id": ids[folded.survivor] if folded.survivor != folded.identifier else None,
        "nhs_number": number,
        "number_status": _status(number, row, verified=facts.nhs_verified),
        "born_on": dt.date.fromisoformat(facts.born_on) if facts.born_on else None,
        "restricted": bool(facts.restricted),
        "test": folded.test,
        "died": bool(facts.died),
        "died_at": facts.died_at if facts.died else None,
    }
    if values.items() <= row.items():
        return False
    row.update(values)
    return True


def _status(number: str, row: Row, *, verified: bool) -> str:
    if not number:
        return NumberStatus.NONE
    if row["number_status"] == NumberStatus.DISPUTED and row["nhs_number"] == number:
        return NumberStatus.DISPUTED
    return NumberStatus.VERIFIED if verified else NumberStatus.GIVEN


def _dispute(scope: Scope, changed: Iterable[Row]) -> None:
    """A number that two different people seem to have is nobody's until somebody has looked."""
    numbers = {row["nhs_number"] for row in changed if row["nhs_number"]}
    if not numbers:
        return
    having: dict[str, list[Patient]] = defaultdict(list)
    standing = Patient.objects.filter(organisation_id=scope.organisation_id, merged_into=None)
    for row in standing.filter(nhs_number__in=numbers):
        having[row.nhs_number].append(row)
    for rows in having.values():
        disputed = any(_differ(rows[0], other) for other in rows[1:])
        status = NumberStatus.DISPUTED if disputed else NumberStatus.GIVEN
        wrong = [row.pk for row in rows if (row.number_status == NumberStatus.DISPUTED) != disputed]
        if wrong:
            Patient.objects.filter(organisation_id=scope.organisation_id, pk__in=wrong).update(number_status=status)


def _differ(one: Patient, two: Patient) -> bool:
    names = ((one.family_name, two.family_name), (one.given_name, two.given_name))
    no_name_agrees = all(left.casefold() != right.casefold() for left, right in names if left and right)
    return (one.born_on is not None and two.born_on is not None and one.born_on != two.born_on) or no_name_agrees
