"""The SQL that turns rows of a source into rows of our table, and says what is wrong with those it cannot."""

from __future__ import annotations

from pathlib import Path

import duckdb

from linkwell.cohorts import code_lists, duck
from linkwell.cohorts.columns import MEANT_BY, Column, Table
from linkwell.cohorts.headings import Headings, plain
from linkwell.cohorts.sources import Source
from linkwell.kernel.errors import Finding, Invalid

LATER = {"discharged_at": "admitted_at", "not_ready_at": "ready_at"}
"""Times that cannot come on a day before another: a row that says so is rejected."""


def shaped(given: Source, headings: Headings, table: Table) -> str:
    """A question for the rows of one file: our columns, `file`, `line`, `key_`, `order_`, `unread`, `problem`."""
    read_from = {name: each for name, each in headings.columns.items() if name != "diagnoses"}
    raw = {name: _joined([duck.name(each) for each in together]) for name, together in read_from.items()}
    columns = [column for column in table.columns if column.kind not in {"diagnoses", "codes"}]
    values = ", ".join(f"{_value(column, raw, headings, given)} as {column.sql}" for column in columns)
    key = _key(table, headings)
    return f"""
        select {values}, {_diagnoses(given, headings)} as diagnoses_text,
          {duck.text(given.path.name)} as file, line, {key} as key_,
          {_number(headings.order)} as order_, {_unread(table, raw, headings, given)} as unread,
          {_problem(columns, raw, headings, given)} as problem
        from (select *, row_number() over () as line from ({given.sql}))
    """


