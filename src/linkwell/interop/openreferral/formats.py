"""Which layout a feed has, and its records: JSON of the standard, its tables, or a table made by hand."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from linkwell.interop.openreferral import columns, rows, tables, tabular
from linkwell.interop.openreferral.columns import ORGANISATIONS, PLACES, SERVICES, Columns
from linkwell.interop.openreferral.errors import FeedStopped
from linkwell.interop.openreferral.stream import Page, records
from linkwell.interop.openreferral.tabular import Tables
from linkwell.kernel.limits import Readable, chunks

ORUK, HSDS, CSV = "oruk", "hsds", "csv"
FORMATS = (ORUK, HSDS, CSV)
LARGEST_UNPACKED = 1_000_000_000
MOST_GROWTH = 200
MOST_FILES = 100
_IN_MEMORY = 1_000_000
_START = 64 * 1024
_ROWS_LOOKED_AT = 100
_ZIP = b"PK\x03\x04"
_STARTS = {"organi": ORGANISATIONS, "location": PLACES, "place": PLACES, "venue": PLACES}
_NOT_MAPPED = (
    "We cannot tell which column is the name. Say it with `linkwell directory mapping`, or on the page of this feed."
)


@dataclass
class Plan:
    """What is known of a feed before it is read, and what reading found out: `headings` by table, `columns` used."""

    format: str = ""
    columns: Columns | None = None
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)


def values_at(path: Path, plan: Plan) -> Iterator[Any]:
    """The records of a file or of a folder of tables. Raises FeedStopped."""
    if path.is_dir():
        yield from _of_tables(_Folder(path), "", plan)
        return
    with path.open("rb") as file:
        start = file.read(_START)
        file.seek(0)
        if not start.startswith(_ZIP) and _is_table(start, plan):
            yield from _of_tables(_Folder(path.parent), path.stem.lower(), plan)
        else:
            yield from values_of([file], plan)


def values_of(pages: Iterable[Readable], plan: Plan) -> Iterator[Any]:
    """The records of a feed given as one file, or as the pages of an interface. Raises FeedStopped."""
    for page in pages:
        start = page.read(_START)
        whole = _Rejoined(start, page)
        if start.startswith(_ZIP):
            yield from _of_archive(whole, plan)
        elif _is_table(start, plan):
            with _seekable(whole) as file:
                yield from _of_tables(_Single(file), SERVICES, plan)
        else:
            yield from _of_json(whole, plan)


def _is_table(start: bytes, plan: Plan) -> bool:
    """JSON begins with a bracket; a table with headings we know, or we were told that it is one."""
    begins = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begins in (b"{", b"[", b"<", b"") or plan.format in (ORUK, HSDS):
        return begins not in (b"{", b"[", b"<", b"") and b"," in start.split(b"\n", 1)[0]
    if plan.format == CSV:
        return True
    line = start.split(b"\n", 1)[0]
    separators = line.count(b",") + line.count(b";") + line.count(b"\t")
    return separators > 0 and b"\x00" not in line and "name" in columns.guess(SERVICES, _cells(line))


def _cells(line: bytes) -> list[str]:
    text = line.decode("utf-8", "replace")
    separator = max((",", ";", "\t"), key=text.count)
    return [cell.strip('" \r\ufeff') for cell in text.split(separator)]


def _of_json(source: Readable, plan: Plan) -> Iterator[Any]:
    found = records(source, Page())
    if plan.format in (ORUK, HSDS):
        yield from found
        return
    first: list[Any] = []
    stopped = _look_at(found, first)
    whole = chain(first, found if stopped is None else _stop(stopped))
    if not _needs_columns(first, plan):
        yield from whole
        return
    flattened = (rows.flat(each) if isinstance(each, Mapping) else {} for each in whole)
    yield from rows.services(flattened, cast(Columns, plan.columns), {}, {})


def _look_at(found: Iterator[Any], first: list[Any]) -> FeedStopped | None:
    """The first records, and what stopped the feed if it broke off among them."""
    try:
        first.extend(islice(found, _ROWS_LOOKED_AT))
    except FeedStopped as trouble:
        return trouble
    return None


def _stop(trouble: FeedStopped) -> Iterator[Any]:
    yield from ()
    raise trouble


def _needs_columns(first: list[Any], plan: Plan) -> bool:
    """A list of JSON objects that are no services of the standard is a table made by hand, if it has names."""
    objects = [each for each in first if isinstance(each, Mapping)]
    if not objects or (plan.format != CSV and ("id" in objects[0] or "service" in objects[0])):
        return False
    headings = tuple(dict.fromkeys(heading for each in objects for heading in rows.flat(each)))
    guessed = plan.columns or Columns({SERVICES: columns.guess(SERVICES, headings)})
    if not {"id", "name"} <= guessed.of(SERVICES).keys():
        return False
    plan.headings, plan.columns = {SERVICES: headings}, guessed
    return True


def _of_tables(files: Tables, name: str, plan: Plan) -> Iterator[Any]:
    name = name or _table_of_services(files.names())
    with files.open(name) as file:
        plan.headings = {SERVICES: tables.headings(file)}
    if plan.columns is None and tabular.is_tabular(plan.headings[SERVICES], files.names()):
        yield from tabular.services(files, name)
        return
    others = _other_tables(files, name, plan)
    columns_used = plan.columns = plan.columns or Columns(
        {table: columns.guess(table, headings) for table, headings in plan.headings.items()}
    )
    if not columns_used.is_enough:
        raise FeedStopped(_NOT_MAPPED)
    known = {table: rows.by_name(table, columns_used, _closing(files.open(each))) for table, each in others.items()}
    listed = _closing(files.open(name))
    yield from rows.services(listed, columns_used, known.get(ORGANISATIONS, {}), known.get(PLACES, {}))


def _closing(file: BinaryIO) -> Iterator[Any]:
    with file:
        yield from tables.rows(file)


def _table_of_services(names: set[str]) -> str:
    if SERVICES in names:
        return SERVICES
    named = sorted(name for name in names if name.startswith("service")) or sorted(names - {"datapackage"})
    if len(named) != 1:
        raise FeedStopped("We found no table of services here: call it services.csv.")
    return named[0]


def _other_tables(files: Tables, name: str, plan: Plan) -> dict[str, str]:
    """The tables beside that of the services which it refers to by name."""
    found: dict[str, str] = {}
    for each in sorted(files.names() - {name}):
        table = (
            ORGANISATIONS
            if each.startswith("organi")
            else PLACES
            if each.startswith(("location", "place", "venue"))
            else ""
        )
        if table and table not in found:
            found[table] = each
            with files.open(each) as file:
                plan.headings[table] = tables.headings(file)
    return found


def _of_archive(source: Readable, plan: Plan) -> Iterator[Any]:
    with ExitStack() as open_things:
        file = open_things.enter_context(_seekable(source))
        try:
            archive = open_things.enter_context(zipfile.ZipFile(file))
            inside = _Archive(archive)
            only = inside.only_json()
            if only is not None:
                yield from _of_json(open_things.enter_context(archive.open(only)), plan)
            else:
                yield from _of_tables(inside, "", plan)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
            raise FeedStopped("The archive is damaged or locked, so we cannot open it.") from None


def _seekable(source: Readable) -> BinaryIO:
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - closed by whoever asked
    for block in chunks(source):
        file.write(block)
    file.seek(0)
    return file


class _Rejoined:
    """A stream whose beginning was looked at."""

    def __init__(self, start: bytes, rest: Readable) -> None:
        self._start, self._rest = start, rest

    def read(self, size: int = -1, /) -> bytes:
        if self._start:
            found, self._start = (self._start, b"") if size < 0 else (self._start[:size], self._start[size:])
            return found
        return self._rest.read(size)


class _Folder:
    """The tables of a folder."""

    def __init__(self, folder: Path) -> None:
        listed = sorted(each for each in folder.iterdir() if each.is_file() and _is_part(each.name))
        self._paths = {each.stem.lower(): each for each in listed[:MOST_FILES]}

    def names(self) -> set[str]:
        return set(self._paths)

    def open(self, name: str) -> BinaryIO:
        return self._paths[name].open("rb")


class _Single:
    """A table that came alone."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def names(self) -> set[str]:
        return {SERVICES}

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, _Unclosed(self._file))


