"""Who was admitted again in an emergency, in pandas; stays are joined as by `linkwell.cohorts.continuous`."""

from __future__ import annotations

import pandas as pd

from tests.bench.cohorts_in_pandas_ways import Way

NOT_A_STAY = ["2", "3", "4"]
_EMERGENCY = ["21", "22", "23", "24", "25", "2A", "2D", "28"]
_HOSPITALS = ["49", "50", "51", "52", "53"]


def readmissions(way: Way, spells: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Each emergency stay that began within 30 days after another: person_id, start, spell_id, gap, before_…

    `coded` has the listed diagnoses of all spells.
    """
    stays = spells[~spells["patient_class"].isin(NOT_A_STAY)]
    pairs = _with_the_one_before(_joined(way.several(stays)))
    back = pairs[pairs["gap"].between(0, 29) & pairs["method"].isin(_EMERGENCY) & pairs["before_died"].eq(False)]
    back = back[back["before_obstetric"].eq(False) & ~back["obstetric"]]
    return back[~_excluded(back, coded)]


def _joined(stays: pd.DataFrame) -> pd.DataFrame:
    """Continuous stays in order: person_id, number, start, finish, method, spell_id, died, obstetric."""
    ordered = stays.sort_values(["person_id", "admitted_at", "spell_id"])
    ordered = ordered.assign(
        number=(~_same_stay(ordered)).groupby(ordered["person_id"]).cumsum(),
        died=ordered["discharge_method"].isin(["4", "5"]) | (ordered["discharge_destination"] == "79"),
        obstetric=ordered["main_specialty"].isin(["501", "560", "610"]),
        # The method is the first spell's, even where that has none.
        admission_method=ordered["admission_method"].fillna(""),
    )
    joined = ordered.groupby(["person_id", "number"], as_index=False).agg(
        start=("day", "min"), finish=("left", "max"), method=("admission_method", "first"),
        spell_id=("spell_id", "first"), died=("died", "max"), obstetric=("obstetric", "max"),
        ended=("left", "count"), spells=("left", "size"),
    )  # fmt: skip
    return joined.assign(finish=joined["finish"].where(joined["ended"] == joined["spells"]))


def _same_stay(ordered: pd.DataFrame) -> pd.Series[bool]:
    before = ordered.groupby("person_id")[["left", "discharge_destination"]].shift()
    gap = (ordered["day"] - before["left"]).dt.days
    sent_to, source, method = before["discharge_destination"], ordered["admission_source"], ordered["admission_method"]
    moved = sent_to.isin([*_HOSPITALS, "84"]) | source.isin([*_HOSPITALS, "87"]) | method.isin(["2B", "81"])
    return gap.between(0, 2) & moved & ~((sent_to == "19") & (source == "51") & (method == "21"))


def _with_the_one_before(joined: pd.DataFrame) -> pd.DataFrame:
    before = joined.groupby("person_id")[["start", "finish", "spell_id", "died", "obstetric"]].shift()
    pairs = joined.join(before.add_prefix("before_"))
    return pairs.assign(gap=(pairs["start"] - pairs["before_finish"]).dt.days)


def _excluded(back: pd.DataFrame, coded: pd.DataFrame) -> pd.Series[bool]:
    """Whether cancer was recorded in the year before or the stay before, or obstetrics in either stay."""
    codes = coded.loc[coded["kind"].isin(["cancer", "obstetric"]), ["person_id", "day", "kind"]]
    both = back.reset_index().merge(codes, on="person_id")
    cancer = both["kind"] == "cancer"
    since = both["before_start"].where(~cancer, both["before_start"] - pd.Timedelta(days=365))
    until = both["before_finish"].where(cancer, both["start"])
    return back.index.to_series().isin(both.loc[both["day"].between(since, until), "index"])
