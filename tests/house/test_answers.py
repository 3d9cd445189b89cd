"""If these fail, a page does not open, does nothing without JavaScript, or a file does something when it is opened."""

import csv
import io
import json
from collections import Counter
from pathlib import PurePath

import icalendar
import pikepdf
import pytest
from bs4 import BeautifulSoup

from linkwell.core.permissions import Permission
from linkwell.core.routes import guard_of
from linkwell.kernel.csv_safe import BYTE_ORDER_MARK
from tests.house.canaries import members_of
from tests.house.test_matrix import address, our_routes
from tests.world import World

pytestmark = [pytest.mark.xdist_group("world"), pytest.mark.fault("F23")]
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
ACTS = ("/OpenAction", "/AA", "/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/SubmitForm", "/XFA")
# Written down here once more, so that the program's own list is not its own judge.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def test_every_route_answers_every_role_and_with_nothing_that_runs(world: World) -> None:
    given: Counter[str] = Counter()
    seen: set[str] = set()
    for role, member in world.members.items():
        client, opened = world.client(member), 0
        for name, pattern in our_routes():
            allow, url = guard_of(pattern), address(world, name, pattern)
            if url is None or not isinstance(allow, Permission) or role not in allow.roles:
                continue
            response = client.get(url)
            assert response.status_code in {200, 302, 303, 404, 405, 409}, f"{role} at {name}"
            if response.status_code != 200:
                continue
            opened += 1
            kind = response.headers.get("Content-Type", "")
            assert kind in KINDS, f"{name} gives out {kind}"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            given[kind] += 1
            if name not in seen:
                seen.add(name)
                _is_safe(name, kind, b"".join(response) if response.streaming else response.content)
        assert opened > 3, role
    # What is walked past proves nothing.
    for kind in KINDS - {"text/plain; charset=utf-8"}:
        assert given[kind], f"no route gave {kind}"


def _is_safe(name: str, kind: str, content: bytes) -> None:
    match kind.partition(";")[0]:
        case "text/html":
            assert _needing_a_script(content) == [], name
        case "application/json":
            json.loads(content)
        case "application/pdf":
            _does_nothing(content)
        case "text/csv":
            _no_formula(content)
        case "text/calendar":
            _only_a_time(content)
        case "application/zip":
            _only_papers(content)


def _needing_a_script(content: bytes) -> list[str]:
    """What on a page does nothing without JavaScript. A button that a script works is hidden until it runs."""
    page = BeautifulSoup(content, "lxml")
    forms = [form for form in page.select("form:not([hidden])") if not form.select(SENDS)]
    # The menu stands open until a script folds it.
    buttons = page.select("button[type=button]:not([hidden]):not(#toggle-menu)")
    return [str(each)[:200] for each in (*forms, *buttons, *page.select("a[href^='javascript:'], a[href='#']"))]


def _no_formula(content: bytes) -> None:
    text = content.decode().removeprefix(BYTE_ORDER_MARK)
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in row]
    assert cells
    assert [cell for cell in cells if cell.lstrip(" ").startswith(FORMULAS)] == []


def _only_a_time(content: bytes) -> None:
    """No alarm that starts a program, no file carried along, and nowhere to go."""
    parts = list(icalendar.Calendar.from_ical(content.decode()).walk())
    assert {part.name for part in parts} <= {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT"}
    assert not [part for part in parts if {"ATTACH", "URL", "X-ALT-DESC"} & set(part)]
    assert b"<script" not in content.lower()


def _only_papers(content: bytes) -> None:
    for name, member in members_of(content):
        assert PurePath(name).name == name, f"{name} would be written into another folder"
        match PurePath(name).suffix:
            case ".pdf":
                _does_nothing(member)
            case ".json":
                json.loads(member)
            case ".csv":
                _no_formula(member)
            case suffix:
                assert suffix == ".txt", f"a bundle holds {name}"
                member.decode()


def _does_nothing(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as document:
        found = {
            key
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary)
            for key in each.keys()  # noqa: SIM118 (a pikepdf dictionary is not a Python one)
        }
    assert found.isdisjoint(ACTS)