def judge_twins(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Of rows given twice under one key the last is kept: a later file knows more (a stay that has ended since).

    Two trusts number alike, so twins are of one person too, and of one trust where more than one is named.
    """
    if table.key is None:
        return
    con.execute("""
        update staged set problem = 'is given again further on, and the later row was kept'
        from (
          select row_ from (
            select row_, row_number() over (
              partition by key_, person_id, case when trusts > 1 then provider end order by row_ desc) as nth
            from (select rowid as row_, key_, person_id, provider,
                    count(distinct provider) over (partition by key_, person_id) as trusts
                  from staged where problem is null and key_ in (
                    select key_ from staged where key_ is not null and problem is null
                    group by key_ having count(*) > 1)))
          where nth > 1) twins
        where staged.rowid = twins.row_
    """)


def part_namesakes(con: duckdb.DuckDBPyConnection, table: Table) -> list[Finding]:
    """Rows of several people or trusts under one number get numbers of their own, so that nobody's become another's."""
    if table.key is None:
        return []
    con.execute(f"""
        create or replace temp table namesakes as select {table.key} as shared from staged where problem is null
        group by {table.key} having min(person_id) <> max(person_id) or min(provider) <> max(provider)
    """)
    count = duck.one(con, "select count(*) from namesakes")
    if not count:
        return []
    con.execute(f"""
        update staged set {table.key} = concat_ws('-', shared, provider, person_id) from namesakes
        where {table.key} = shared and problem is null
    """)
    return [Finding(table.key, f"{count:,} {_NAMESAKES}")]


_NAMESAKES = (
    "of the numbers stand for more than one person or trust. Their rows were kept apart, each under the number, the "
    "trust and the person. A delay that gives such a number alone belongs to none of them."
)


def code_reasons(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Reasons for waiting in our own codes where we know the words; each different one is looked at once."""
    if not has_reasons(table):
        return
    said = con.execute("select distinct reason from staged where reason is not null").fetchall()
    known = [(text, code) for (text,) in said if (code := code_lists.reason_code(text)) not in (None, text)]
    if known:
        con.execute("create or replace temp table reason_codes (said varchar, code varchar)")
        con.executemany("insert into reason_codes values (?, ?)", known)
        con.execute("update staged set reason = code from reason_codes where reason = said")


def has_reasons(table: Table) -> bool:
    return table.name == "delays"


def noted_reasons(con: duckdb.DuckDBPyConnection, table: Table, rows: str) -> list[Finding]:
    """What the report says of reasons for waiting that we do not know, or that were not in use then."""
    if not has_reasons(table):
        return []
    known = ", ".join(
        f"({duck.text(each.code)}, date '{each.since or '1900-01-01'}', date '{each.until or '2100-12-31'}')"
        for each in code_lists.reasons().values()
    )
    counted = con.execute(f"""
        select code is null, count(*), count(*) filter (ready_at::date not between since and until), reason
        from ({rows}) left join (values {known}) known (code, since, until) on reason = code
        where reason is not null group by code, reason order by 2 desc, 4
    """).fetchall()
    total = sum(number for _, number, _, _ in counted)
    unknown = [(reason, number) for other, number, _, reason in counted if other]
    return code_lists.reasons_noted(total, unknown, sum(late for _, _, late, _ in counted))


def write(con: duckdb.DuckDBPyConnection, table: Table, into: Path, *, episodes: bool, mapped: bool) -> None:
    """The rows that stand, as Parquet."""
    rows = _stays() if episodes else "select * from staged where problem is null"
    has_codes = any(column.kind == "codes" for column in table.columns)
    names = ", ".join(column.sql for column in table.columns)
    if has_codes and mapped:
        rows = f"select rows_.*, diagnoses, icd10 from ({rows}) rows_ left join ({_MAPPED}) using (diagnoses_text)"
    elif has_codes:
        items = "lw_items(diagnoses_text)"
        rows = f"select *, {items} as diagnoses, lw_icd_of({items}) as icd10 from ({rows})"
    con.execute(f"copy (select {names} from ({rows})) to {duck.text(into)} (format parquet, compression zstd)")


def load_map(con: duckdb.DuckDBPyConnection, path: Path | None) -> bool:
    """The trust's own map of SNOMED CT to ICD-10 into `snomed_map`; True where there is one."""
    con.execute("create or replace temp table snomed_map (snomed varchar, icd10 varchar)")
    if path is None:
        return False
    try:
        con.execute(
            f"insert into snomed_map select trim(snomed), lw_icd(trim(icd10)) from "
            f"read_csv({duck.text(path)}, header = true, all_varchar = true)"
        )
    except duckdb.Error as wrong:
        raise Invalid({path.name: "The map needs two columns, snomed and icd10."}) from wrong
    return True


def gather_diagnoses(con: duckdb.DuckDBPyConnection) -> None:
    """All that the rows that stand tell of diagnoses into `told`, each different telling once: how often, and where."""
    con.execute("""
        create or replace temp table told as
        select diagnoses_text, count(*) as n, min(rowid) as first_row from staged
        where problem is null and diagnoses_text is not null group by diagnoses_text
    """)


def unmapped_share(con: duckdb.DuckDBPyConnection) -> float:
    """Of the SNOMED CT diagnoses loaded, the share that the trust's map does not know, 0 to 1."""
    share = duck.first(
        con,
        """
        select coalesce(sum(n) filter (where snomed is null) / sum(n), 0) from (
          select item.code as code, sum(n) as n from (
            select unnest(lw_items(diagnoses_text)) as item, n from told where contains(diagnoses_text, ':'))
          where item.system = 'SNOMED' group by all)
        left join (select distinct snomed from snomed_map where icd10 is not null) on snomed = code
    """,
    )
    return float(share)


def noted(share: float) -> list[Finding]:
    """What the report says of rows that were loaded all the same; `share` is of codes that no map knows."""
    if not share:
        return []
    return [
        Finding(
            "diagnoses", f"{share:.1%} of the SNOMED CT diagnoses are not in the trust's map, so no rule sees them."
        )
    ]


_MAPPED = """
    select diagnoses_text, any_value(items) as diagnoses,
      list_distinct(list_concat(
        any_value(lw_icd_of(items)), coalesce(list(mapped.icd10) filter (mapped.icd10 is not null), []))) as icd10
    from (select diagnoses_text, items, unnest(case when len(items) = 0 then [null] else items end) as item
          from (select distinct diagnoses_text, lw_items(diagnoses_text) as items from staged
                where problem is null and diagnoses_text is not null))
    left join snomed_map mapped on item.system = 'SNOMED' and mapped.snomed = item.code
    group by diagnoses_text
"""


def _stays() -> str:
    """Episodes of one stay as one row: its beginning from the first, its end from the last, diagnoses from all.

    Stays of two trusts under one number have been given numbers of their own by now.
    """
    first = ", ".join(f"arg_min({name}, order_) as {name}" for name in _FIRST)
    last = ", ".join(f"arg_max({name}, order_) as {name}" for name in _LAST)
    return f"""
        select spell_id, person_id, min(admitted_at) as admitted_at,
          max(discharged_at) as discharged_at, {first}, {last},
          string_agg(diagnoses_text, ';' order by order_) as diagnoses_text
        from staged where problem is null group by spell_id, person_id
    """


_FIRST = ("provider", "admission_method", "admission_source", "patient_class", "main_specialty", "treatment_function")
_LAST = ("discharge_method", "discharge_destination")


def _joined(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    day, time = parts
    return f"case when {time} is null then {day}::varchar else {day}::varchar || ' ' || {time}::varchar end"


def _type(name: str, headings: Headings, given: Source) -> str:
    read_from = headings.columns.get(name, ())
    return given.types[read_from[0]] if len(read_from) == 1 else "VARCHAR"


def _value(column: Column, raw: dict[str, str], headings: Headings, given: Source) -> str:
    if column.name not in raw:
        return _made_up(raw) if column.name == "spell_id" and headings.episode else f"null::{DUCK[column.kind]}"
    expression, kind = raw[column.name], _type(column.name, headings, given)
    if column.kind == "time":
        return f"lw_known({_moment(expression, kind)})"
    if column.kind == "yes_no":
        return expression if kind == "BOOLEAN" else f"{_yes_no(column, headings)}({expression}::varchar)"
    return _meant(column, cleaned(column, f"{expression}::varchar"), headings)


def _yes_no(column: Column, headings: Headings) -> str:
    """The macro that knows what a yes is under the heading the column was found under."""
    if column.name != "left_before_seen":
        return "lw_yes"
    return "lw_disposed" if plain(headings.columns[column.name][0]) == "aeattenddisp" else "lw_left"


def _meant(column: Column, code: str, headings: Headings) -> str:
    """A code as we mean it, where the heading it stands under means something else by it."""
    ours = MEANT_BY.get(plain(headings.columns[column.name][0]), {})
    told = " ".join(f"when {duck.text(theirs)} then {duck.text(our)}" for theirs, our in ours.items())
    return f"case {code} {told} else {code} end" if ours else code


def cleaned(column: Column, text: str) -> str:
    """A text or a code as we write it."""
    if column.name == "person_id":
        return f"lw_person({text})"
    if column.name == "category":
        return f"ltrim(lw_code({text}), '0')"
    if column.name == "accommodation":
        return f"replace(lower(lw_code({text})), ' ', '_')"
    return f"{'lw_code' if column.kind == 'code' else 'lw_text'}({text})"


def _made_up(raw: dict[str, str]) -> str:
    """A stay's number where the extract has none: the person, the trust and the day of admission tell stays apart."""
    parts = [f"{raw[name]}::varchar" for name in ("provider", "admitted_at") if name in raw]
    parts = [f"lw_person({raw['person_id']}::varchar)", *parts]
    return f"concat_ws('-', {', '.join(parts)})"


def _moment(expression: str, kind: str) -> str:
    if kind.startswith("TIMESTAMP WITH"):
        return f"({expression} at time zone 'Europe/London')"
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return f"{expression}::timestamp"
    return f"lw_parsed(lw_text({expression}::varchar))"


def _key(table: Table, headings: Headings) -> str:
    if headings.episode:
        return f"{duck.name(headings.episode)}::varchar"
    read_from = headings.columns[table.key] if table.key else ()
    return f"{_joined([duck.name(each) for each in read_from])}::varchar" if read_from else "null::varchar"


def _number(heading: str | None) -> str:
    return f"coalesce(try_cast({duck.name(heading)} as bigint), 99)" if heading else "line"


def _problem(columns: list[Column], raw: dict[str, str], headings: Headings, given: Source) -> str:
    """The first thing wrong with a row, in words that follow "this row"; null where nothing is."""
    tests = []
    for column in columns:
        if column.name not in raw:
            continue
        value, expression = _value(column, raw, headings, given), raw[column.name]
        if column.kind == "time":
            parsed = _moment(expression, _type(column.name, headings, given))
            unreadable = f"lw_unreadable({expression}::varchar, {parsed})"
            tests.append((unreadable, f"has no date we can read in {column.name}"))
        if column.kind == "text" and column.required:
            tests.append((f"lw_rounded({expression}::varchar)", f"has a number a spreadsheet rounded in {column.name}"))
        if column.required:
            tests.append((f"({value}) is null", f"has no {column.name}"))
        if column.name in LATER and LATER[column.name] in raw:
            before = next(each for each in columns if each.name == LATER[column.name])
            earlier = _value(before, raw, headings, given)
            tests.append((f"({value})::date < ({earlier})::date", f"has {column.name} before {before.name}"))
    return "case " + " ".join(f"when {test} then {duck.text(words)}" for test, words in tests) + " end"


def _unread(table: Table, raw: dict[str, str], headings: Headings, given: Source) -> str:
    """Which columns hold something that is no value of theirs: the sum of their `bit`, 0 where none does."""
    tests = []
    for column in table.columns:
        if column.name in raw and checked(column):
            value = f"({_value(column, raw, headings, given)})"
            wrong = f"{value} is null and lw_code({raw[column.name]}::varchar) <> ''"
            if column.values:
                wrong = f"{value} not in ({', '.join(map(duck.text, column.values))})"
            tests.append(f"case when {wrong} then {bit(table, column)} else 0 end")
    return " + ".join(tests) or "0"


def checked(column: Column) -> bool:
    """Whether a cell of this column can hold something that is no value of it, and its row is loaded all the same."""
    return column.kind == "yes_no" or bool(column.values)


def bit(table: Table, column: Column) -> int:
    """What stands for a column of the table in `unread`."""
    return 1 << table.columns.index(column)


def _diagnoses(given: Source, headings: Headings) -> str:
    """All diagnoses of a row as one text, whatever shape they came in; null where there is none."""
    other = [each for each in headings.columns.get("diagnoses", ()) if each not in (*headings.icd10, *headings.snomed)]
    parts = [_as_text(duck.name(each), given.types[each]) for each in other]
    parts += [_system_and_code("ICD10", each) for each in headings.icd10]
    parts += [_system_and_code("SNOMED", each) for each in headings.snomed]
    return f"nullif(concat_ws(';', {', '.join(parts)}), '')" if parts else "null::varchar"


def _system_and_code(system: str, heading: str) -> str:
    value = f"lw_code({duck.name(heading)}::varchar)"
    return f"'{system}:' || {value}"


def _as_text(expression: str, kind: str) -> str:
    if kind.startswith("STRUCT") and kind.endswith("[]"):
        item = "coalesce(each.system, '') || ':' || each.code"
        return f"array_to_string(list_transform({expression}, lambda each: {item}), ';')"
    return f"array_to_string({expression}, ';')" if kind.endswith("[]") else f"{expression}::varchar"


DUCK = {
    "text": "varchar",
    "code": "varchar",
    "time": "timestamp",
    "yes_no": "boolean",
    "diagnoses": "struct(system varchar, code varchar)[]",
    "codes": "varchar[]",
}
