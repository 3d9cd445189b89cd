"""Whether a service is for somebody: its rules asked against what is known. Pure.

Never a guess: what is not known is to be asked, and only a plain contradiction says "does not fit".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from linkwell.directory.models import RuleKind
from linkwell.kernel import words


class Answer(StrEnum):
    FITS = "fits"
    DOES_NOT_FIT = "does not fit"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as `models.EligibilityRule` keeps it."""

    kind: RuleKind
    values: tuple[str, ...] = ()
    outline: dict[str, object] | None = None
    must: bool = True
    words: str = ""
    # Read out of the feed's words, which say it too.
    from_feed: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody. None and empty mean "not known", never "no".

    `facts` holds what was said about the yes-and-no kinds: {RuleKind.CARER: True}. `postcode` is a whole one or its
    first half; `point` is (longitude, latitude). `languages` are some they speak, and there may be more; `interpreted`
    is the one language they need spoken, in words. `step_free`: they cannot manage steps.
    """

    age: int | None = None
    gender: str = ""
    postcode: str = ""
    point: tuple[float, float] | None = None
    languages: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    practice: str = ""
    interpreted: str = ""
    step_free: bool = False
    facts: dict[RuleKind, bool] = field(default_factory=dict)
    referred: bool = True


@dataclass(frozen=True, slots=True)
class Offered:
    """What a service says of whom it is for, and of getting in and being understood. `step_free` None: not told."""

    minimum_age: int | None = None
    maximum_age: int | None = None
    rules: tuple[Rule, ...] = ()
    step_free: bool | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """`because` are the reasons against; `ask` is what to find out first.

    `broken` are the rules behind the reasons, as the service itself would say them: nothing in them is of the person.
    """

    answer: Answer
    because: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """What one rule comes to. `more` is about the person, and only for who supports them."""

    answer: Answer
    rule: str = ""
    more: str = ""

    @property
    def words(self) -> str:
        return f"{self.rule}{self.more}"


_YES = _Said(Answer.FITS)


def fit(known: Known, offered: Offered) -> Fit:
    """All rules together. Several values of one rule are alternatives."""
    said = [_age(known, offered), _steps(known, offered), _language(known, offered)]
    said += [_one(rule, known) for rule in offered.rules if rule.must]
    because = tuple(each.words for each in said if each.answer is Answer.DOES_NOT_FIT)
    ask = tuple(each.words for each in said if each.answer is Answer.ASK)
    broken = tuple(each.rule for each in said if each.answer is Answer.DOES_NOT_FIT)
    return Fit(Answer.DOES_NOT_FIT if because else Answer.ASK if ask else Answer.FITS, because, ask, broken)


def _age(known: Known, offered: Offered) -> _Said:
    least, most = offered.minimum_age, offered.maximum_age
    if least is None and most is None:
        return _YES
    said = f"It is for people {ages_words(least, most)}."
    if known.age is None:
        return _Said(Answer.ASK, said, " Ask how old they are.")
    if (least is None or known.age >= least) and (most is None or known.age <= most):
        return _YES
    return _Said(Answer.DOES_NOT_FIT, said, f" They are {known.age}.")


def _steps(known: Known, offered: Offered) -> _Said:
    if not known.step_free or offered.step_free:
        return _YES
    if offered.step_free is None:
        return _Said(Answer.ASK, "Nobody has said whether there are steps.", " Ask: they cannot manage steps.")
    return _Said(Answer.DOES_NOT_FIT, "There are steps.", " They cannot manage steps.")


def _language(known: Known, offered: Offered) -> _Said:
    """Whoever speaks for a group may speak more languages than its listing says: only ever something to ask."""
    if not known.interpreted or known.interpreted.casefold() in {each.casefold() for each in offered.languages}:
        return _YES
    return _Said(Answer.ASK, f"Nobody has said that {known.interpreted} is spoken there.", " Ask.")


def ages_words(least: int | None, most: int | None) -> str:
    """ "aged 18 and over", "aged 11 to 25", "aged 25 and under"; "" without either."""
    if least is not None and most is not None:
        return f"aged {least} to {most}"
    if least is not None:
        return f"aged {least} and over"
    return f"aged {most} and under" if most is not None else ""


def _one(rule: Rule, known: Known) -> _Said:
    said = f"{rule_words(rule)}."
    if rule.kind is RuleKind.AREA:
        return _area(rule, known, said)
    if rule.kind is RuleKind.REFERRAL_ONLY:
        return _YES if known.referred else _Said(Answer.DOES_NOT_FIT, said)
    if rule.kind is RuleKind.LANGUAGE:
        return _YES if set(known.languages) & set(rule.values) else _Said(Answer.ASK, said, " Ask.")
    have = {RuleKind.GENDER: known.gender, RuleKind.PRACTICE: known.practice}.get(rule.kind)
    if have is not None:
        if not have:
            return _Said(Answer.ASK, said, " Ask.")
        return _YES if have in rule.values else _Said(Answer.DOES_NOT_FIT, said)
    if rule.kind is RuleKind.CONDITION and _folded(known.conditions) & _folded(rule.values):
        return _YES
    answer = known.facts.get(rule.kind)
    if answer is None:
        return _Said(Answer.ASK, said, " Ask.")
    return _YES if answer else _Said(Answer.DOES_NOT_FIT, said)


def _folded(values: Iterable[str]) -> set[str]:
    return {each.lower() for each in values}


def _area(rule: Rule, known: Known, said: str) -> _Said:
    inside: bool | None = None
    if rule.values and known.postcode:
        inside = in_areas(known.postcode, rule.values)
    elif rule.outline and known.point:
        inside = in_outline(known.point, rule.outline)
    if inside is None:
        return _Said(Answer.ASK, said, " Ask where they live.")
    return _YES if inside else _Said(Answer.DOES_NOT_FIT, said)


def in_areas(postcode: str, areas: Sequence[str]) -> bool | None:
    """Whether a postcode lies in one of these areas ("ZW"), districts ("ZW1") or sectors ("ZW1 3").

    None where only its first half is known, and some of that district is in the area.
    """
    code = " ".join(postcode.upper().split())
    outward, _, inward = code.partition(" ")
    letters = "".join(_leading_letters(outward))
    listed = [" ".join(area.upper().split()) for area in areas]
    if any(each in {outward, letters, code} or (" " in each and code.startswith(each)) for each in listed):
        return True
    return None if not inward and any(each.startswith(f"{outward} ") for each in listed) else False


def _leading_letters(outward: str) -> Iterable[str]:
    for each in outward:
        if not each.isalpha():
            return
        yield each


def in_outline(point: tuple[float, float], outline: dict[str, object]) -> bool:
    """Whether a point (longitude, latitude) lies in a GeoJSON Polygon or MultiPolygon; its holes are outside."""
    shape, rings = outline.get("type"), outline.get("coordinates")
    if not isinstance(rings, list):
        return False
    polygons = rings if shape == "MultiPolygon" else [rings] if shape == "Polygon" else []
    return any(
        bool(polygon) and _in_ring(point, polygon[0]) and not any(_in_ring(point, hole) for hole in polygon[1:])
        for polygon in polygons
    )


def _in_ring(point: tuple[float, float], ring: Sequence[Sequence[float]]) -> bool:
    """A line to the east from the point crosses the edge of what it is inside an odd number of times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


