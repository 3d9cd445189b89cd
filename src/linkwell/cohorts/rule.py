"""What a rule is, what a hit is, and how a hit explains itself.

For screens: `rules.known()` gives every `Rule` with its words; `running.hits(path)` reads `Hit`s from a result file;
`rules.sentence(hit, clinical=...)` says one hit in one plain sentence. On screen the people found are "people we could
offer support to"; a rule's name is never shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from ibis.expr import types as ir

from linkwell.cohorts.activity import Activity

LEGAL_BASIS = (
    "UK GDPR Article 6(1)(e), a public task, and Article 9(2)(h), health and social care, by the team that treats the "
    "person; names are shown to that team only."
)
SPEAK_FIRST = "Speak to liaison psychiatry or the care co-ordinator first."
CHECK_FIRST = "Check with the clinical team."
NOT_TOLD = "The clinical team knows why."
"""To those who do not treat the person, alike for every rule that tells of health: no reason is known by its words."""

Settings = Mapping[str, int | bool | str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a trust may set of a rule. `least`: the lowest number that has a meaning."""

    default: int | bool | str
    words: str
    least: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A person a rule found. Nothing here decides: a person reads it and decides.

    `since`: the first day on which the rule held. `score`: what the rule says it counts, to sort by and no more.
    `evidence`: what the rule saw, by name; ids of visits and stays among it.
    """

    person_id: str
    rule: str
    since: dt.date
    score: int
    evidence: Mapping[str, str]

    @property
    def speak_first(self) -> bool:
        """The person is known to have severe mental illness or to have harmed themselves: speak to their team first."""
        return self.evidence.get("speak_first") == "yes"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of finding people who would gain.

    `words`: the reason as a short heading. `finds`: who is found, in one sentence. `counts`: what the score is.
    `needs` are the tables it cannot do without, `also` those it reads where they are given; a rule that needs none of
    its own needs one of `also`. `ask` gives an expression with person_id, since (date), score (int64) and evidence
    (text); `say` turns evidence into a sentence for the clinical team (True) or for others (False), who are told no
    diagnosis. `tells_of_health`: to be found by it is itself a diagnosis, so others neither see nor choose it.
    """

    name: str
    words: str
    finds: str
    counts: str
    needs: tuple[str, ...]
    ask: Callable[[Activity, Settings], ir.Table]
    say: Callable[[Mapping[str, str], bool], str]
    settings: Mapping[str, Setting] = field(default_factory=dict)
    legal_basis: str = LEGAL_BASIS
    tells_of_health: bool = False
    also: tuple[str, ...] = ()

    def reads(self, has: Collection[str]) -> tuple[str, ...]:
        """Of the tables given, those it reads."""
        return tuple(name for name in (*self.needs, *self.also) if name in has)

    def lacks(self, has: Collection[str]) -> str:
        """Why it cannot be asked of the tables given, in words; the empty string where it can."""
        missing = " and no ".join(name for name in self.needs if name not in has)
        if not missing and not self.reads(has):
            missing = " and no ".join(self.also)
        return f"no {missing} were given" if missing else ""

    def with_defaults(self, given: Settings) -> Settings:
        """The settings of a run: those given, the rest as they come."""
        return {name: setting.default for name, setting in self.settings.items()} | dict(given)


def read_evidence(text: str) -> dict[str, str]:
    """`name=value;…` as a dictionary."""
    return dict(pair.split("=", 1) for pair in text.split(";") if "=" in pair)


def day_words(iso: str) -> str:
    """2026-11-03 as 3 November 2026."""
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def times(number: str | int, singular: str, plural: str | None = None) -> str:
    """2 visits, 1 visit."""
    return f"{number} {singular if str(number) == '1' else plural or singular + 's'}"


def listing(words: list[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