class _Unclosed:
    """The same file for several readings, one after another."""

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell

    def __enter__(self) -> _Unclosed:
        return self

    def __exit__(self, *_: object) -> None:
        self.seek(0)


class _Archive:
    """The tables in a zip file, which may not unpack to more than we take."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        listed = [each for each in archive.infolist() if not each.is_dir()]
        total = sum(each.file_size for each in listed)
        packed = sum(each.compress_size for each in listed) or 1
        if (
            len(listed) > MOST_FILES
            or total > LARGEST_UNPACKED
            or (total > _IN_MEMORY and total > packed * MOST_GROWTH)
        ):
            raise FeedStopped("The archive unpacks to far more than a feed holds. We do not open files like that.")
        self._archive = archive
        self._json = [each for each in listed if each.filename.lower().endswith(".json")]
        self._members = {
            PurePosixPath(each.filename).stem.lower(): each
            for each in listed
            if _is_part(PurePosixPath(each.filename).name)
        }

    def only_json(self) -> zipfile.ZipInfo | None:
        """The one feed in an archive that holds no tables."""
        has_tables = any(each.filename.lower().endswith(".csv") for each in self._members.values())
        return None if has_tables or len(self._json) != 1 else self._json[0]

    def names(self) -> set[str]:
        return set(self._members)

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, self._archive.open(self._members[name]))


def _is_part(name: str) -> bool:
    """A table, or the note that a folder of tables follows the standard."""
    return name.lower().endswith(".csv") or name.lower() == "datapackage.json"
