"""A register of protocols in a file: one line of JSON for each that was opened, refused or abandoned.

Lines are only ever added. Each holds the hash of the one before, so a line that was changed, taken out or put in
between is seen. Whoever keeps the hash of the last line somewhere else (in minutes, in an e-mail) can show that nothing
was cut off the end or written anew.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from linkwell.evaluation.refusal import Refused
from linkwell.kernel import clock

NOTHING_BEFORE = "0" * 64


class State(StrEnum):
    OPENED = "opened"
    REFUSED = "refused"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Protocol:
    """`outcome` is the column of the outcome; `starts` and `ends` the window of the data, both days included.

    `settings` are options of the design by name, as they will be written; `design` is its command.
    """

    design: str
    question: str
    population: str
    outcome: str
    comparison: str
    starts: dt.date
    ends: dt.date
    minimum_n: int
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """A protocol in the register: its number, when it was opened, and what became of it, with the reason."""

    number: int
    opened_at: str
    protocol: Protocol
    state: State = State.OPENED
    since: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Every protocol in the order of opening. `head` is the hash of the last line."""

    kept: tuple[Kept, ...]
    head: str

    def numbered(self, number: int) -> Kept:
        found = next((each for each in self.kept if each.number == number), None)
        if found is None:
            raise Refused(f"The register has no protocol {number}.")
        return found


def read(path: Path) -> Register:
    """Raises Refused for a register whose lines do not follow from each other."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return _register(lines, path.name)


def open_protocol(path: Path, protocol: Protocol) -> Kept:
    """Add a protocol with the time now. Raises Refused for one that leaves something open."""
    _refuse_incomplete(protocol)
    register = _add(path, lambda _: {"kind": State.OPENED.value, "protocol": _as_data(protocol)})
    return register.kept[-1]


def end_protocol(path: Path, number: int, state: State, reason: str) -> Kept:
    """Say that a protocol was refused or abandoned, and why. Raises Refused where it is not open."""
    if not reason.strip():
        raise Refused("Say why, in a few words.")

    def line(before: Register) -> dict[str, Any]:
        kept = before.numbered(number)
        if kept.state is not State.OPENED:
            raise Refused(f"Protocol {number} was already {kept.state.value}.")
        return {"kind": state.value, "number": number, "reason": reason.strip()}

    return _add(path, line).numbered(number)


def _add(path: Path, line: Any) -> Register:
    """Read, check and write under a lock, so that two people cannot both follow the same line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        before = file.read().splitlines()
        register = _register(before, path.name)
        at = clock.now().replace(microsecond=0).isoformat()
        new = {**line(register), "at": at, "previous": register.head}
        text = json.dumps({**new, "hash": _hash(new)}, sort_keys=True, ensure_ascii=False)
        file.write(text + "\n")
    return _register([*before, text], path.name)


def _register(lines: Sequence[str], name: str) -> Register:
    kept: dict[int, Kept] = {}
    head = NOTHING_BEFORE
    for place, text in enumerate(lines, start=1):
        try:
            line = json.loads(text)
            whole = line.pop("hash") == _hash(line) and line["previous"] == head
            _follow(kept, line)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused(f"Line {place} of {name} is not a line of a register of protocols.") from error
        if not whole:
            raise Refused(f"Line {place} of {name} does not follow from the line before: the register was changed.")
        head = _hash(line)
    return Register(tuple(kept.values()), head)


def _follow(kept: dict[int, Kept], line: dict[str, Any]) -> None:
    if line["kind"] == State.OPENED:
        number = len(kept) + 1
        kept[number] = Kept(number, line["at"], _from_data(line["protocol"]))
        return
    was = kept[line["number"]]
    kept[was.number] = Kept(was.number, was.opened_at, was.protocol, State(line["kind"]), line["at"], line["reason"])


def _hash(line: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(line, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _as_data(protocol: Protocol) -> dict[str, Any]:
    return {**asdict(protocol), "starts": protocol.starts.isoformat(), "ends": protocol.ends.isoformat()}


def _from_data(data: Mapping[str, Any]) -> Protocol:
    days = {name: dt.date.fromisoformat(data[name]) for name in ("starts", "ends")}
    return Protocol(**{**data, **days})


def _refuse_incomplete(protocol: Protocol) -> None:
    words = (protocol.question, protocol.population, protocol.outcome, protocol.comparison)
    if not all(text.strip() for text in words):
        raise Refused("A protocol says its question, population, outcome and comparison.")
    if protocol.starts > protocol.ends:
        raise Refused("The window of a protocol ends before it begins.")
    if protocol.minimum_n < 1:
        raise Refused("A protocol says with how many at least its question can be answered.")
