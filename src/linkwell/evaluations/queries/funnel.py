"""Who is offered support and how far they get, a row for each person: steps and wide groups, and nobody's name."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from linkwell.casework.models import Case
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.evaluations import bands
from linkwell.evaluations.permissions import SEE_WHO_GETS_THERE
from linkwell.kernel import clock
from linkwell.onward.models import Attendance, OnwardReferral
from linkwell.outcomes.models import ScoreOfResponse
from linkwell.outcomes.queries import packs
from linkwell.people.models import Person
from linkwell.people.queries.identity import linked_sets
from linkwell.referrals.models import Referral

YEAR = dt.timedelta(days=365)
# A word that fewer people said than this is not a group of its own: it might name somebody.
FEWEST_OF_A_WORD = 8
OTHER = "any other"
NOT_OPEN = frozenset({"declined", "withdrawn", "ended", "attended", "did_not_come"})
# As they are called in a report: the steps of `linkwell.evaluation.funnel`, in the words of our pages.
STEPS = ("offered", "accepted", "spoken with", "referred onward", "came", "better")
# The kinds of groups, and what a report calls each.
GROUPS = {
    "deprivation": "deprivation of the area",
    "ethnicity": "ethnic background",
    "language": "language",
    "age": "age",
    "sex": "sex or gender",
    "disability": "disability",
}
# Typed in, as people said it.
OWN_WORDS = ("ethnicity", "language", "sex", "disability")
FunnelRow = Mapping[str, str]
YES, NO, NOT_KNOWN = "1", "0", ""


@query(SEE_WHO_GETS_THERE)
def funnel(scope: Scope) -> tuple[FunnelRow, ...]:
    """Everybody referred in the last year, each once, by their newest referral. In no order that says who they are.

    A referral added to support that somebody has already is not one more offer.
    """
    since = clock.now() - YEAR
    referrals = Referral.objects.filter(organisation_id=scope.organisation_id, received_at__gte=since)
    rows = list(referrals.exclude(state="joined").order_by("received_at", "pk"))
    cases = {each.referral_id: each for each in Case.objects.filter(referral__in=rows)}
    people = Person.objects.in_bulk({each.person_id for each in cases.values()})
    sets = linked_sets(scope, list(people))
    reached = _Reached(scope, cases.values())
    found: dict[UUID, dict[str, str]] = {}
    for row in rows:
        case = cases.get(row.pk)
        key = min(sets[case.person_id]) if case else row.pk
        found[key] = _groups(row, people.get(case.person_id) if case else None) | reached.steps(row, case)
    return in_no_order(found.values())


def _groups(row: Referral, person: Person | None) -> dict[str, str]:
    """What the record says, or, for somebody who has none, what the referral does."""
    about = person or row
    said = {name: getattr(person, name, "") for name in ("ethnicity", "gender", "disability")}
    return {
        "deprivation": bands.fifth(about.postcode),
        "age": bands.age(about.date_of_birth),
        "language": folded(about.language or row.language),
        "ethnicity": folded(said["ethnicity"]),
        "sex": folded(said["gender"]),
        "disability": folded(said["disability"]),
    }


def folded(text: str) -> str:
    """As people say it in their own words, without differences of capitals and spaces."""
    return " ".join(text.split()).casefold().capitalize() or bands.UNKNOWN


def in_no_order(rows: Iterable[dict[str, str]]) -> tuple[FunnelRow, ...]:
    """The same with rare words together, in no order that says who anybody is."""
    found = list(rows)
    for name in OWN_WORDS:
        said = Counter(row.get(name) for row in found)
        for row in found:
            if said[row.get(name)] < FEWEST_OF_A_WORD and row.get(name, bands.UNKNOWN) != bands.UNKNOWN:
                row[name] = OTHER
    return tuple(sorted(found, key=lambda row: sorted(row.items())))


class _Reached:
    """How far the people of these cases got, read in as many statements for many as for one."""

    def __init__(self, scope: Scope, cases: Collection[Case]) -> None:
        self.onward: dict[UUID, list[str]] = defaultdict(list)
        sent = OnwardReferral.objects.filter(case__in=cases)
        for case_id, state in sent.values_list("case_id", "state"):
            self.onward[case_id].append(state)
        came = Attendance.objects.filter(onward_referral__case__in=cases, came=True)
        self.came = set(came.values_list("onward_referral__case_id", flat=True))
        self.improved = _improved(scope, cases)

    def steps(self, row: Referral, case: Case | None) -> dict[str, str]:
        """Each step is 1, 0, or empty where it is not known or not decided yet."""
        told = {"offered": YES, "accepted": self._accepted(row, case)}
        before = told["accepted"]
        for name, step in zip(STEPS[2:], (self._seen, self._referred, self._attended, self._better), strict=True):
            before = step(case) if case and before == YES else NOT_KNOWN
            told[name] = before
        return told

    def _accepted(self, row: Referral, case: Case | None) -> str:
        if case:
            return YES
        return NO if row.state in ("declined", "withdrawn") else NOT_KNOWN

    def _seen(self, case: Case) -> str:
        return YES if case.first_spoken_at else _not_yet(case)

    def _referred(self, case: Case) -> str:
        return YES if self.onward[case.pk] else _not_yet(case)

    def _attended(self, case: Case) -> str:
        states = self.onward[case.pk]
        if case.pk in self.came or "attended" in states:
            return YES
        return NO if NOT_OPEN.issuperset(states) else _not_yet(case)

    def _better(self, case: Case) -> str:
        return self.improved.get(case.pk, NOT_KNOWN)


def _not_yet(case: Case) -> str:
    """What has not happened by the end did not happen; before the end it still may."""
    return NO if case.state == "closed" else NOT_KNOWN


def _improved(scope: Scope, cases: Collection[Case]) -> dict[UUID, str]:
    """Of cases with two answers to one questionnaire: whether more of the scores got better than got worse."""
    here = packs.packs_of(scope.organisation_id)
    scores = ((pack.name, one) for pack in here.values() for one in pack.scores)
    signs = {(name, one.code): 1 if one.better == "higher" else -1 for name, one in scores}
    rows = ScoreOfResponse.objects.filter(response__case__in=cases, response__corrected_by=None, value__isnull=False)
    told = rows.order_by("response__answered_on", "response__created_at")
    values: dict[tuple[UUID, str, str], list[float]] = defaultdict(list)
    for case_id, pack, code, value in told.values_list("response__case_id", "response__pack", "code", "value"):
        if value is not None:
            values[case_id, pack, code].append(value)
    balance: Counter[UUID] = Counter()
    for (case_id, pack, code), each in values.items():
        if len(each) > 1 and (pack, code) in signs:
            moved = (each[-1] - each[0]) * signs[pack, code]
            balance[case_id] += (moved > 0) - (moved < 0)
    return {case_id: YES if more > 0 else NO for case_id, more in balance.items()}
