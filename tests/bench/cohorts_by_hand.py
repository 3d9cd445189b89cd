"""The rules as somebody would write them for one engine by hand: SQL for DuckDB, and pandas. Counts of people."""

from __future__ import annotations

import duckdb
import pandas as pd

from linkwell.cohorts.engines import code_rows

_EMERGENCY = ("21", "22", "23", "24", "25", "2A", "2D", "28")
_SQL = {
    "repeat_attendance": """
        select count(distinct person_id) from (
          select person_id, arrived_at::date
            - lag(arrived_at::date, 4) over (partition by person_id order by arrived_at) as span from attendances
          where category not in ('4', 'X') and person_id in (
            select person_id from attendances where category not in ('4', 'X') group by 1 having count(*) >= 5))
        where span < 365""",
    "emergency_readmission": """
        with spell as (
          select *, admitted_at::date - lag(discharged_at::date) over w as gap,
            lag(discharge_destination) over w as sent_to from spells where patient_class not in ('2', '3', '4')
            and person_id in (select person_id from spells where patient_class not in ('2', '3', '4')
                              group by 1 having count(*) > 1)
          window w as (partition by person_id order by admitted_at, spell_id)),
        marked as (
          select *, case when gap between 0 and 2 and (sent_to in ('49','50','51','52','53','84')
              or admission_source in ('49','50','51','52','53','87') or admission_method in ('2B','81'))
              and not (sent_to = '19' and admission_source = '51' and admission_method = '21') then 0 else 1 end as new
          from spell),
        numbered as (select *, sum(new) over (partition by person_id order by admitted_at, spell_id) as n from marked),
        stay as (
          select person_id, n, min(admitted_at)::date as a, case when count(discharged_at) = count(*)
              then max(discharged_at)::date end as d, arg_min(admission_method, admitted_at) as m,
            bool_or(discharge_method in ('4','5') or discharge_destination = '79') as died,
            bool_or(main_specialty in ('501','560','610')) as obs from numbered group by 1, 2),
        pair as (select *, lag(d) over w as ld, lag(a) over w as la, lag(died) over w as ldied, lag(obs) over w as lobs
          from stay window w as (partition by person_id order by n)),
        back as (select * from pair where a - ld between 0 and 29 and m in {emergency}
          and not coalesce(ldied, false) and not coalesce(lobs, false) and not coalesce(obs, false)),
        code as (select person_id, admitted_at::date as day, kind from (
            select person_id, admitted_at, unnest(icd10) as code from spells
            where person_id in (select person_id from back)) join lists using (code)
          where kind in ('cancer', 'obstetric'))
        select count(distinct person_id) from back where not exists (select 1 from code
          where code.person_id = back.person_id and (kind = 'cancer' and day between la - 365 and ld
            or kind = 'obstetric' and day between la and a))""",
    "delayed_discharge": """
        select count(distinct person_id) from spells join (
            select spell_id, max(ready_at)::date as ready, arg_max_null(not_ready_at, ready_at)::date as nr
            from delays group by 1) using (spell_id)
        where (nr is null or nr >= discharged_at::date)
          and coalesce(discharged_at::date, date '{day}') - ready >= 1""",
    "long_term_condition": """
        select count(distinct person_id) from coded where kind = 'long_term'
          and person_id in (select person_id from attendances where category not in ('4', 'X'))""",
    "mild_mental_ill_health": """
        select count(distinct person_id) from coded where kind = 'mild_mental'
          and person_id in (select person_id from attendances where category not in ('4', 'X'))""",
    "social_circumstances": """
        select count(distinct person_id) from (select person_id from coded where kind = 'social' union all
          select person_id from attendances where lives_alone or accommodation = 'no_fixed_abode')""",
    "long_stay": """
        select count(distinct person_id) from spells where patient_class not in ('2', '3', '4')
          and coalesce(discharged_at::date, date '{day}') - admitted_at::date >= 21
          and (discharged_at is null or discharged_at::date >= date '{day}' - 29)""",
    "carer_strain": "select count(distinct person_id) from coded where kind = 'carer'",
}


def in_sql(con: duckdb.DuckDBPyConnection, day: str) -> dict[str, int]:
    """Each rule as one statement; what several read is made once, as the rules do."""
    lists = pd.DataFrame(code_rows(), columns=["kind", "grp", "code"])
    con.register("lists", lists)
    con.execute("""
        create temp table coded as select distinct person_id, kind, grp from (
          select person_id, unnest(icd10) as code from attendances
          union all select person_id, unnest(icd10) from spells) join lists using (code)
        where kind not in ('cancer', 'obstetric')""")
    return {
        name: int(con.execute(sql.format(day=day, emergency=_EMERGENCY)).fetchall()[0][0]) for name, sql in _SQL.items()
    }


