"""When and where a group meets and whom it is for, as somebody says it in a form; and in words. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from linkwell.directory.mapping import DAY_NAMES
from linkwell.directory.models import RuleKind
from linkwell.kernel import postcode
from linkwell.kernel.codes import LANGUAGES
from linkwell.kernel.errors import Invalid

WEEKLY, FORTNIGHTLY, AS_NOW = "weekly", "fortnightly", "as_now"
IN_MONTH = {"1": "First", "2": "Second", "3": "Third", "4": "Fourth", "-1": "Last"}
RHYTHMS = (
    (WEEKLY, "Every week"),
    (FORTNIGHTLY, "Every second week"),
    *((number, f"Once a month: the {name.lower()} of the month") for number, name in IN_MONTH.items()),
)
TERM_TIME = "Term time only"
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST, MOST_VALUES = 200, 40
LANGUAGE_CODES = {str(each.plain).casefold(): each.code for each in LANGUAGES}
LANGUAGE_WORDS = {each.code: str(each.plain) for each in LANGUAGES}
# Kinds that ask a yes-or-no question of somebody; the others need words to say what of.
PLAIN_KINDS = frozenset(
    {
        RuleKind.CARER, RuleKind.PARENT, RuleKind.LIVES_ALONE, RuleKind.BEREAVED, RuleKind.VETERAN, RuleKind.REFUGEE,
        RuleKind.LGBT, RuleKind.NO_WORK, RuleKind.LOW_INCOME, RuleKind.REFERRAL_ONLY,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """A regular time. `begins_on` is one day on which it meets: every second week is counted from there."""

    weekday: int
    starts_at: dt.time
    ends_at: dt.time | None = None
    rhythm: str = WEEKLY
    begins_on: dt.date | None = None
    until: dt.date | None = None
    term_time: bool = False
    venue_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """A place. `step_free` None: not said."""

    name: str
    address: str = ""
    postcode: str = ""
    getting_there: str = ""
    step_free: bool | None = None


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """One rule of whom it is for: `values` as people write them, one for each line. Without `must`, whom mostly."""

    kind: RuleKind
    values: tuple[str, ...] = ()
    must: bool = True
    words: str = ""


def check_time(said: TimeSaid) -> None:
    """Raises Invalid."""
    problems = {}
    if said.ends_at is not None and said.ends_at <= said.starts_at:
        problems["ends_at"] = "This is before it starts."
    if said.rhythm == FORTNIGHTLY and said.begins_on is None:
        problems["begins_on"] = "Enter one day on which you meet. The other weeks are counted from it."
    if said.begins_on is not None and said.rhythm == FORTNIGHTLY and said.begins_on.weekday() != said.weekday:
        problems["begins_on"] = f"This is not a {DAY_NAMES[said.weekday]}."
    if said.begins_on is not None and said.until is not None and said.until < said.begins_on:
        problems["until"] = "This is before it begins."
    _raise(problems)


def check_place(said: PlaceSaid) -> PlaceSaid:
    """The place with its postcode as it is written. Raises Invalid."""
    if not (said.name.strip() or said.address.strip()):
        raise Invalid({"name": "Enter the name of the place, or its address."})
    code = str(postcode.parse(said.postcode)) if said.postcode.strip() else ""
    return PlaceSaid(said.name.strip(), said.address.strip(), code, said.getting_there.strip(), said.step_free)


def check_rule(said: RuleSaid) -> RuleSaid:
    """The rule with its values as the directory keeps them. Raises Invalid."""
    values = [" ".join(each.split())[:80] for each in said.values if each.strip()][:MOST_VALUES]
    if said.kind in PLAIN_KINDS:
        values = []
    elif said.kind is RuleKind.GENDER:
        values = [each.lower() for each in values]
        _raise({"values": "Enter women or men."} if not values or set(values) - {"women", "men"} else {})
    elif said.kind is RuleKind.LANGUAGE:
        unknown = [each for each in values if each.casefold() not in LANGUAGE_CODES]
        _raise({"values": f"We do not know the language {unknown[0]}."} if unknown else {})
        values = [LANGUAGE_CODES[each.casefold()] for each in values]
    elif said.kind is RuleKind.AREA:
        values = [each.upper() for each in values]
        wrong = any(len(each) > 8 or not each.replace(" ", "").isalnum() for each in values)
        _raise({"values": "Enter the first part of postcodes, like ZW1 or ZW2 3, one to a line."} if wrong else {})
    if said.kind not in PLAIN_KINDS and not values and not said.words.strip():
        raise Invalid({"values": "Say which, one to a line, or say it in your own words below."})
    return RuleSaid(said.kind, tuple(dict.fromkeys(values)), said.must, said.words.strip()[:300])


def _raise(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(problems)


def rule_of_time(said: TimeSaid) -> str:
    """Its recurrence rule; "" for plainly every week."""
    if said.rhythm == FORTNIGHTLY:
        return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={_CODES[said.weekday]}"
    return f"FREQ=MONTHLY;BYDAY={said.rhythm}{_CODES[said.weekday]}" if said.rhythm in IN_MONTH else ""


def words_of_time(said: TimeSaid) -> str:
    """What the directory says beside day and hours, a line for each: its rhythm, term time, the note."""
    rhythm = ""
    if said.rhythm == FORTNIGHTLY:
        rhythm = f"Every second {DAY_NAMES[said.weekday]}"
    elif said.rhythm in IN_MONTH:
        rhythm = f"{IN_MONTH[said.rhythm]} {DAY_NAMES[said.weekday]} of the month"
    return "\n".join(filter(None, (rhythm, TERM_TIME if said.term_time else "", " ".join(said.note.split()))))


def rhythm_of(rule: str, weekday: int | None) -> str:
    """The rhythm behind a rule; AS_NOW for one that the form has no words for."""
    if not rule:
        return WEEKLY if weekday is not None else AS_NOW
    made = {rule_of_time(TimeSaid(weekday or 0, dt.time(), rhythm=each)): each for each, _ in RHYTHMS if each != WEEKLY}
    return made.get(rule, AS_NOW)


def note_of(words: str) -> str:
    """What is left of a time's words without what the form says by itself."""
    return " ".join(line for line in words.splitlines() if line != TERM_TIME and not _is_rhythm(line))


def _is_rhythm(line: str) -> bool:
    return any(name in line for name in DAY_NAMES) and (
        line.startswith("Every second ") or line.endswith(" of the month")
    )


def values_in_words(kind: RuleKind, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(LANGUAGE_WORDS.get(each, each) for each in values) if kind is RuleKind.LANGUAGE else tuple(values)
