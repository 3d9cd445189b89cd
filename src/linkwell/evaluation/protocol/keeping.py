"""Where a run kept to its protocol, where it departed from it, and what else had been asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.protocol.register import Kept, Protocol, Register, State
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.report import Section, TableOf
from linkwell.kernel.words import short_date

# The option that names the outcome, in whichever design.
OUTCOMES = ("outcome", "score", "value")
NO_PROTOCOL = (
    "No protocol was fixed before the data were opened. Read this as a first look: of many such looks, some show an "
    "effect by chance."
)


@dataclass(frozen=True, slots=True)
class Held:
    """`departures` are differences, `open` options that the protocol does not fix, `unchecked` what cannot be told."""

    protocol: Kept
    departures: tuple[str, ...]
    open: tuple[str, ...]
    unchecked: tuple[str, ...]
    register: Register


def chosen(register: Register, number: int | None) -> Kept:
    """The protocol of that number, or the last that is open. Raises Refused where there is none to run under."""
    if number is None:
        still_open = [each for each in register.kept if each.state is State.OPENED]
        if not still_open:
            raise Refused("The register holds no open protocol. Open one before the data are opened.")
        return still_open[-1]
    kept = register.numbered(number)
    if kept.state is not State.OPENED:
        raise Refused(f"Protocol {number} was {kept.state.value}: {kept.reason}")
    return kept


def compared(register: Register, number: int | None, answer: Answer, asked: Mapping[str, str]) -> Held:
    """Raises Refused where fewer were found than the protocol asks for."""
    kept = chosen(register, number)
    protocol = kept.protocol
    if answer.n < protocol.minimum_n:
        raise Refused(
            f"Protocol {kept.number} asks for at least {protocol.minimum_n:,}; there are {answer.n:,}. "
            "No number is given. Say so in the register with “linkwell impact protocol refuse”."
        )
    named = {name for name in OUTCOMES if name in asked}
    departures = [
        *_different("design", protocol.design, answer.design),
        *(difference for name in sorted(named) for difference in _different("outcome", protocol.outcome, asked[name])),
        *(each for name, value in sorted(protocol.settings.items()) for each in _different(
            f"option {name}", value, asked.get(name, "not given"))),
        *_outside(kept, answer),
    ]  # fmt: skip
    unchecked = ["population and comparison are words, for a reader to judge"]
    unchecked += [] if answer.window else ["the data do not tell of days, so the window was not checked"]
    unchecked += [] if named else ["the design names no one column of outcome"]
    free = tuple(
        f"{name} = {value}" for name, value in sorted(asked.items()) if name not in {*named, *protocol.settings}
    )
    return Held(kept, tuple(departures), free, tuple(unchecked), register)


def numbers(kept: Held) -> dict[str, object]:
    return {
        "number": kept.protocol.number,
        "opened_at": kept.protocol.opened_at,
        "protocol": kept.protocol.protocol,
        "departures": kept.departures,
        "not_fixed": kept.open,
        "not_checked": kept.unchecked,
        "register": [
            {
                "number": each.number,
                "opened_at": each.opened_at,
                "design": each.protocol.design,
                "question": each.protocol.question,
                "state": each.state,
                "since": each.since,
                "reason": each.reason,
            }
            for each in kept.register.kept
        ],
        "head": kept.register.head,
    }


def section(kept: Held, fixed: Sequence[tuple[str, str]] = ()) -> Section:
    """`fixed` says what was fixed in words of the caller's own; else it is said as the register keeps it."""
    words = [
        f"Protocol {kept.protocol.number}, opened on {_moment(kept.protocol.opened_at)}.",
        "This run departed from it: " + "; ".join(kept.departures) + "."
        if kept.departures
        else "This run did not depart from what could be checked.",
    ]
    if kept.open:
        words.append("Not fixed beforehand: " + "; ".join(kept.open) + ".")
    words.append("Not checked: " + "; ".join(kept.unchecked) + ".")
    words.append(
        "Linkwell cannot know whether anybody had looked at the data before. The last line of the register has the "
        f"hash {kept.register.head}."
    )
    return Section(
        "The protocol",
        tuple(words),
        (
            TableOf("What was fixed", ("What", "As fixed"), tuple(fixed) or _as_kept(kept.protocol.protocol)),
            _everything(kept.register),
        ),
        warning=bool(kept.departures),
        checks=not kept.departures,
    )


def _as_kept(protocol: Protocol) -> tuple[tuple[str, str], ...]:
    return (
        ("Question", protocol.question),
        ("Population", protocol.population),
        ("Outcome", protocol.outcome),
        ("Comparison", protocol.comparison),
        ("Window", f"{short_date(protocol.starts)} to {short_date(protocol.ends)}"),
        ("At least", f"{protocol.minimum_n:,}"),
        ("Design", protocol.design),
        *((f"Option {name}", value) for name, value in sorted(protocol.settings.items())),
    )


def _everything(register: Register) -> TableOf:
    rows = tuple(
        (f"{each.number}. {each.protocol.question}", f"Opened on {_moment(each.opened_at)}. {_ended(each)}")
        for each in register.kept
    )
    return TableOf("Every protocol of this register", ("Protocol", "What became of it"), rows)


def _ended(kept: Kept) -> str:
    words = "Open, or run." if kept.state is State.OPENED else f"{kept.state.value.capitalize()}."
    return f"{words} {kept.reason}".strip()


def _moment(text: str) -> str:
    """To the minute, by the clock of Greenwich: the same wherever the report is made."""
    at = dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    return f"{short_date(at.date())}, {at:%H:%M} UTC"


def _different(what: str, fixed: str, done: str) -> list[str]:
    return [] if _same(fixed, done) else [f"{what} is “{done}”, the protocol says “{fixed}”"]


def _same(fixed: str, done: str) -> bool:
    try:
        return float(fixed) == float(done)
    except ValueError:
        return fixed == done


def _outside(kept: Kept, answer: Answer) -> list[str]:
    protocol = kept.protocol
    if answer.window is None or (protocol.starts <= answer.window[0] and answer.window[1] <= protocol.ends):
        return []
    first, last = answer.window
    return [
        f"the data go from {first.isoformat()} to {last.isoformat()}, the protocol’s window from "
        f"{protocol.starts.isoformat()} to {protocol.ends.isoformat()}"
    ]