_WORDS = {
    RuleKind.CARER: "people who look after somebody",
    RuleKind.PARENT: "people with children",
    RuleKind.LIVES_ALONE: "people who live alone",
    RuleKind.BEREAVED: "people who have lost somebody",
    RuleKind.VETERAN: "people who served in the forces, and their families",
    RuleKind.REFUGEE: "people who came here to find safety",
    RuleKind.LGBT: "lesbian, gay, bisexual and trans people",
    RuleKind.NO_WORK: "people who are out of work",
    RuleKind.LOW_INCOME: "people with little money",
}


def rule_words(rule: Rule) -> str:
    """ "Only for women", "For people who live in ZW1 or ZW2"; the group's own words where it gave some."""
    if rule.words:
        return rule.words.rstrip(". ")
    start = "Only for" if rule.must else "Mostly for"
    listed = words.joined(list(rule.values), last="or")
    match rule.kind:
        case RuleKind.AREA:
            return f"{start} people who live in {listed or 'its area'}"
        case RuleKind.CONDITION:
            return f"{start} people with {listed or 'a certain condition'}"
        case RuleKind.LANGUAGE:
            return f"{start} people who speak {listed}"
        case RuleKind.PRACTICE:
            return f"{start} patients of {listed or 'certain practices'}"
        case RuleKind.REFERRAL_ONLY:
            return "Somebody has to refer you"
        case _:
            return f"{start} {_WORDS.get(rule.kind, listed or 'some people')}"
