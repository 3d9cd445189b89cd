"""What somebody means by the words they typed: pure, no database.

"free swimming on tuesday, not church" is: swimming; free; Tuesdays; without church.
"""

from __future__ import annotations

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
_NOT = {"not", "no", "without", "except", "excluding"}
# Words that say nothing about what is wanted. "Group" and "club" are among them: nearly everything is one.
_EMPTY = frozenset(
    [
        "a",
        "about",
        "activities",
        "activity",
        "am",
        "an",
        "and",
        "any",
        "anything",
        "are",
        "around",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "class",
        "classes",
        "club",
        "clubs",
        "do",
        "does",
        "doing",
        "for",
        "from",
        "get",
        "getting",
        "go",
        "going",
        "got",
        "group",
        "groups",
        "has",
        "have",
        "having",
        "he",
        "help",
        "her",
        "him",
        "his",
        "i",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "like",
        "local",
        "looking",
        "make",
        "making",
        "me",
        "more",
        "my",
        "near",
        "nearby",
        "nice",
        "no",
        "not",
        "nothing",
        "of",
        "on",
        "or",
        "our",
        "out",
        "people",
        "person",
        "place",
        "places",
        "please",
        "service",
        "services",
        "session",
        "sessions",
        "she",
        "so",
        "some",
        "somebody",
        "someone",
        "something",
        "somewhere",
        "support",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "thing",
        "things",
        "this",
        "to",
        "up",
        "us",
        "want",
        "wants",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "with",
        "would",
        "you",
        "your",
        "need",
        "needs",
        "needed",
    ]
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
    instead: tuple[tuple[str, str], ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.groups or self.kinds or self.needs or self.tags)


def understand(text: str, today: int) -> Understood:
    """`today` is the weekday, 0 for Monday, for "today" and "tomorrow"."""
    wanted, unwanted = _split(text[:LONGEST_SEARCH])
    folded = " ".join(wanted)
    groups, single = _phrases(wanted)
    kept: list[str] = []
    day, free, online, step_free = None, False, False, False
    for word in single:
        if word in _DAY_WORDS:
            day = _DAY_WORDS[word]
        elif word in ("today", "tomorrow"):
            day = (today + (word == "tomorrow")) % 7
        elif word == "free" and "step free" not in folded:
            free = True
        elif word == "online" and "getting online" not in folded:
            online = True
        elif word not in _EMPTY and len(word) > 1:
            kept.append(word)
    if "step free" in folded:
        step_free = True
        kept = [word for word in kept if word not in ("step", "free")]
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
    )


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
    """The words wanted, and those after a "not" (up to the next comma, "but" or "and")."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for part in text.replace(";", ",").replace(" -", " not ").split(","):
        refusing = False
        for word in vocabulary.fold(part).split():
            if word in _NOT and not _is_phrase(wanted, word):
                refusing = True
            elif refusing and word in ("but", "and", "with"):
                refusing = False
            elif refusing:
                if word not in _EMPTY:
                    unwanted.append(word)
            else:
                wanted.append(word)
    nothing = vocabulary.fold(text)
    if any(phrase in nothing for phrase in ("no food", "not eaten", "no money", "no one", "no home")):
        return nothing.split(), []
    return wanted, unwanted


def _is_phrase(before: list[str], word: str) -> bool:
    return word == "no" and bool(before) and before[-1] == "with"
