"""The same answers as our rules give, by pandas: files in, one Parquet file of each rule out, row for row the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pandas as pd

from linkwell.cohorts import duck
from tests.bench import cohorts_in_pandas_reading as reading
from tests.bench import cohorts_in_pandas_rules as rules
from tests.bench.cohorts_in_pandas_ways import Way

_KINDS = ("long_term", "mild_mental", "social", "carer", "speak_first")


def answers(folder: Path, as_of: dt.date, out: Path, way: Way) -> dict[str, int]:
    """Read and check the activity in `folder`, write `<rule>.parquet` of each rule into `out`; how many people each.

    Raises ValueError for a file in which something is wrong.
    """
    out.mkdir(parents=True, exist_ok=True)
    visits, spells = reading.visits(folder, as_of), reading.spells(folder, as_of)
    delays, today = reading.delays(folder, as_of), pd.Timestamp(as_of)
    in_visits, in_spells = (
        reading.diagnoses(way, folder, name, rows) for name, rows in (("attendances", visits), ("spells", spells))
    )
    unplanned = rules.unplanned(visits)
    came = rules.who_came(unplanned)
    coded = rules.coded(pd.concat([in_visits, in_spells]), today)
    of_kind = {kind: coded[coded["kind"] == kind] for kind in _KINDS}
    found = {
        "repeat_attendance": rules.repeat_attendance(way, unplanned, came),
        "emergency_readmission": rules.emergency_readmission(way, spells, in_spells),
        "delayed_discharge": rules.delayed_discharge(way, spells, delays, today),
        "long_term_condition": rules.among_ae_users(way, of_kind["long_term"], came, today),
        "mild_mental_ill_health": rules.among_ae_users(way, of_kind["mild_mental"], came, today),
        "social_circumstances": rules.social_circumstances(way, of_kind["social"], visits, today),
        "long_stay": rules.long_stay(spells, today),
        "carer_strain": rules.by_groups(way, of_kind["carer"]),
    }
    first = of_kind["speak_first"]
    return {rule: _write(rule, hits, first["person_id"], out) for rule, hits in found.items()}


def _write(rule: str, hits: pd.DataFrame, first: pd.Series[str], out: Path) -> int:
    """One answer in the order of person_id; `first` is whose team to speak to first."""
    hits = hits.sort_values("person_id")
    careful = hits["evidence"] + ";speak_first=yes"
    answer = pd.DataFrame({
        "person_id": hits["person_id"],
        "rule": rule,
        "since": hits["since"].astype("date32[day][pyarrow]"),
        "score": hits["score"].astype("int64"),
        "evidence": hits["evidence"].mask(hits["person_id"].isin(first), careful),
    })  # fmt: skip
    answer.to_parquet(out / f"{rule}.parquet", index=False, compression="zstd")
    return len(answer)


def differing(ours: Path, theirs: Path, rules: Iterable[str]) -> list[str]:
    """Rules whose answers in the two folders are not the same rows of the same types."""
    with duckdb.connect() as con:
        return [rule for rule in rules if not _same(con, ours / f"{rule}.parquet", theirs / f"{rule}.parquet")]


def _same(con: duckdb.DuckDBPyConnection, one: Path, other: Path) -> bool:
    rows = [f"from read_parquet({duck.text(path)})" for path in (one, other)]
    types = [con.execute(f"describe {each}").fetchall() for each in rows]
    if types[0] != types[1]:
        return False
    pairs = (rows, rows[::-1])
    return not any(duck.one(con, f"select count(*) from ({first} except all {second})") for first, second in pairs)
