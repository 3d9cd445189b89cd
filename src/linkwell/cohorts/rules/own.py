"""A rule a trust writes itself, in a short TOML file: what must all be true of a person, each over so many days.

    name = "falls_at_home"
    words = "Fell at home lately"
    finds = "People over the winter who came to A&E twice after a fall and live alone."

    [[all]]
    table = "attendances"
    days = 120
    at_least = 2
    codes = ["W0", "W1"]

    [[all]]
    table = "attendances"
    days = 365
    lives_alone = true

`table` is attendances or spells. `codes` are beginnings of ICD-10 codes. Any other column of the table may be named
with the value, or the list of values, that counts.
"""

from __future__ import annotations

import functools
import operator
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
from ibis.expr import types as ir

from linkwell.cohorts import duck, shaping
from linkwell.cohorts.activity import Activity, evidence, in_order
from linkwell.cohorts.columns import TABLES
from linkwell.cohorts.rule import LEGAL_BASIS, NOT_TOLD, Rule, Settings, times
from linkwell.kernel.errors import Finding, Invalid

_NAME = re.compile(r"[a-z][a-z0-9_]{2,59}")
_WORDS = re.compile(r"[^;=\n]{1,80}")
_PREFIX = re.compile(r"[A-Z][0-9]{0,3}")
_HEAD = {"name", "words", "finds", "legal_basis", "all"}
_OF_A_CONDITION = {"table", "days", "at_least", "codes"}
_LONGEST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be true: at least so many visits or stays of a kind within the last days."""

    table: str
    days: int
    at_least: int
    codes: tuple[str, ...]
    values: Mapping[str, tuple[str | bool, ...]]


def read(path: Path) -> Rule:
    """The rule in a file. Raises Invalid with everything that is wrong with it."""
    try:
        # Notepad puts a mark before the first line.
        return from_text(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise Invalid({path.name: "This is not a text file in UTF-8."}) from wrong


def read_all(paths: Sequence[Path], known: Collection[str]) -> tuple[Rule, ...]:
    """The rules in files. Raises Invalid where two answers would have one name: the one would be written over."""
    written = tuple(read(path) for path in paths)
    findings = [
        Finding(name, f"{name} is the name of a rule that comes with Linkwell. Choose another.")
        if name in known
        else Finding(name, f"{name} is given {number} times. Give each rule once, under a name of its own.")
        for name, number in Counter(rule.name for rule in written).items()
        if name in known or number > 1
    ]
    if findings:
        raise Invalid(findings)
    return written


def from_text(text: str, *, kept: bool = False) -> Rule:
    """The rule that a text describes. Raises Invalid with everything that is wrong with it.

    `kept`: a hospital keeps it already, so what used to be let pass is let pass still, and its page opens.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Invalid({"": f"This is not TOML: {wrong}."}) from wrong
    findings = [*_of_the_head(given), *_of_the_conditions(given), *([] if kept else _passed_over(given))]
    if findings or (findings := [] if kept else _written_otherwise(given)):
        raise Invalid(findings)
    conditions = tuple(_condition(each) for each in given["all"])
    return Rule(
        given["name"],
        given["words"],
        given["finds"],
        "visits and stays that count",
        tuple(sorted({each.table for each in conditions})),
        functools.partial(_ask, conditions, given["words"]),
        say,
        legal_basis=given.get("legal_basis", LEGAL_BASIS),
        tells_of_health=True,
    )


def _ask(conditions: tuple[Condition, ...], words: str, activity: Activity, settings: Settings) -> ir.Table:
    found = [_people(activity, condition) for condition in conditions]
    together = ibis.union(*found) if len(found) > 1 else found[0]
    people = together.group_by("person_id").agg(
        held=together.count(),
        since=together.since.max(),
        score=together.times.sum().cast("int64"),
        ids=in_order(together.ids),
    )
    people = people.filter(people.held == len(conditions))
    # The words go with what was seen: the rule may be gone when somebody reads it.
    seen = evidence(words=ibis.literal(words), times=people.score, ids=people.ids)
    return people.select("person_id", "since", "score", evidence=seen)


def _people(activity: Activity, condition: Condition) -> ir.Table:
    """Who meets one condition: person_id, since, times, ids."""
    visits = condition.table == "attendances"
    table = activity.attendances if visits else activity.spells.mutate(day=lambda t: t.admitted)
    table = table.filter(table.day >= activity.since(condition.days))
    for name, values in condition.values.items():
        table = table.filter(table[name].isin(list(values)))
    rows = table.select("person_id", "day", "icd10", id=table.attendance_id if visits else table.spell_id)
    if condition.codes:
        rows = rows.filter(rows.icd10.length() > 0)
        rows = rows.select("person_id", "day", "id", code=rows.icd10.unnest())
        begins = [rows.code.substr(0, len(code)) == code for code in condition.codes]
        rows = rows.filter(functools.reduce(operator.or_, begins)).select("person_id", "day", "id").distinct()
    people = rows.group_by("person_id").agg(since=rows.day.min(), times=rows.count(), ids=in_order(rows.id))
    return people.filter(people.times >= condition.at_least)


