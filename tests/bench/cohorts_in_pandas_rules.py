"""The eight rules with their own settings, as an analyst would write them in pandas: person_id, since, score, evidence.

Tables come as `cohorts_in_pandas_reading` gives them.
"""

from __future__ import annotations

import pandas as pd

from linkwell.cohorts.activity import CODED_FOR_DAYS
from linkwell.cohorts.rules.social_circumstances import NOWHERE_TO_LIVE
from tests.bench import cohorts_in_pandas_readmitted as readmitted
from tests.bench.cohorts_in_pandas_ways import Way

_HIT = ["person_id", "since", "score", "evidence"]


def unplanned(visits: pd.DataFrame) -> pd.DataFrame:
    """Visits that nobody planned."""
    return visits[~visits["category"].isin(["4", "X"])]


def who_came(unplanned: pd.DataFrame) -> pd.DataFrame:
    """How many `visits` each person made, and the day they last `came`, by person_id."""
    return unplanned.groupby("person_id", sort=False).agg(visits=("day", "size"), came=("day", "max"))


def coded(diagnoses: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """One row for each person, list and group: person_id, kind, grp, first_at.

    Of the last three years, but whom to speak to first, which is told however long ago it was written.
    """
    recent = diagnoses[(diagnoses["day"] >= _since(today, CODED_FOR_DAYS)) | (diagnoses["kind"] == "speak_first")]
    return recent.groupby(["person_id", "kind", "grp"], as_index=False).agg(first_at=("day", "min"))


def by_groups(way: Way, groups: pd.DataFrame) -> pd.DataFrame:
    """Rows of person_id, grp, first_at as hits."""
    people = groups.groupby("person_id").agg(since=("first_at", "min"), score=("grp", "size"))
    people["evidence"] = "groups=" + way.joined(groups.sort_values("grp"), "grp", ["person_id"])
    return people.reset_index()


def among_ae_users(way: Way, coded: pd.DataFrame, came: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Hits of one list, `coded`, among people who came to A&E in the last three years."""
    return by_groups(way, way.among(coded, came.index[came["came"] >= _since(today, CODED_FOR_DAYS)]))


def social_circumstances(way: Way, coded: pd.DataFrame, visits: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    recent = visits[visits["day"] >= _since(today, CODED_FOR_DAYS)]
    seen = {
        "lives_alone": recent[recent["lives_alone"].eq(True)],
        "no_fixed_abode": recent[recent["accommodation"].isin(NOWHERE_TO_LIVE)],
    }
    at_home = [
        rows.groupby("person_id", as_index=False).agg(first_at=("day", "min")).assign(grp=name)
        for name, rows in seen.items()
    ]
    return by_groups(way, pd.concat([coded, *at_home]))


def repeat_attendance(way: Way, unplanned: pd.DataFrame, came: pd.DataFrame) -> pd.DataFrame:
    """The fullest 365 days of each person who came five times within any; the latest of those as full."""
    often = unplanned[unplanned["person_id"].isin(came.index[came["visits"] >= 5])]
    windows = way.windows(often)
    reached = windows[windows["visits"] >= 5]
    first = reached.groupby("person_id")["day"].min()
    fullest = reached.sort_values(["person_id", "visits", "day"]).drop_duplicates("person_id", keep="last")
    inside = often.merge(fullest[["person_id", "day"]].rename(columns={"day": "until"}), on="person_id")
    inside = inside[inside["day"].between(inside["until"] - pd.Timedelta(days=364), inside["until"])]
    hits = inside.groupby("person_id").agg(
        score=("day", "size"), start=("day", "min"), last=("day", "max"), left=("left_before_seen", "sum"),
    )  # fmt: skip
    ids = way.joined(inside.sort_values("attendance_id"), "attendance_id", ["person_id"])
    left = hits["left"].astype("int64")
    seen = _evidence(visits=hits["score"], first=hits["start"], last=hits["last"], left=left, ids=ids)
    return hits.assign(since=first, evidence=seen).reset_index()[_HIT]


def emergency_readmission(way: Way, spells: pd.DataFrame, diagnoses: pd.DataFrame) -> pd.DataFrame:
    back = readmitted.readmissions(way, spells, diagnoses)
    people = back.groupby("person_id")["start"]
    back = back.assign(since=people.transform("min"), score=people.transform("size"))
    hits = back.sort_values(["person_id", "number"]).drop_duplicates("person_id", keep="last")
    seen = _evidence(
        times=hits["score"], left=hits["before_finish"], back=hits["start"], days=hits["gap"].astype("int64"),
        ids=hits["before_spell_id"] + "," + hits["spell_id"],
    )  # fmt: skip
    return hits.assign(evidence=seen)[_HIT]


def delayed_discharge(way: Way, spells: pd.DataFrame, delays: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """The last period of each stay; of its rows the one that tells its end."""
    ordered = delays.sort_values(["ready_at", "not_ready"], na_position="first")
    final = ordered.drop_duplicates("spell_id", keep="last")
    stays = spells[["spell_id", "person_id", "left"]].merge(final, on="spell_id")
    going_on = stays["not_ready"].isna() | (stays["not_ready"] >= stays["left"])
    stays["score"] = (stays["left"].fillna(today) - stays["ready"]).dt.days
    stays["live"] = stays["left"].isna()
    waited = stays[going_on & (stays["score"] >= 1)].sort_values(["person_id", "live", "ready", "spell_id"])
    hits = waited.drop_duplicates("person_id", keep="last")
    hits = hits.merge(_reasons(way, delays, hits), on=["spell_id", "ready_at"])
    seen = _evidence(
        days=hits["score"], ready=hits["ready"], now=hits["live"].map({True: "yes", False: "no"}),
        reasons=hits["reasons"], ids=hits["spell_id"],
    )  # fmt: skip
    return hits.assign(since=hits["ready"], evidence=seen)[_HIT]


def _reasons(way: Way, delays: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """What was waited for in the period that counts: spell_id, ready_at, reasons."""
    same = ["spell_id", "ready_at"]
    periods = delays[[*same, "reason"]].merge(hits[same], on=same).fillna({"reason": "not_said"})
    different = periods.drop_duplicates().sort_values("reason")
    return way.joined(different, "reason", same).rename("reasons").reset_index()


def long_stay(spells: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    stays = spells[~spells["patient_class"].isin(readmitted.NOT_A_STAY)]
    stays = stays[stays["left"].isna() | (stays["left"] >= _since(today, 30))]
    stays = stays.assign(score=(stays["left"].fillna(today) - stays["day"]).dt.days)
    long = stays[stays["score"] >= 21].sort_values(["person_id", "admitted_at", "spell_id"])
    hits = long.drop_duplicates("person_id", keep="last")
    now = hits["left"].isna().map({True: "yes", False: "no"})
    seen = _evidence(nights=hits["score"], admitted=hits["day"], now=now, ids=hits["spell_id"])
    return hits.assign(since=hits["day"] + pd.Timedelta(days=21), evidence=seen)[_HIT]


def _since(today: pd.Timestamp, days: int) -> pd.Timestamp:
    """The first of the `days` days that end with `today`."""
    return today - pd.Timedelta(days=days - 1)


def _evidence(**values: pd.Series[object]) -> pd.Series[str]:
    """`name=value` pairs joined by `;`, in the order given."""
    first, *others = (f"{name}=" + _as_text(value) for name, value in values.items())
    return first.str.cat(others, sep=";")


def _as_text(values: pd.Series[object]) -> pd.Series[str]:
    days = pd.api.types.is_datetime64_any_dtype(values)
    return (values.dt.strftime("%Y-%m-%d") if days else values).astype("str")
