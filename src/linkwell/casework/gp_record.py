"""What is pasted into the GP record: a code, a date and up to five lines, from what is known about the support.

Codes: NHS England's for social prescribing, entered once for an episode, at its first conversation, and never for
work that goes on. Nothing anybody else told us, no conversation note and nothing about safety is among what is given;
a line that holds words of danger is left out, because patients and those near them read the GP record.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from linkwell.kernel import danger
from linkwell.kernel.codes import Snomed
from linkwell.kernel.words import short_date

MOST_LINES = 5
LONGEST_LINE = 200
CODES = {
    "first": (Snomed.REFERRAL_TO_SOCIAL_PRESCRIBING.value, "Referral to social prescribing service"),
    "declined": (Snomed.SOCIAL_PRESCRIBING_DECLINED.value, "Social prescribing declined"),
}
# Only the person's own no is "declined"; that a team had no room, or does not cover their street, is not.
PERSON_SAID_NO = frozenset({"not_agreed", "changed_mind"})
# Endings whose reason is nobody's business in a record that others read.
NOT_SAID = frozenset({"unsafe", "in_error"})
# What somebody wants to change about their safety stays with the link worker.
KEPT_BACK = frozenset({"safe"})


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry is made of. `may_tell`: the person agreed that their practice hears more than the bare fact."""

    kind: str
    on: dt.date
    how: str
    worker: str
    team: str
    phone: str
    may_tell: bool
    matters: str = ""
    needs: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    ended: str = ""
    next_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The code ("" where there is none), its words, the date and the lines; `text` is the one paste."""

    code: str
    code_words: str
    on: dt.date
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        head = " ".join(part for part in (self.code, self.code_words, short_date(self.on)) if part)
        return "\n".join((head, *self.lines))


def entry(known: Known, codes: dict[str, tuple[str, str]]) -> Entry:
    """The entry for something that happened. `codes` are the organisation's own, for kinds without a published one."""
    code, words = (codes | CODES).get(known.kind, ("", ""))
    lines = [line for line in map(_one_line, _lines(known)) if line and not danger.dangers_in(line)]
    return Entry(code, words, known.on, tuple(lines[:MOST_LINES]))


def _lines(known: Known) -> Iterable[str]:
    yield _first_line(known)
    if not known.may_tell or known.kind == "declined":
        return
    yield _said("What matters to them: ", [known.matters])
    yield _said("Would like to change: ", [words for code, words in known.needs if code not in KEPT_BACK])
    yield _said("Steps: ", known.steps)
    if known.next_on:
        yield f"Next: {short_date(known.next_on)}."


def _first_line(known: Known) -> str:
    by = ", ".join(part for part in (known.worker, known.team, known.phone) if part)
    return {
        "first": f"Social prescribing: first conversation ({known.how}) with {by}.",
        "conversation": f"Social prescribing: conversation ({known.how}) with {by}.",
        "ended": f"Social prescribing ended{': ' if known.ended else ''}{known.ended}. {by}.",
        "declined": f"Referred to {known.team}; did not want this now. They can ask again at any time. {known.phone}",
    }[known.kind].strip()


def _said(label: str, parts: Iterable[str]) -> str:
    kept = [part.strip().rstrip(".") for part in parts if part.strip() and not danger.dangers_in(part)]
    return f"{label}{'; '.join(kept)}." if kept else ""


def _one_line(line: str) -> str:
    single = " ".join(line.split())
    return single if len(single) <= LONGEST_LINE else f"{single[: LONGEST_LINE - 1].rstrip()}…"
