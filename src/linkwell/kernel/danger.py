"""Words that suggest danger.

Finding some never blocks anything: it puts the right help on the screen and a person in the loop.
Finding none never means that there is no risk. Better to flag ten times in vain than to miss once,
so "I would never kill myself" is flagged like the rest.

Telephone lines: as published by the NHS, Samaritans, Refuge, Childline and the NSPCC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from linkwell.kernel.tongue import marked

# Up to three words, and the space after each.
_GAP = r"(?:\w+ ){0,3}"


class DangerKind(StrEnum):
    """What kind of danger the words suggest, the most pressing first."""

    SUICIDE = "suicide"
    CHILD = "child_at_risk"
    ABUSE = "abuse"
    NO_FOOD_OR_HEAT = "no_food_or_heat"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Whom to call. `when` finishes the sentence "Call them if …" or says when they answer."""

    name: str
    number: str
    when: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What to show. `to_person` speaks to the one in danger, `to_other` to somebody writing about them."""

    plain: str
    to_person: str
    to_other: str
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class Danger:
    """One kind of danger, and the words that suggested it."""

    kind: DangerKind
    words: tuple[str, ...]

    @property
    def advice(self) -> Advice:
        return ADVICE[self.kind]


_999 = HelpLine(marked("999"), "999", marked("someone is hurt, or could be hurt right now"))
_111_OPTION_2 = HelpLine(marked("NHS 111, option 2"), "111", marked("urgent mental health help, day and night"))
_SAMARITANS = HelpLine(marked("Samaritans"), "116 123", marked("to talk to someone, free, day and night"))
_ABUSE = HelpLine(marked("National Domestic Abuse Helpline"), "0808 2000 247", marked("free, day and night"))
_CHILDLINE = HelpLine(marked("Childline"), "0800 1111", marked("for anyone under 19, free, day and night"))
_NSPCC = HelpLine(marked("NSPCC"), "0808 800 5000", marked("if you are worried about a child"))
_111 = HelpLine(marked("NHS 111"), "111", marked("someone is ill and it is not an emergency"))

ADVICE: dict[DangerKind, Advice] = {
    DangerKind.SUICIDE: Advice(
        plain="may be thinking of ending their life or hurting themselves",
        to_person=marked(
            "If you might hurt yourself, or have already, call 999 or go to A&E now. "
            "You can also talk to someone at any time, day or night."
        ),
        to_other=marked(
            "If they could hurt themselves now, or have already, call 999 and stay with them if you "
            "can. This form is not read straight away."
        ),
        lines=(_999, _111_OPTION_2, _SAMARITANS),
    ),
    DangerKind.CHILD: Advice(
        plain="a child may be at risk",
        to_person=marked(
            "If you or a child are in danger now, call 999. If it is not safe to speak, call 999 "
            "from a mobile, wait, then press 55."
        ),
        to_other=marked(
            "If a child is in danger now, call 999. If not, tell the council's children's services "
            "today. Do not wait for us to read this."
        ),
        lines=(_999, _CHILDLINE, _NSPCC),
    ),
    DangerKind.ABUSE: Advice(
        plain="may be being hurt, controlled or frightened by someone",
        to_person=marked(
            "If you are in danger now, call 999. If it is not safe to speak, call 999 from a mobile, "
            "wait, then press 55. If someone checks your phone, use another one if you can."
        ),
        to_other=marked(
            "If they are in danger now, call 999. Do not leave messages or send letters about this: "
            "someone else may see them."
        ),
        lines=(_999, _ABUSE),
    ),
    DangerKind.NO_FOOD_OR_HEAT: Advice(
        plain="may have no food, heat or medicine today",
        to_person=marked(
            "If you have no food or heating today, do not wait for us. Your council can help in an "
            "emergency, and a local food bank may be open. Call 111 if you feel ill from the cold "
            "or have run out of medicine."
        ),
        to_other=marked(
            "If they have no food or heating today, call the council's emergency help now, or take "
            "them to a local food bank. This form is not read straight away."
        ),
        lines=(
            HelpLine(marked("Your council"), "", marked("ask for emergency help with food or fuel")),
            HelpLine(marked("A local food bank"), "", marked("ask for food today")),
            _111,
        ),
    ),
}


def dangers_in(text: str) -> tuple[Danger, ...]:
    """The kinds of danger that words in `text` suggest, the most pressing first.

    Tolerates missing apostrophes, capital letters, accents, repeated letters and the usual
    misspellings. Reads English, and the plainest Welsh. Takes time in proportion to the text.
    """
    plain = normalised(text)
    found = []
    for kind in DangerKind:
        words = dict.fromkeys(match.group().strip() for match in _pattern(kind).finditer(plain))
        if words:
            found.append(Danger(kind, tuple(words)))
    return tuple(found)


def normalised(text: str) -> str:
    """Lower case, plain letters, one space between words, no apostrophes: what the patterns expect."""
    flat = unicodedata.normalize("NFKD", text).casefold()
    flat = "".join(ch for ch in flat if unicodedata.category(ch) not in ("Mn", "Cf"))
    flat = re.sub(r"['’‘`´ʼ]", "", flat)
    flat = re.sub(r"[^a-z0-9]+", " ", flat)
    return re.sub(r"([a-z])\1{2,}", r"\1\1", flat).strip()


@cache
def _pattern(kind: DangerKind) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{phrase})\b" for phrase in _phrases()[kind]))


@cache
def _phrases() -> dict[DangerKind, tuple[str, ...]]:
    """The phrases, from the list beside this file that a clinical-safety reviewer can read."""
    sections: dict[DangerKind, list[str]] = {kind: [] for kind in DangerKind}
    current: list[str] = []
    for line in _lines():
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            current = sections[DangerKind(line.strip("[]"))]
        elif line:
            current.append(line.replace("{gap}", _GAP))
    return {kind: tuple(phrases) for kind, phrases in sections.items()}


def _lines() -> Iterator[str]:
    for name in ("danger_words.txt", "danger_words_cy.txt"):
        yield from resources.files(__package__).joinpath(name).read_text("utf-8").splitlines()
