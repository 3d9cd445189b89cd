"""What a feed says of who may come, as rules that can be asked. Pure; what is not plain stays words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linkwell.directory.models import RuleKind
from linkwell.interop.openreferral import ServiceRecord

LONGEST_VALUE = 80
MOST_VALUES = 50
_OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?(?: [0-9])?"
_AREAS = re.compile(rf"{_OUTWARD}(?:(?:\s*[,;/]\s*|\s+(?:and|or)\s+){_OUTWARD})*")
_LIVE_IN = re.compile(rf"\bliv(?:e|es|ing) in ({_AREAS.pattern})\b")
_GROUPS: tuple[tuple[RuleKind, str], ...] = (
    (RuleKind.CARER, r"(?:unpaid |family )?carers|people who (?:care for|look after) (?:somebody|someone)"),
    (
        RuleKind.BEREAVED,
        r"(?:the )?bereaved|bereaved people|people who (?:are bereaved|have lost (?:somebody|someone))",
    ),
    (RuleKind.VETERAN, r"veterans|people who (?:have )?served in the (?:armed )?forces"),
    (RuleKind.REFUGEE, r"refugees|people seeking (?:asylum|sanctuary|safety)|asylum seekers"),
    (RuleKind.LIVES_ALONE, r"people (?:who live|living) alone"),
    (RuleKind.PARENT, r"parents|mums and dads|families with children"),
    (RuleKind.NO_WORK, r"people who are (?:unemployed|out of work)|unemployed people"),
    (RuleKind.LOW_INCOME, r"people (?:on|with) (?:a )?low incomes?|people with little money"),
)
# "Only for carers", "Carers only", "For veterans": a sentence that begins so and names nobody else.
_SENTENCE = (
    r"(?P<only>only )?(?:open (?:only )?to |for )?(?:all )?(?:{who})(?P<after> only)?(?: of any age| aged [0-9].*)?"
)
_WHOLE = tuple((kind, re.compile(_SENTENCE.format(who=who), re.IGNORECASE)) for kind, who in _GROUPS)


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """As `models.EligibilityRule` keeps it."""

    kind: RuleKind
    values: tuple[str, ...] = ()
    must: bool = True


def rules_of(record: ServiceRecord, tags: Iterable[str]) -> tuple[RuleDraft, ...]:
    """The rules that a record states plainly. Ages are columns of the service and not among them."""
    found = [*_gender(set(tags)), *_areas(record), *_groups(record.eligibility), *_by_referral(record)]
    return tuple(dict.fromkeys(found))


def _gender(tags: set[str]) -> list[RuleDraft]:
    said = [value for tag, value in (("women_only", "women"), ("men_only", "men")) if tag in tags]
    return [RuleDraft(RuleKind.GENDER, tuple(said))] if len(said) == 1 else []


def _areas(record: ServiceRecord) -> list[RuleDraft]:
    """Postcode districts bind; the name of an area says whom the service has in mind."""
    said = ", ".join(filter(None, (*record.areas, *_LIVE_IN.findall(record.eligibility))))
    if not said:
        return []
    if _AREAS.fullmatch(said):
        return [RuleDraft(RuleKind.AREA, tuple(dict.fromkeys(re.findall(_OUTWARD, said)))[:MOST_VALUES])]
    names = dict.fromkeys(each[:LONGEST_VALUE] for each in record.areas)
    return [RuleDraft(RuleKind.AREA, tuple(names)[:MOST_VALUES], must=False)] if names else []


def _groups(words: str) -> list[RuleDraft]:
    found = []
    for sentence in re.split(r"[.;\n]", words):
        for kind, pattern in _WHOLE:
            if said := pattern.fullmatch(sentence.strip()):
                found.append(RuleDraft(kind, must=bool(said["only"] or said["after"])))
    return found


def _by_referral(record: ServiceRecord) -> list[RuleDraft]:
    ways = [each.lower() for each in record.attending_access]
    only = bool(ways) and all("referr" in way and "self" not in way for way in ways)
    return [RuleDraft(RuleKind.REFERRAL_ONLY)] if only else []
