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
    first half; `point` is (longitude, latitude).
    """

    age: int | None = None
    gender: str = ""
    postcode: str = ""
    point: tuple[float, float] | None = None
    languages: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    facts: dict[RuleKind, bool] = field(default_factory=dict)
    referred: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """`because` are the reasons against; `ask` is what to find out first."""

    answer: Answer
    because: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


def fit(
    known: Known, *, minimum_age: int | None = None, maximum_age: int | None = None, rules: Iterable[Rule] = ()
) -> Fit:
    """All rules together. Several values of one rule are alternatives."""
    because, ask = [], []
    asked = [_age(known, minimum_age, maximum_age), *(_one(rule, known) for rule in rules if rule.must)]
    for answer, said in asked:
        if answer is Answer.DOES_NOT_FIT:
            because.append(said)
        elif answer is Answer.ASK:
            ask.append(said)
    answer = Answer.DOES_NOT_FIT if because else Answer.ASK if ask else Answer.FITS
    return Fit(answer, tuple(because), tuple(ask))


def _age(known: Known, least: int | None, most: int | None) -> tuple[Answer, str]:
    if least is None and most is None:
        return Answer.FITS, ""
    said = ages_words(least, most)
    if known.age is None:
        return Answer.ASK, f"It is for people {said}. Ask how old they are."
    if (least is None or known.age >= least) and (most is None or known.age <= most):
        return Answer.FITS, ""
    return Answer.DOES_NOT_FIT, f"It is for people {said}; they are {known.age}."


def ages_words(least: int | None, most: int | None) -> str:
    """ "aged 18 and over", "aged 11 to 25", "aged 25 and under"; "" without either."""
    if least is not None and most is not None:
        return f"aged {least} to {most}"
    if least is not None:
        return f"aged {least} and over"
    return f"aged {most} and under" if most is not None else ""


def _one(rule: Rule, known: Known) -> tuple[Answer, str]:
    said = rule_words(rule)
    if rule.kind is RuleKind.AREA:
        return _area(rule, known, said)
    if rule.kind is RuleKind.REFERRAL_ONLY:
        return (Answer.FITS, "") if known.referred else (Answer.DOES_NOT_FIT, f"{said}.")
    have = {RuleKind.GENDER: _one_if(known.gender), RuleKind.LANGUAGE: known.languages}.get(rule.kind)
    if have is not None:
        if not have:
            return Answer.ASK, f"{said}. Ask."
        return (Answer.FITS, "") if set(have) & set(rule.values) else (Answer.DOES_NOT_FIT, f"{said}.")
    if rule.kind is RuleKind.CONDITION and {each.lower() for each in known.conditions} & {
        each.lower() for each in rule.values
    }:
        return Answer.FITS, ""
    answer = known.facts.get(rule.kind)
    if answer is None:
        return Answer.ASK, f"{said}. Ask."
    return (Answer.FITS, "") if answer else (Answer.DOES_NOT_FIT, f"{said}.")


def _one_if(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _area(rule: Rule, known: Known, said: str) -> tuple[Answer, str]:
    if rule.values and known.postcode:
        inside = in_areas(known.postcode, rule.values)
    elif rule.outline and known.point:
        inside = in_outline(known.point, rule.outline)
    else:
        return Answer.ASK, f"{said}. Ask where they live."
    return (Answer.FITS, "") if inside else (Answer.DOES_NOT_FIT, f"{said}.")


def in_areas(postcode: str, areas: Sequence[str]) -> bool:
    """Whether a postcode lies in one of these areas ("ZW"), districts ("ZW1") or sectors ("ZW1 3")."""
    code = " ".join(postcode.upper().split())
    outward = code.split(" ")[0]
    letters = "".join(_leading_letters(outward))
    for area in areas:
        wanted = " ".join(area.upper().split())
        if wanted in {outward, letters, code} or (" " in wanted and code.startswith(wanted)):
            return True
    return False


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
