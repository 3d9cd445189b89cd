"""How a hospital is doing, in numbers: the four problems, and who is reached."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory import geography
from linkwell.hospital.models import Candidate, Offer, OfferAnswer, ProblemMonth
from linkwell.hospital.permissions import SEE_NUMBERS
from linkwell.hospital.queries.listable import counted_patients
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.interop import ethnic_categories
from linkwell.kernel import clock, words
from linkwell.referrals.models import ReferralAnswer, ReferralAnswerKind

YEAR = dt.timedelta(days=365)
AGES = ((18, "Under 18"), (40, "18 to 39"), (65, "40 to 64"), (80, "65 to 79"), (200, "80 and over"))
SEXES = {"F": "Female", "M": "Male"}
UNKNOWN = "Not known"
FIFTHS = ("Most deprived fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Least deprived fifth")
ORDERS = {
    "deprivation": FIFTHS,
    "age": tuple(label for _, label in AGES),
    "sex": tuple(SEXES.values()),
    "ethnicity": tuple(ethnic_categories.WORDS.values()),
}


@dataclass(frozen=True, slots=True)
class MonthCount:
    month: dt.date
    count: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Reached:
    """People of one group in the last year: found by a rule, offered support, who said yes, with whom a team is in
    touch as far as we were told."""

    group: str
    found: int
    offered: int
    accepted: int
    helped: int


@query(SEE_NUMBERS)
def months(scope: Scope) -> dict[str, tuple[MonthCount, ...]]:
    """Each problem's months in order; nothing where no activity file has been counted."""
    only_trusts(scope)
    found: dict[str, list[MonthCount]] = defaultdict(list)
    for row in ProblemMonth.objects.filter(organisation_id=scope.organisation_id).order_by("month"):
        found[row.problem].append(MonthCount(row.month, row.count, row.out_of))
    return {problem: tuple(rows) for problem, rows in found.items()}


@query(SEE_NUMBERS)
def counted_at(scope: Scope) -> dt.datetime | None:
    """When the months were counted last."""
    newest = ProblemMonth.objects.filter(organisation_id=scope.organisation_id).order_by("-created_at").first()
    return newest.created_at if newest else None


@query(SEE_NUMBERS)
def reached(scope: Scope) -> dict[str, tuple[Reached, ...]]:
    """The last year by deprivation, age, sex and ethnic background: numbers of people, never their names.

    Everybody once, however many records they have; nobody restricted, and no made-up patient.
    """
    only_trusts(scope)
    # Whoever was first found before that counts where a rule found them again, or support was offered to them, since.
    this_year = Q(found_at__gte=clock.now() - YEAR) | Q(pk__in=_offers(scope).values("candidate_id"))
    rows = Candidate.objects.filter(this_year, organisation_id=scope.organisation_id)
    person = dict(rows.values_list("pk", Coalesce("patient__merged_into_id", "patient_id")))
    steps = [frozenset(person[each] for each in step if each in person) for step in _steps(scope)]
    known = counted_patients(scope).filter(pk__in=set(person.values()))
    by: dict[str, dict[UUID, str]] = {name: {} for name in ORDERS}
    for pk, postcode, born_on, sex, code in known.values_list("pk", "postcode", "born_on", "sex", "ethnic_category"):
        by["deprivation"][pk] = _fifth(postcode)
        by["age"][pk] = _age(born_on)
        by["sex"][pk] = SEXES.get(sex, UNKNOWN)
        by["ethnicity"][pk] = ethnic_categories.WORDS.get(code, UNKNOWN)
    return {name: _counted(groups, [*ORDERS[name], UNKNOWN], steps) for name, groups in by.items()}


def _steps(scope: Scope) -> tuple[frozenset[UUID], frozenset[UUID], frozenset[UUID]]:
    """Candidates who were offered support in the last year, who said yes then, and with whom a team told us that it
    is in touch."""
    rows = list(_offers(scope).values_list("candidate_id", "answer", "referral_id"))
    told = ReferralAnswer.objects.filter(
        referral_id__in=[referral for *_, referral in rows if referral],
        kind__in=[ReferralAnswerKind.IN_TOUCH, ReferralAnswerKind.CLOSED],
    )
    in_touch = set(told.values_list("referral_id", flat=True))
    return (
        frozenset(candidate for candidate, *_ in rows),
        frozenset(candidate for candidate, answer, _ in rows if answer == OfferAnswer.ACCEPTED),
        frozenset(candidate for candidate, _, referral in rows if referral in in_touch),
    )


def _offers(scope: Scope) -> QuerySet[Offer]:
    """What was offered in the last year and not taken back."""
    made = Offer.objects.filter(organisation_id=scope.organisation_id, offered_at__gte=clock.now() - YEAR)
    return made.exclude(answer=OfferAnswer.WITHDRAWN)


def _counted(groups: dict[UUID, str], order: Iterable[str], steps: Iterable[frozenset[UUID]]) -> tuple[Reached, ...]:
    people: dict[str, set[UUID]] = defaultdict(set)
    for person, group in groups.items():
        people[group].add(person)
    return tuple(
        Reached(group, len(people[group]), *(len(people[group] & step) for step in steps))
        for group in order
        if people[group]
    )


def _fifth(postcode: str) -> str:
    place = geography.place(postcode) if postcode else None
    return FIFTHS[(place.decile - 1) // 2] if place and place.decile else UNKNOWN


def _age(born_on: dt.date | None) -> str:
    if born_on is None:
        return UNKNOWN
    age = words.age(born_on)
    return next(label for below, label in AGES if age < below)
