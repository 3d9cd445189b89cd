"""An activity file as DuckDB sees it: its headings, the type of each, and the rows no reader can take."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

import duckdb

from linkwell.cohorts import duck
from linkwell.cohorts.quotation import refuse_swallowed as refuse
from linkwell.kernel.errors import Invalid

LONGEST_LINE = 1_000_000
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """`sql` gives the rows; `types` are its headings in order with their DuckDB types.

    Of a text file, `readable` is the file that is read, and `mark` stands between its cells.
    """

    path: Path
    sql: str
    types: dict[str, str]
    text_file: bool
    readable: Path | None = None
    mark: str = ","


def source(con: duckdb.DuckDBPyConnection, path: Path) -> Source:
    """The file at `path`, which is Parquet or CSV. Raises Invalid where it is neither, or has no heading row."""
    if not path.is_file():
        raise Invalid({path.name: "There is no such file."})
    if path.suffix.lower() == ".parquet":
        return _parquet(con, path)
    if path.suffix.lower() in {".csv", ".txt", ".tsv"}:
        return _csv(path, _readable(con, path))
    raise Invalid({path.name: "Activity files are CSV or Parquet. Unpack or save this one as one of them."})


def unreadable(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    """Lines of the CSV file read last that are not rows: line number as DuckDB counts, and what is wrong."""
    rows = con.execute("select line, min(error_type::varchar) from reject_errors group by line order by line")
    return [(int(line), _WORDS.get(kind, "cannot be read as a row")) for line, kind in rows.fetchall()]


_WORDS = {
    "MISSING COLUMNS": "has fewer cells than the heading row",
    "TOO MANY COLUMNS": "has more cells than the heading row",
    "UNQUOTED VALUE": "has a quotation mark that is not closed",
    "LINE SIZE OVER MAXIMUM": "is too long",
    "INVALID ENCODING": "is not in the file's own alphabet",
}


def refuse_swallowed(given: Source, rows: int) -> bool:
    """Whether each of so many rows has a line of its own.

    Raises Invalid where a quotation mark that does not close has made one cell of several rows of a text file.
    """
    return given.readable is None or refuse(given.path, given.readable, given.mark, len(given.types), rows)


def _parquet(con: duckdb.DuckDBPyConnection, path: Path) -> Source:
    sql = f"select * from read_parquet({duck.text(path)})"
    try:
        rows = con.execute(f"describe {sql}").fetchall()
    except duckdb.Error as wrong:
        raise Invalid({path.name: "This is not a whole Parquet file."}) from wrong
    return Source(path, sql, {row[0]: str(row[1]) for row in rows}, text_file=False)


def _readable(con: duckdb.DuckDBPyConnection, path: Path) -> Path:
    """The file itself, or the same text in UTF-8 where it is not: DuckDB refuses the rarer signs of other alphabets."""
    encoding = _encoding(path)
    if encoding == "utf-8":
        return path
    # Beside what DuckDB itself puts aside, and gone with it.
    number, made = mkstemp(suffix=".csv", dir=duck.first(con, "select current_setting('temp_directory')"))
    with open(number, "w", encoding="utf-8", newline="") as into, path.open(encoding=encoding, newline="") as stream:
        try:
            while block := stream.read(_BLOCK):
                into.write(block)
        except UnicodeDecodeError as wrong:
            raise Invalid(
                {path.name: "This file breaks off in the middle of a sign. Save or send it again."}
            ) from wrong
    return Path(made)


def _csv(path: Path, readable: Path) -> Source:
    with readable.open(encoding="utf-8-sig", newline="") as stream:
        first = stream.readline(LONGEST_LINE)
    if not first.strip():
        raise Invalid({path.name: "The file is empty: it has no heading row."})
    mark = max([",", "\t", "|", ";"], key=first.count)
    headings = [heading.strip() or f"column {number}" for number, heading in enumerate(_cells(first, mark), start=1)]
    # As text, every one: a guess at types would lose the zeros of "01" and the digits of a long number.
    _refuse_twins(headings)
    columns = ", ".join(f"{duck.text(heading)}: 'VARCHAR'" for heading in headings)
    sql = (
        f"select * from read_csv({duck.text(readable)}, header = true, auto_detect = false, columns = {{{columns}}}, "
        f"delim = {duck.text(mark)}, quote = '\"', escape = '\"', encoding = 'utf-8', store_rejects = true, "
        f"null_padding = false, nullstr = '', max_line_size = {LONGEST_LINE})"
    )
    return Source(path, sql, dict.fromkeys(headings, "VARCHAR"), True, readable, mark)


def _cells(line: str, mark: str) -> list[str]:
    return next(csv.reader([line], delimiter=mark))


def _refuse_twins(headings: list[str]) -> None:
    """A second column of the same name would silently take the place of the first."""
    seen: set[str] = set()
    for heading in headings:
        if heading.lower() in seen:
            raise Invalid({heading: f"Two columns are called “{heading}”, so we cannot tell which is meant."})
        seen.add(heading.lower())


def _encoding(path: Path) -> str:
    """utf-8 or utf-16 where the whole file is; otherwise the Western alphabet of Windows, or of what came before it."""
    with path.open("rb") as stream:
        if stream.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-16"
    return next((each for each in ("utf-8", "cp1252") if _is_in(path, each)), "latin-1")


def _is_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
        except UnicodeDecodeError:
            return False
    return True
