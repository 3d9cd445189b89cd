"""The rules as somebody would write them by hand in SQL for DuckDB: how many people each finds."""

from __future__ import annotations

import duckdb
import pandas as pd

from linkwell.cohorts.engines import code_rows
from linkwell.cohorts.rules.social_circumstances import NOWHERE_TO_LIVE

_EMERGENCY = ("21", "22", "23", "24", "25", "2A", "2D", "28")
_SQL = {
    "repeat_attendance": """
        select count(distinct person_id) from (
          select person_id, arrived_at::date
            - lag(arrived_at::date, 4) over (partition by person_id order by arrived_at) as span from attendances
          where coalesce(category, '') not in ('4', 'X') and person_id in (
            select person_id from attendances where coalesce(category, '') not in ('4', 'X')
            group by 1 having count(*) >= 5))
        where span < 365""",
    "emergency_readmission": """
        with spell as (
          select *, admitted_at::date - lag(discharged_at::date) over w as gap,
            lag(discharge_destination) over w as sent_to
          from spells where coalesce(patient_class, '') not in ('2', '3', '4')
            and person_id in (select person_id from spells where coalesce(patient_class, '') not in ('2', '3', '4')
                              group by 1 having count(*) > 1)
          window w as (partition by person_id order by admitted_at, spell_id)),
        marked as (
          select *, case when gap between 0 and 2 and (sent_to in ('49','50','51','52','53','84')
              or admission_source in ('49','50','51','52','53','87') or admission_method in ('2B','81'))
              and not coalesce(sent_to = '19' and admission_source = '51' and admission_method = '21', false)
              then 0 else 1 end as new
          from spell),
        numbered as (select *, sum(new) over (partition by person_id order by admitted_at, spell_id) as n from marked),
        stay as (
          select person_id, n, min(admitted_at)::date as a, case when count(discharged_at) = count(*)
              then max(discharged_at)::date end as d, max(admission_method) filter (new = 1) as m,
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
          and person_id in (select person_id from attendances where coalesce(category, '') not in ('4', 'X')
            and arrived_at::date > date '{day}' - 1095)""",
    "mild_mental_ill_health": """
        select count(distinct person_id) from coded where kind = 'mild_mental'
          and person_id in (select person_id from attendances where coalesce(category, '') not in ('4', 'X')
            and arrived_at::date > date '{day}' - 1095)""",
    "social_circumstances": """
        select count(distinct person_id) from (select person_id from coded where kind = 'social' union all
          select person_id from attendances where (lives_alone or accommodation in {nowhere})
            and arrived_at::date > date '{day}' - 1095)""",
    "long_stay": """
        select count(distinct person_id) from spells where coalesce(patient_class, '') not in ('2', '3', '4')
          and coalesce(discharged_at::date, date '{day}') - admitted_at::date >= 21
          and (discharged_at is null or discharged_at::date >= date '{day}' - 29)""",
    "carer_strain": "select count(distinct person_id) from coded where kind = 'carer'",
}


def in_sql(con: duckdb.DuckDBPyConnection, day: str) -> dict[str, int]:
    """Each rule as one statement; what several read is made once, as the rules do."""
    lists = pd.DataFrame(code_rows(), columns=["kind", "grp", "code", "bit"])
    con.register("lists", lists)
    con.execute(f"""
        create temp table coded as select distinct person_id, kind, grp from (
          select person_id, unnest(icd10) as code from attendances where arrived_at::date > date '{day}' - 1095
          union all select person_id, unnest(icd10) from spells where admitted_at::date > date '{day}' - 1095)
        join lists using (code) where kind not in ('cancer', 'obstetric')""")
    return {
        name: int(con.execute(sql.format(day=day, emergency=_EMERGENCY, nowhere=NOWHERE_TO_LIVE)).fetchall()[0][0])
        for name, sql in _SQL.items()
    }