def say(seen: Mapping[str, str], clinical: bool) -> str:
    """What a rule of a trust's own saw; those who do not treat the person are told no more than that it did."""
    if not clinical or "words" not in seen:
        return NOT_TOLD
    counted = times(seen["times"], "visit or stay", "visits or stays")
    return f"{seen['words']}: {counted} that this trust’s own rule counts."


def _condition(given: Mapping[str, Any]) -> Condition:
    values = {
        name: tuple(value) if isinstance(value, list) else (value,)
        for name, value in given.items()
        if name not in _OF_A_CONDITION
    }
    codes = tuple(code.replace(".", "") for code in given.get("codes", ()))
    return Condition(given["table"], given["days"], given.get("at_least", 1), codes, values)


def _of_the_head(given: Mapping[str, Any]) -> list[Finding]:
    findings = [
        Finding(name, f"The rule needs {name}, as text.")
        for name in ("name", "words", "finds")
        if not isinstance(given.get(name), str) or not given[name].strip()
    ]
    if not findings and not _NAME.fullmatch(given["name"]):
        findings.append(Finding("name", "The name is small letters, digits and _: it names the file of the answer."))
    if not findings and not _WORDS.fullmatch(given["words"]):
        findings.append(
            Finding("words", "The words are a short heading: up to 80 characters on a line, no ; and no =.")
        )
    return findings


def _passed_over(given: Mapping[str, Any]) -> list[Finding]:
    """What would be read past, so that a rule finds others than its writer meant."""
    findings = [
        Finding(name, f"A rule has no {name} at its head. It has name, words, finds, legal_basis and [[all]].")
        for name in given
        if name not in _HEAD
    ]
    basis = given.get("legal_basis", LEGAL_BASIS)
    if not isinstance(basis, str) or not basis.strip():
        findings.append(Finding("legal_basis", "The legal_basis is text."))
    return findings


def _of_the_conditions(given: Mapping[str, Any]) -> list[Finding]:
    conditions = given.get("all")
    if not isinstance(conditions, list) or not conditions or not all(isinstance(each, dict) for each in conditions):
        return [Finding("all", "The rule needs at least one [[all]] with what must be true.")]
    return [finding for number, each in enumerate(conditions, start=1) for finding in _wrong(number, each)]


def _written_otherwise(given: Mapping[str, Any]) -> list[Finding]:
    """Values that no row can have, since what files tell is cleaned as it is read."""
    values = [
        (f"all {number}", column, value)
        for number, each in enumerate(given["all"], start=1)
        for column in TABLES[each["table"]].columns
        for value in (each[column.name] if isinstance(each.get(column.name), list) else [each.get(column.name)])
        if isinstance(value, str)
    ]
    with duck.opened() as con:
        asked = ((*each, duck.first(con, f"select {shaping.cleaned(each[1], duck.text(each[2]))}")) for each in values)
        return [
            Finding(
                where, f"{column.name} is never {value}: write {ours}." if ours else f"{column.name} needs a value."
            )
            for where, column, value, ours in asked
            if ours != value
        ]


def _wrong(number: int, given: Mapping[str, Any]) -> list[Finding]:
    where = f"all {number}"
    if given.get("table") not in ("attendances", "spells"):
        return [Finding(where, "table is attendances or spells.")]
    found = [
        Finding(where, f"{name} is a whole number from 1 to {most:,}.")
        for name, most in (("days", _LONGEST_DAYS), ("at_least", 1000))
        if (name in given or name == "days") and not _whole(given.get(name), most)
    ]
    codes = given.get("codes", [])
    if not isinstance(codes, list) or not all(_is_code(code) for code in codes):
        found.append(Finding(where, "codes are beginnings of ICD-10 codes, such as J44 or W0."))
    kinds = {column.name: column.kind for column in TABLES[given["table"]].columns}
    for name in given.keys() - _OF_A_CONDITION:
        values = given[name] if isinstance(given[name], list) else [given[name]]
        wanted = {"text": str, "code": str, "yes_no": bool}.get(kinds.get(name, ""))
        if wanted is None or not values or not all(isinstance(value, wanted) for value in values):
            found.append(Finding(where, f"{name} is no column a rule can ask for, or its value is not of its kind."))
    return found


def _whole(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _is_code(code: Any) -> bool:
    return isinstance(code, str) and _PREFIX.fullmatch(code.replace(".", "")) is not None
