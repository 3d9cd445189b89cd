"""A file of answers: one person's answers a line, CSV or JSON. In = scored + rejected, always."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from linkwell.kernel.errors import Finding, Invalid
from linkwell.measures.pack import Pack
from linkwell.measures.scoring import Scored, score


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, by its number from 1. `id` is whatever the file calls it."""

    number: int
    id: str
    scores: tuple[Scored, ...] = ()
    rejected: tuple[Finding, ...] = ()


def score_file(pack: Pack, path: Path) -> tuple[Line, ...]:
    """Every line scored, or rejected with what is wrong where. Raises Invalid for a file that cannot be read."""
    return tuple(_line(pack, number, given) for number, given in enumerate(_rows(pack, path), 1))


def _rows(pack: Pack, path: Path) -> Iterator[Mapping[str, object]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Invalid({path.name: "Save the file as UTF-8: some of its letters cannot be read."}) from wrong
    return _from_json(path, text) if text.lstrip()[:1] in ("[", "{") else _from_csv(pack, path, text)


def _from_json(path: Path, text: str) -> Iterator[Mapping[str, object]]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise Invalid({path.name: "This is not JSON that can be read."}) from wrong
    rows = given if isinstance(given, list) else [given]
    if not all(isinstance(row, dict) for row in rows):
        raise Invalid({path.name: "Each person's answers are an object of question and answer."})
    return iter(rows)


def _from_csv(pack: Pack, path: Path, text: str) -> Iterator[Mapping[str, object]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    names = rows.fieldnames or ()
    if len(set(names)) != len(names):
        raise Invalid({path.name: "Two columns have the same heading."})
    if not {item.code for item in pack.items} & set(names):
        wanted = ", ".join(item.code for item in pack.items)
        raise Invalid({path.name: f"No column is a question of this pack. Its questions are {wanted}."})
    return iter(rows)


def _line(pack: Pack, number: int, given: Mapping[str, object]) -> Line:
    name = str(given.get("id") or number)
    answers: dict[str, int | None] = {}
    wrong: list[Finding] = []
    if None in given:
        wrong.append(Finding("", "This line has more values than there are columns."))
    for code in (item.code for item in pack.items):
        try:
            answers[code] = _answer(given.get(code))
        except (TypeError, ValueError):
            wrong.append(Finding(code, "The answer must be a whole number, or nothing."))
    if not wrong:
        try:
            return Line(number, name, score(pack, answers))
        except Invalid as refused:
            wrong.extend(refused.findings)
    return Line(number, name, rejected=tuple(wrong))


def _answer(value: object) -> int | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    return int(value) if isinstance(value, int) else _whole(value.strip())


def _whole(text: str) -> int:
    if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) < 10):
        raise ValueError
    return int(text)
