"""Two ways of writing the same pandas: as its guide shows it, and with each dear step found by measuring and replaced.

A `Way` holds what differs. Everything else is by the column in both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd


@dataclass(frozen=True, slots=True)
class Way:
    """`codes`: a file to its diagnoses, one a row, indexed by the row of the file. `joined`: rows, a text column and
    the columns to group by, to the texts of each group joined by commas. `windows`: visits to person_id, day and how
    many `visits` were made in the 365 days that end with it. `several`: rows of people who have more than one.
    `among`: rows of these people.
    """

    codes: Callable[[Path], pd.Series[str]]
    joined: Callable[[pd.DataFrame, str, list[str]], pd.Series[str]]
    windows: Callable[[pd.DataFrame], pd.DataFrame]
    several: Callable[[pd.DataFrame], pd.DataFrame]
    among: Callable[[pd.DataFrame, pd.Index], pd.DataFrame]


def _codes(file: Path) -> pd.Series[str]:
    return pd.read_parquet(file, columns=["icd10"])["icd10"].explode().astype("str")


def _codes_in_arrow(file: Path) -> pd.Series[str]:
    # As Python objects lists take ten times as long to read and to spread out.
    return pd.read_parquet(file, columns=["icd10"], dtype_backend="pyarrow")["icd10"].explode()


def _joined(rows: pd.DataFrame, text: str, by: list[str]) -> pd.Series[str]:
    return rows.groupby(by)[text].agg(",".join).astype("str")


def _joined_where_several(rows: pd.DataFrame, text: str, by: list[str]) -> pd.Series[str]:
    # Most groups have one row, and nothing to join: asking Python only of the others saves most of the time.
    several = rows.duplicated(by, keep=False)
    joined = rows[several].astype({text: object}).groupby(by)[text].agg(",".join)
    return pd.concat([rows[~several].set_index(by)[text], joined]).astype("str")


def _rolling(visits: pd.DataFrame) -> pd.DataFrame:
    daily = _daily(visits).sort_values(["person_id", "day"])
    rolled = daily.groupby("person_id").rolling("365D", on="day")["visits"].sum()
    return rolled.astype("int64").reset_index()


def _paired(visits: pd.DataFrame) -> pd.DataFrame:
    # Each day beside the others of the person: a rolling window of each person takes three times as long.
    daily = _daily(visits)
    pairs = daily[["person_id", "day"]].merge(daily.rename(columns={"day": "before"}), on="person_id")
    inside = pairs[(pairs["day"] - pairs["before"]).dt.days.between(0, 364)]
    return inside.groupby(["person_id", "day"], as_index=False).agg(visits=("visits", "sum"))


def _daily(visits: pd.DataFrame) -> pd.DataFrame:
    return visits.groupby(["person_id", "day"], as_index=False).agg(visits=("attendance_id", "size"))


def _all(rows: pd.DataFrame) -> pd.DataFrame:
    return rows


def _of_several(rows: pd.DataFrame) -> pd.DataFrame:
    # Most people have one: leaving them out first makes the rest cheap.
    return rows[rows["person_id"].duplicated(keep=False)]


def _among(rows: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    return rows[rows["person_id"].isin(people)]


def _among_by_joining(rows: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    # To ask isin() of millions of texts takes ten times as long.
    return rows.merge(people.to_frame(name="person_id", index=False), on="person_id")


PLAIN = Way(_codes, _joined, _rolling, _all, _among)
TUNED = Way(_codes_in_arrow, _joined_where_several, _paired, _of_several, _among_by_joining)
