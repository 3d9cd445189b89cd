"""What a group says of its room in answer to an e-mail: a few plain words, or nothing that we dare to read. Pure.

An answer counts only when all of it means one thing. "Full, but two places from May" is for a person to read.
"""

import re
from dataclasses import dataclass

from linkwell.directory.models import ServiceRoom

LONGEST = 200
MOST_WEEKS = 104
MOST_PLACES = 500
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    )
} | {"a": 1, "an": 1, "couple": 2, "dozen": 12}
_NUMBER = rf"(?:a )?(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_WEEKS_IN = {"week": 1, "month": 4}
# Greetings, thanks and fillers say nothing of room.
_NOTHING = re.compile(
    r"\b(hi|hello|dear|good (?:morning|afternoon|evening)|all|team|thanks?|thank you|many|kind|best|"
    r"regards|wishes|cheers|sorry|please|we|were|weve|i|im|am|are|is|it|its|have|has|got|currently|now|right|"
    r"at the moment|at present|today|still|just|about|around|approximately|roughly|of|the|there|only|left|free|for you|"
    r"for now|here|yes|very|much|so|and|our|group|club|class|on|is now|to|quite)\b"
)
_PATTERNS: tuple[tuple[ServiceRoom, str], ...] = (
    (ServiceRoom.WAITING, rf"(?:waiting ?list|wait ?list|wait)(?: time)? {_NUMBER} (?P<unit>week|month)s?"),
    (ServiceRoom.WAITING, rf"{_NUMBER} (?P<unit>week|month)s? (?:waiting ?list|wait ?list|wait)"),
    (ServiceRoom.WAITING, r"(?:waiting|wait) ?list"),
    (ServiceRoom.FULL, r"(?:no|0) (?:more )?(?:room|places?|spaces?|spots?)|full(?: up)?|fully booked"),
    (ServiceRoom.ASK_FIRST, r"(?:talk|speak|ring|phone|call) (?:with )?us(?: first)?|ask (?:us )?first"),
    (ServiceRoom.FEW, rf"{_NUMBER} (?:more )?(?:places?|spaces?|spots?|seats?)"),
    (ServiceRoom.FEW, r"(?:a )?few (?:places?|spaces?|spots?)"),
    (ServiceRoom.ROOM, r"(?:plenty|lots) (?:room|places?|spaces?)|room|places|spaces"),
)
# Words that turn the meaning of the others.
_TURNS = re.compile(r"\b(not|but|except|unless|until|from|isnt|arent|dont|cant|wont)\b")
_QUOTE = re.compile(r"^\s*(>|-{2,}\s*original|on .{5,120} wrote:|from:\s|sent from my|_{5,}|--\s*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RoomSaid:
    """What an answer means: the kind of room, the weeks of a waiting list, the places left."""

    room: ServiceRoom
    weeks: int | None = None
    places: int | None = None


def own_words(mail: str) -> str:
    """What the sender wrote, without the mail it answers and without a signature line."""
    lines: list[str] = []
    for line in mail.splitlines():
        if _QUOTE.match(line):
            break
        lines.append(line.strip())
    said = [line for line in lines if line]
    if len(said) > 1 and _is_a_name(said[-1]):
        said.pop()
    return "\n".join(said)


def _is_a_name(line: str) -> bool:
    """ "Jean", "Jean Abbott": a last line of capitalised words alone."""
    return re.fullmatch(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}", line) is not None and _bare(line.lower()) != "full"


def understand(words: str) -> RoomSaid | None:
    """The one thing these words say of room; None when they say nothing, several things, or anything else besides."""
    said = " ".join(re.sub(r"[^\w ]", " ", re.sub("['’]", "", words.lower())).split())
    if not said or len(said) > LONGEST or _TURNS.search(said):
        return None
    for room, pattern in _PATTERNS:
        if found := re.search(rf"\b(?:{pattern})\b", _bare(said)):
            return _meant(room, found, _bare(said))
    return None


def _bare(said: str) -> str:
    return " ".join(_NOTHING.sub(" ", said).split())


def _meant(room: ServiceRoom, found: re.Match[str], said: str) -> RoomSaid | None:
    rest = (said[: found.start()] + " " + said[found.end() :]).split()
    if rest and not (room is ServiceRoom.WAITING and rest == ["full"]):
        return None
    given = found.groupdict()
    number = _number(given.get("n"))
    if room is ServiceRoom.WAITING and number is not None:
        weeks = number * _WEEKS_IN[given["unit"]]
        return RoomSaid(room, weeks=weeks) if 0 < weeks <= MOST_WEEKS else None
    if room is ServiceRoom.FEW and number is not None:
        if number == 0:
            return RoomSaid(ServiceRoom.FULL, places=0)
        return _places(number)
    return RoomSaid(room)


def _places(number: int) -> RoomSaid | None:
    if number > MOST_PLACES:
        return None
    return RoomSaid(ServiceRoom.FEW if number <= 3 else ServiceRoom.ROOM, places=number)


def _number(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdecimal() else _NUMBERS[word]
