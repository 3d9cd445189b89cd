"""First against last of the same people, worked out by the paired design of `evaluation`. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import numpy as np
import pyarrow as pa

from linkwell.evaluation.paired import study
from linkwell.evaluation.paired.change import Better
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Table
from linkwell.measures.pack import Pack, Score
from linkwell.measures.scoring import scale
from linkwell.outcomes.details import ScoreResult

# Of one person the value on each day; the last of a day counts.
Values = Mapping[UUID, Mapping[dt.date, float]]


def of_score(pack: Pack, one: Score, values: Values) -> ScoreResult:
    """The result of one score; with the reason in plain words where too little is there to say anything."""
    low, high = scale(pack, one)
    paired = sum(len(days) > 1 for days in values.values())
    bare = ScoreResult(one.words, one.better == "higher", low, high, people=len(values), paired=paired)
    if not values:
        return replace(bare, refused="Nobody has answered this yet.")
    try:
        return _worked_out(bare, _table(values))
    except Refused as refused:
        return replace(bare, refused=str(refused))


def _worked_out(bare: ScoreResult, table: Table) -> ScoreResult:
    better = Better.HIGHER if bare.higher_is_better else Better.LOWER
    asked = study.Asked("person", "when", "score", better=better)
    found, people = study.study(table, asked)
    others = people.first[~people.paired]
    return replace(
        bare,
        first=found.mean_first,
        last=found.mean_last,
        change=(found.change.value, found.change.low, found.change.high),
        better=found.any_way.improved.count,
        same=found.any_way.unchanged.count,
        worse=found.any_way.worse.count,
        first_of_others=float(np.mean(others)) if len(others) else None,
    )


def _table(values: Values) -> Table:
    rows = [(str(person), day, value) for person, days in values.items() for day, value in days.items()]
    people, days, scores = zip(*rows, strict=True) if rows else ((), (), ())
    return Table(
        pa.table(
            {
                "person": pa.array(people, pa.string()),
                "when": pa.array([day.isoformat() for day in days], pa.string()),
                "score": pa.array(scores, pa.float64()),
            }
        )
    )
