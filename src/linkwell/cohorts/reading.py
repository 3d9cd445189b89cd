"""Activity files into our own tables: every row is loaded or rejected with a reason, and the two add up.

Reads CSV and Parquet with the names of HES, of ECDS, of a saved mapping, or our own. Works by the column in DuckDB,
from disk: memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from linkwell.cohorts import duck, in_place, lines, shaping, sources, unread
from linkwell.cohorts.columns import Table
from linkwell.cohorts.headings import found
from linkwell.kernel.errors import Finding, Invalid

SHOWN = 20
"""How many rows of each trouble a report names; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading. `rows_in` = `loaded` + `rejected`; `written` is the rows of the table that was made.

    `written` is fewer than `loaded` only where rows are episodes and several make one stay. `rows` is SQL that gives
    them.
    """

    table: str
    rows: str
    rows_in: int
    loaded: int
    rejected: int
    written: int
    findings: tuple[Finding, ...] = ()
    unmapped: float = 0.0
    reasons: Mapping[str, int] = field(default_factory=dict)

    def without(self, number: int, why: str) -> Reading:
        """The same, with so many more of its rows rejected. Which they are is not said."""
        return replace(
            self,
            loaded=self.loaded - number,
            rejected=self.rejected + number,
            written=self.written - number,
            findings=(*self.findings, Finding("", f"{number:,} rows: this row {why}.")),
            reasons={**self.reasons, why: number},
        )

    @property
    def words(self) -> str:
        """One line for a person: what was in the file and what became of it."""
        made = f", {self.written:,} stays made of them" if self.written != self.loaded else ""
        return f"{self.rows_in:,} rows = {self.loaded:,} loaded + {self.rejected:,} rejected{made}."


def read(
    con: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    table: Table,
    into: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    snomed: Path | None = None,
    copy: bool = True,
) -> Reading:
    """Read files of one kind into one Parquet file of our own columns.

    `mapping`: our column to the file's heading. `snomed`: the trust's own map, CSV of `snomed,icd10`. Without `copy` a
    Parquet file that needs no change is used where it lies. Raises Invalid for a file that cannot be understood at all;
    a row that cannot be is a finding.
    """
    if len(paths) == 1 and not mapping and snomed is None:
        lies = in_place.as_it_lies(con, paths[0], table)
        if lies is not None:
            return _taken(con, table, lies, into if copy else None)
    mapped = shaping.load_map(con, snomed)
    con.execute(
        "create or replace temp table staged_findings (file varchar, row_ bigint, words varchar, row_before bigint)"
    )
    con.execute("drop table if exists staged")
    episodes, uneven = False, dict[str, sources.Source]()
    for path in paths:
        episodes = _stage(con, path, table, mapping, uneven) or episodes
    return _settled(con, table, into, uneven, episodes=episodes, mapped=mapped)


def _taken(con: duckdb.DuckDBPyConnection, table: Table, lies: in_place.Found, into: Path | None) -> Reading:
    """A file that needs no change: used as it is, or copied to `into`."""
    rows = lies.rows
    if into is not None:
        con.execute(f"copy ({lies.rows}) to {duck.text(into)} (format parquet, compression zstd)")
        rows = duck.rows(into)
    unmapped = 1.0 if lies.snomed else 0.0
    noted = (*shaping.noted(unmapped), *shaping.noted_reasons(con, table, rows))
    return Reading(table.name, rows, lies.count, lies.count, 0, lies.count, noted, unmapped)


def _stage(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    table: Table,
    mapping: Mapping[str, str] | None,
    uneven: dict[str, sources.Source],
) -> bool:
    """The rows of one file into `staged`, each with what is wrong with it; True where they are episodes.

    Into `uneven` goes a file with more lines than rows.
    """
    given = sources.source(con, path)
    headings = found(list(given.types), table, mapping)
    if given.text_file:
        con.execute("drop table if exists reject_errors; drop table if exists reject_scans")
    shaped = shaping.shaped(given, headings, table)
    known = duck.one(con, "select count(*) from duckdb_tables() where table_name = 'staged'")
    before = duck.one(con, "select count(*) from staged") if known else 0
    try:
        con.execute(f"{'insert into staged' if known else 'create temp table staged as'} {shaped}")
    except duckdb.Error as wrong:
        sources.refuse_swallowed(given, 0)
        raise Invalid({path.name: f"This file cannot be read: {_plain(wrong)}"}) from wrong
    if given.text_file:
        broken = sources.unreadable(con)
        rows = duck.one(con, "select count(*) from staged") - before + len(broken)
        if not sources.refuse_swallowed(given, rows):
            uneven[path.name] = given
        _note_broken(con, given, broken, even=path.name not in uneven)
    return headings.episode is not None


def _note_broken(
    con: duckdb.DuckDBPyConnection, given: sources.Source, broken: list[tuple[int, str]], *, even: bool
) -> None:
    """Rows that cannot be taken at all into `staged_findings`, each with the row of `staged` that comes next."""
    rows = {line: line - 1 for line, _ in broken} if even else lines.rows_at(given, [line for line, _ in broken])
    at = [rows[line] for line, _ in broken]
    following = [row - above for above, row in enumerate(at)]
    con.execute(
        "insert into staged_findings select ?, unnest(?::bigint[]), unnest(?::varchar[]), unnest(?::bigint[])",
        [given.path.name, at, [words for _, words in broken], following],
    )


def _settled(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    into: Path,
    uneven: Mapping[str, sources.Source],
    *,
    episodes: bool,
    mapped: bool,
) -> Reading:
    shaping.judge_twins(con, table)
    parted = shaping.part_namesakes(con, table)
    shaping.code_reasons(con, table)
    staged = duck.one(con, "select count(*) from staged")
    broken = duck.one(con, "select count(*) from staged_findings")
    loaded = duck.one(con, "select count(*) from staged where problem is null")
    rejected = duck.one(con, "select count(*) from staged where problem is not null") + broken
    if staged + broken != loaded + rejected:
        raise Invalid({table.name: "The rows read do not add up, so nothing was loaded."})
    into.parent.mkdir(parents=True, exist_ok=True)
    shaping.write(con, table, into, episodes=episodes, mapped=mapped)
    shaping.gather_diagnoses(con)
    written = duck.one(con, f"select count(*) from read_parquet({duck.text(into)})")
    if not episodes and written != loaded:
        raise Invalid({table.name: "The rows written are not the rows loaded, so the file was not taken."})
    reasons, share = dict(con.execute(_REASONS).fetchall()), shaping.unmapped_share(con)
    noted = (*unread.noted(con, table, uneven), *shaping.noted(share), *parted)
    findings = (*_findings(con, reasons, uneven), *noted, *shaping.noted_reasons(con, table, duck.rows(into)))
    return Reading(
        table.name, duck.rows(into), staged + broken, loaded, rejected, written, findings, share, reasons
    )  # fmt: skip


_REASONS = """
    select words, count(*) from (
      select problem as words from staged where problem is not null union all select words from staged_findings
    ) group by words order by words
"""
_ROWS = f"""
    select file, row_, words from (
      select file, words, {lines.ROW} as row_
      from (select file, line, problem as words from staged where problem is not null) rows_
      union all select file, words, row_ from staged_findings
    ) qualify row_number() over (partition by words order by file, row_) <= ? order by file, row_
"""


def _findings(
    con: duckdb.DuckDBPyConnection, reasons: Mapping[str, int], uneven: Mapping[str, sources.Source]
) -> tuple[Finding, ...]:
    shown = con.execute(_ROWS, [SHOWN]).fetchall()
    line = lines.lines_of({(file, row) for file, row, _ in shown}, uneven)
    rejected = [Finding(f"{file}, line {line[file, row]}", f"This row {words}.") for file, row, words in shown]
    more = [
        Finding("", f"{count - SHOWN:,} more rows: this row {words}.")
        for words, count in reasons.items()
        if count > SHOWN
    ]
    return (*rejected, *more)


def _plain(wrong: duckdb.Error) -> str:
    return str(wrong).splitlines()[0][:200]
