"""What a page or a file gives out: that it opens, needs no script, and does nothing by itself."""

import csv
import io
import json
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath

import icalendar
import pikepdf
from bs4 import BeautifulSoup
from django.http import HttpResponseBase

from linkwell.kernel.csv_safe import BYTE_ORDER_MARK

STATUSES = {200, 302, 303, 404, 405, 409}
KINDS = {
    "text/html; charset=utf-8",
    "application/pdf",
    "application/json",
    "text/plain; charset=utf-8",
    "text/csv; charset=utf-8",
    "text/calendar; charset=utf-8",
    "application/zip",
    # Photographs of places, drawn anew by us: a browser shows them and runs nothing in them.
    "image/jpeg",
}
SENDS = "button:not([type]), [type=submit]"
ACTS = {"/OpenAction", "/AA", "/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/SubmitForm", "/XFA"}
# Written down here once more, so that the program's own list is not its own judge.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Answers:
    """What the pages of one walk gave out, and what is wrong with it."""

    given: Counter[str] = field(default_factory=Counter)
    # How many pages each reader could open.
    opened: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def take(self, reader: str, name: str, response: HttpResponseBase, content: bytes) -> None:
        """Note one answer. What is given out by a route is looked into the first time."""
        if response.status_code not in STATUSES:
            self.faults.append(f"{reader} at {name}: {response.status_code}")
        if response.status_code != 200:
            return
        self.opened[reader] += 1
        kind = response.headers.get("Content-Type", "")
        self.given[kind] += 1
        if kind not in KINDS or response.headers["X-Content-Type-Options"] != "nosniff":
            self.faults.append(f"{name} gives out {kind}")
        if name not in self._seen:
            self._seen.add(name)
            self.faults.extend(f"{name}: {each}" for each in _wrong_with(kind, content))


def members_of(content: bytes) -> list[tuple[str, bytes]]:
    """Each file in a zip with its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return [(name, bundle.read(name)) for name in bundle.namelist()]


def _wrong_with(kind: str, content: bytes) -> list[str]:
    match kind.partition(";")[0]:
        case "text/html":
            return _needing_a_script(content)
        case "application/json":
            return _no_json(content)
        case "application/pdf":
            return _acting(content)
        case "text/csv":
            return _formulas(content)
        case "text/calendar":
            return _more_than_a_time(content)
        case "application/zip":
            return [f"{name}: {each}" for name, member in members_of(content) for each in _no_paper(name, member)]
        case _:
            return []


def _needing_a_script(content: bytes) -> list[str]:
    """What on a page does nothing without JavaScript. A button that a script works is hidden until it runs."""
    page = BeautifulSoup(content, "lxml")
    forms = [form for form in page.select("form:not([hidden])") if not form.select(SENDS)]
    # The menu stands open until a script folds it.
    buttons = page.select("button[type=button]:not([hidden]):not(#toggle-menu)")
    return [str(each)[:200] for each in (*forms, *buttons, *page.select("a[href^='javascript:'], a[href='#']"))]


def _no_json(content: bytes) -> list[str]:
    try:
        json.loads(content)
    except ValueError as wrong:
        return [str(wrong)]
    return []


def _formulas(content: bytes) -> list[str]:
    text = content.decode().removeprefix(BYTE_ORDER_MARK)
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in row]
    return [cell for cell in cells if cell.lstrip(" ").startswith(FORMULAS)] if cells else ["an empty file"]


def _more_than_a_time(content: bytes) -> list[str]:
    """An alarm that may start a program, a file carried along, somewhere to go."""
    parts = list(icalendar.Calendar.from_ical(content.decode()).walk())
    named = {str(part.name) for part in parts} - {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT"}
    carried = {str(key) for part in parts for key in part} & {"ATTACH", "URL", "X-ALT-DESC"}
    return sorted(named | carried) + (["a script"] if b"<script" in content.lower() else [])


def _no_paper(name: str, member: bytes) -> list[str]:
    if PurePath(name).name != name:
        return ["it would be written into another folder"]
    match PurePath(name).suffix:
        case ".pdf":
            return _acting(member)
        case ".json":
            return _no_json(member)
        case ".csv":
            return _formulas(member)
        case ".txt":
            return [] if member.decode() else ["nothing in it"]
        case _:
            return ["not a kind of file that a bundle holds"]


def _acting(content: bytes) -> list[str]:
    """What a document would do by itself."""
    with pikepdf.open(io.BytesIO(content)) as document:
        keys = {
            key
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary)
            for key in each.keys()  # noqa: SIM118 (a pikepdf dictionary is not a Python one)
        }
    return sorted(keys & ACTS)