def in_pandas(tables: dict[str, pd.DataFrame], day: pd.Timestamp) -> dict[str, int]:
    """The rules as an analyst would write them in pandas."""
    visits, spells, delays = tables["attendances"], tables["spells"], tables["delays"]
    visits = visits[~visits["category"].isin(["4", "X"])]
    coded = _coded(visits, spells)
    users = set(visits["person_id"])
    alone = visits[(visits["lives_alone"] == True) | (visits["accommodation"] == "no_fixed_abode")]  # noqa: E712
    stays = spells[~spells["patient_class"].isin(["2", "3", "4"])]
    nights = (stays["discharged_at"].fillna(day).dt.normalize() - stays["admitted_at"].dt.normalize()).dt.days
    recent = stays["discharged_at"].isna() | (stays["discharged_at"].dt.normalize() >= day - pd.Timedelta(days=29))
    return {
        "repeat_attendance": _often(visits),
        "emergency_readmission": _back(stays, spells),
        "delayed_discharge": _waited(spells, delays, day),
        "long_term_condition": len(users & coded["long_term"]),
        "mild_mental_ill_health": len(users & coded["mild_mental"]),
        "social_circumstances": len(coded["social"] | set(alone["person_id"])),
        "long_stay": stays[(nights >= 21) & recent]["person_id"].nunique(),
        "carer_strain": len(coded["carer"]),
    }


def _often(visits: pd.DataFrame) -> int:
    ordered = visits.sort_values(["person_id", "arrived_at"])
    days = ordered["arrived_at"].dt.normalize()
    span = (days - days.groupby(ordered["person_id"]).shift(4)).dt.days
    return int(ordered[span < 365]["person_id"].nunique())


_HOSPITALS = ["49", "50", "51", "52", "53"]


def _back(stays: pd.DataFrame, spells: pd.DataFrame) -> int:
    ordered = stays.sort_values(["person_id", "admitted_at", "spell_id"])
    joined = ordered.assign(
        start=ordered["admitted_at"].dt.normalize(),
        end=ordered["discharged_at"].dt.normalize(),
        died=ordered["discharge_method"].isin(["4", "5"]) | (ordered["discharge_destination"] == "79"),
        obstetric=ordered["main_specialty"].isin(["501", "560", "610"]),
    )
    joined["number"] = (~_same_stay(joined)).groupby(joined["person_id"]).cumsum()
    one = joined.groupby(["person_id", "number"], sort=True)
    whole = one.agg(
        start=("start", "min"), end=("end", "max"), method=("admission_method", "first"), died=("died", "max"),
        obstetric=("obstetric", "max"), left=("end", "count"), spells=("start", "size"),
    ).reset_index()  # fmt: skip
    whole["end"] = whole["end"].where(whole["left"] == whole["spells"])
    before = whole.groupby("person_id")[["start", "end", "died", "obstetric"]].shift().add_prefix("before_")
    pairs = pd.concat([whole, before], axis=1)
    gap = (pairs["start"] - pairs["before_end"]).dt.days
    kept = gap.between(0, 29) & pairs["method"].isin(_EMERGENCY) & ~pairs["obstetric"]
    back = pairs[kept & (pairs["before_died"] == False) & (pairs["before_obstetric"] == False)]  # noqa: E712
    return int(back[~_excluded(back, spells)]["person_id"].nunique())


def _same_stay(spells: pd.DataFrame) -> pd.Series[bool]:
    person = spells["person_id"]
    gap = (spells["start"] - spells.groupby(person)["end"].shift()).dt.days
    sent_to = spells.groupby(person)["discharge_destination"].shift()
    source, method = spells["admission_source"], spells["admission_method"]
    moved = sent_to.isin([*_HOSPITALS, "84"]) | source.isin([*_HOSPITALS, "87"]) | method.isin(["2B", "81"])
    return gap.between(0, 2) & moved & ~((sent_to == "19") & (source == "51") & (method == "21"))


def _excluded(back: pd.DataFrame, spells: pd.DataFrame) -> pd.Series[bool]:
    lists = pd.DataFrame(code_rows(), columns=["kind", "grp", "icd10"])
    theirs = spells[spells["person_id"].isin(back["person_id"])][["person_id", "admitted_at", "icd10"]]
    coded = theirs.explode("icd10").merge(lists[lists["kind"].isin(["cancer", "obstetric"])], on="icd10")
    coded["day"] = coded["admitted_at"].dt.normalize()
    both = back.reset_index().merge(coded, on="person_id")
    since = both["before_start"] - pd.to_timedelta((both["kind"] == "cancer") * 365, unit="D")
    until = both["before_end"].where(both["kind"] == "cancer", both["start"])
    return back.index.to_series().isin(both[both["day"].between(since, until)]["index"])


def _waited(spells: pd.DataFrame, delays: pd.DataFrame, day: pd.Timestamp) -> int:
    final = delays.sort_values("ready_at").groupby("spell_id").tail(1)
    stays = spells.merge(final, on="spell_id")
    left = stays["discharged_at"].dt.normalize()
    going_on = stays["not_ready_at"].isna() | (stays["not_ready_at"].dt.normalize() >= left)
    waited = (left.fillna(day) - stays["ready_at"].dt.normalize()).dt.days
    return int(stays[going_on & (waited >= 1)]["person_id"].nunique())


def _coded(visits: pd.DataFrame, spells: pd.DataFrame) -> dict[str, set[str]]:
    rows = pd.concat([visits[["person_id", "icd10"]], spells[["person_id", "icd10"]]]).explode("icd10")
    lists = pd.DataFrame(code_rows(), columns=["kind", "grp", "icd10"])
    found = rows.merge(lists, on="icd10")
    return {str(kind): set(people["person_id"]) for kind, people in found.groupby("kind")}
