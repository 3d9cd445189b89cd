"""What somebody means by the words they typed: pure, no database.

"free swimming on tuesday, not church" is: swimming; free; Tuesdays; without church.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from linkwell.directory import vocabulary

MOST_WORDS = 12
LONGEST_SEARCH = 200
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_DAY_WORDS = (
    {name: day for day, name in enumerate(_DAYS)} | {f"{name}s": day for day, name in enumerate(_DAYS)} | _SHORT_DAYS
)
_NOT = {"not", "no", "nothing", "without", "except", "excluding"}
_ENDS = {"but", "and", "with", "for", "near", "please", "because", "who", "that", "so"}
MOST_REFUSED = 3
# "I do not sleep", "she is not well", "I am without work" say how things are; they refuse nothing.
_SAYING_HOW_IT_IS = frozenset(
    """
    i he she we they you it do does did am is are was were be been can could will would have has had should may
    might must don t dont doesn didn isn wasn aren if why or left me
    """.split()  # noqa: SIM905
)
# What people refuse, however they say it: "no church", "nothing religious", "I do not want online".
_REFUSABLE = frozenset(
    """
    church churches chapel religion religious faith god prayer praying mosque temple christian online zoom
    internet video phone telephone alcohol pub pubs men women children kids dogs stairs steps
    """.split()  # noqa: SIM905
)
_PLACE = re.compile(
    r"\b(?:(?:near|around|in|by|at|close to|from)\s+([a-z]{1,2}[0-9][a-z0-9]?(?:\s*[0-9][a-z]{2})?)"
    r"|([a-z]{1,2}[0-9][a-z0-9]?\s*[0-9][a-z]{2}))\b",
    re.IGNORECASE,
)
PARTS_OF_DAY = {"morning": (0, 720), "afternoon": (720, 1020), "evening": (1020, 1440), "night": (1020, 1440)}
# Words that say nothing about what is wanted. "Group" and "club" are among them: nearly everything is one.
_EMPTY = frozenset(
    """
    a about activities activity am an and any anything are around as at be but by can class classes club clubs
    do does doing for from get getting go going got group groups has have having he help her him his i in into
    is it its just like local looking make making me more my near nearby nice no not nothing of on or our out
    people person place places please service services session sessions she so some somebody someone something
    somewhere support that the their them there they thing things this to up us want wants we what when where
    which who with would you your need needs needed
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A search, understood. `groups` are the words that count, each with the others it stands for.

    `instead` pairs a word that occurs nowhere with the likeliest one that does.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    day: int | None = None
    free: bool = False
    online: bool = False
    step_free: bool = False
    # Minutes of the day, where a day and a part of it were named together: "Tuesday afternoon".
    hours: tuple[int, int] | None = None
    # "today" and "tomorrow" are a date and not only a weekday: days from today.
    days_ahead: int | None = None
    place: str = ""
    wanted: str = ""
    instead: tuple[tuple[str, str], ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.groups or self.kinds or self.needs or self.tags)


def understand(text: str, today: int) -> Understood:
    """`today` is the weekday, 0 for Monday, for "today" and "tomorrow"."""
    said, place = place_in(text[:LONGEST_SEARCH])
    wanted, unwanted = _split(said)
    folded = " ".join(wanted)
    groups, single = _phrases(wanted)
    kept: list[str] = []
    day, ahead, free, online, step_free = None, None, False, False, "step free" in folded
    for word in single:
        if word in _DAY_WORDS:
            day = _DAY_WORDS[word]
        elif word in ("today", "tomorrow") and len(single) + len(groups) > 1:
            ahead = int(word == "tomorrow")
            day = (today + ahead) % 7
        elif word == "free" and not step_free and "free time" not in folded:
            free = True
        elif word == "online" and "getting online" not in folded:
            online = True
        elif word not in _EMPTY and len(word) > 1 and not (step_free and word in ("step", "free")):
            kept.append(word)
    hours = next((hours for part, hours in PARTS_OF_DAY.items() if part in kept), None) if day is not None else None
    if hours is not None:
        kept = [word for word in kept if word not in PARTS_OF_DAY]
    return Understood(
        groups=(*groups, *(vocabulary.also(word) for word in dict.fromkeys(kept)))[:MOST_WORDS],
        without=tuple(dict.fromkeys(each for word in unwanted for each in vocabulary.also(word)))[:MOST_WORDS],
        kinds=vocabulary.codes_in(folded, "kinds"),
        needs=vocabulary.needs_alone(folded),
        tags=vocabulary.codes_in(folded, "tags") - {"online", "by_telephone"},
        day=day,
        free=free,
        online=online,
        step_free=step_free,
        hours=hours,
        days_ahead=ahead,
        place=place,
        wanted=folded,
    )


def place_in(text: str) -> tuple[str, str]:
    """The text without the postcode in it, and the postcode: "warm space near N7" is a warm space, near N7."""
    found = _PLACE.search(text)
    if found is None:
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), (found[1] or found[2]).upper()


def _phrases(words: list[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    """Runs of words that mean one thing ("learning disability"), each with its own words; and the words left over."""
    known = {phrase for table in ("kinds", "needs", "tags") for phrase in vocabulary.phrases(table) if " " in phrase}
    groups: list[tuple[str, ...]] = []
    single: list[str] = []
    place = 0
    while place < len(words):
        for length in (4, 3, 2):
            run = words[place : place + length]
            if len(run) == length and " ".join(run) in known:
                groups.append((" ".join(run), *(word for word in run if word not in _EMPTY)))
                place += length
                break
        else:
            single.append(words[place])
            place += 1
    return groups, single


def corrected(understood: Understood, instead: dict[str, str]) -> Understood:
    """The same search with misspelt words put right."""
    if not instead:
        return understood
    groups = tuple(vocabulary.also(instead.get(group[0], group[0])) for group in understood.groups)
    folded = " ".join(group[0] for group in groups)
    return replace(
        understood,
        groups=groups,
        kinds=understood.kinds | vocabulary.codes_in(folded, "kinds"),
        needs=understood.needs | vocabulary.needs_alone(folded),
        tags=understood.tags | vocabulary.codes_in(folded, "tags") - {"online", "by_telephone"},
        instead=tuple(instead.items()),
    )


def _split(text: str) -> tuple[list[str], list[str]]:
    """The words wanted, and those refused: "swimming, not church", "without dogs", "nothing religious".

    Most of what follows a "not" says how things are ("I do not sleep", "no food"), and stays among what is wanted.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for part in text.replace(";", ",").replace(" -", " not ").split(","):
        words = vocabulary.fold(part).split()
        place = 0
        while place < len(words):
            refused = _refused(words, place)
            if refused:
                unwanted += [word for word in refused if word not in _EMPTY]
                place += 1 + len(refused)
            else:
                wanted.append(words[place])
                place += 1
    return wanted, unwanted


def _refused(words: list[str], place: int) -> list[str]:
    """The words that a refusal at this place covers, up to three that say something; [] when it is none."""
    word, after = words[place], words[place + 1 :]
    if word not in _NOT or not after:
        return []
    before = words[place - 1] if place else ""
    run: list[str] = []
    for each in after:
        if each in _ENDS or sum(one not in _EMPTY for one in run) == MOST_REFUSED:
            break
        run.append(each)
    meant = [each for each in run if each not in _EMPTY]
    if meant and meant[0] in _REFUSABLE:
        return run[: run.index(meant[0]) + 1]
    if word in ("no", "nothing", "never") or before in _SAYING_HOW_IT_IS:
        return []
    return run if meant else []
