"""People we could offer support to, as the staff of their own hospital see them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from linkwell.cohorts.rules import tells_of_health
from linkwell.core import audit
from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Candidate, CandidateReason, NotSuitable, Offer, Patient, Stay, StayClass
from linkwell.hospital.permissions import SAY_NOT_SUITABLE, SEE_CANDIDATES
from linkwell.hospital.queries.joined import records_of
from linkwell.hospital.queries.listable import listable_patients
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel import clock
from linkwell.kernel.errors import NotAllowed, NotFound
from linkwell.kernel.pages import Page
from linkwell.referrals.queries.one import answers_to

OfCandidate = TypeVar("OfCandidate", CandidateReason, Offer)
SIZE = 25
# Whoever left longer ago is no longer treated here, and so no longer named here.
TREATED_FOR = dt.timedelta(days=30)
EMERGENCY = "A&E"
LEFT = "Left lately"
SHOWN: Mapping[str, tuple[str, ...]] = {
    "open": ("open", "offered"),
    "accepted": ("accepted",),
    "chose_not": ("chose_not",),
    "not_suitable": ("not_suitable",),
    "asked_not": ("asked_not",),
}


@dataclass(frozen=True, slots=True)
class Where:
    """Where somebody is, or was last. `left_at` is None while they are here."""

    emergency: bool
    ward: str
    bay: str
    bed: str
    site: str
    since: dt.datetime | None
    left_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """What one rule saw, for `cohorts.rules.sentence`.

    `rule` is empty for a rule that tells of health, where the reader does not treat the person.
    """

    rule: str
    since: dt.date
    evidence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """What was said to one offer. `told`: the last thing the hospital was told of the referral that came of it."""

    offered_at: dt.datetime
    answer: str
    answered_at: dt.datetime | None
    referral_id: UUID | None
    told: str = ""


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One person. `offers` are the newest first; `review_on` is set while now is not the time."""

    id: UUID
    version: int
    state: str
    patient_id: UUID
    given_name: str
    family_name: str
    born_on: dt.date | None
    where: Where | None
    reasons: tuple[ReasonRow, ...]
    offers: tuple[OfferRow, ...] = ()
    review_on: dt.date | None = None
    review_reason: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"

    @property
    def to_refer(self) -> bool:
        """They said yes, and nobody has referred them since."""
        last = next((each for each in self.offers if each.answer == "accepted"), None)
        return self.state == "accepted" and last is not None and last.referral_id is None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which people: `show` is a key of SHOWN, `reason` a rule, `words` a part of a name.

    `ward` is where they are now: a ward or A&E; LEFT is who has left since.
    """

    show: str = "open"
    ward: str = ""
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many are in each list, and what there is to filter by: wards are those where somebody is now."""

    counts: Mapping[str, int]
    wards: tuple[str, ...]
    reasons: tuple[str, ...]


@query(SEE_CANDIDATES)
def candidates(scope: Scope, filters: Filters, page: int = 1) -> Page[CandidateRow]:
    """A page of people, who is here first, by ward and name: nobody comes before another because of a number.

    Raises NotAllowed where somebody who does not treat them asks by a reason that tells of health.
    """
    only_trusts(scope)
    size = lines(SIZE)
    start = (page - 1) * size
    shown = _narrowed(scope, filters).filter(state__in=SHOWN[filters.show])
    rows = shown.order_by("has_left", "ward_now", "patient__family_name", "patient__given_name", "pk")
    fetched = list(rows[start : start + size + 1])
    return Page.of(_rows(scope, fetched), number=page, size=size)


@query(SEE_CANDIDATES)
def counts_of(scope: Scope, filters: Filters) -> Mapping[str, int]:
    """How many of those asked for are in each list, whichever is shown. Raises NotAllowed as `candidates` does."""
    only_trusts(scope)
    return _counts(_narrowed(scope, filters))


def _counts(rows: Any) -> dict[str, int]:
    by_state = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    return {show: sum(by_state.get(state, 0) for state in states) for show, states in SHOWN.items()}


@query(SEE_CANDIDATES)
def candidates_summary(scope: Scope) -> Summary:
    """Counts of each whole list, the wards people are on and the reasons there are that the reader may know."""
    only_trusts(scope)
    rows = listed(scope)
    on_wards = rows.filter(has_left=False).exclude(class_now=StayClass.EMERGENCY).order_by()
    wards = sorted(set(on_wards.values_list("ward_now", flat=True).distinct()) - {"", EMERGENCY})
    asked_of = rows.exclude(state="asked_not").order_by().values("pk")
    of_listed = CandidateReason.objects.filter(candidate__in=asked_of, gone_at=None)
    rules = of_listed.order_by().values_list("rule", flat=True).distinct()
    reasons = sorted(rule for rule in rules if _may_know(scope, rule))
    return Summary(_counts(rows), tuple(wards), tuple(reasons))


@query(SEE_CANDIDATES, opening=True)
def candidate(scope: Scope, candidate_id: UUID) -> CandidateRow:
    """One person. Raises NotFound, also for somebody whom no list shows."""
    only_trusts(scope)
    found = listed(scope).filter(pk=candidate_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "candidate", found.pk)
    return _rows(scope, [found])[0]


def treated_now(patient: str = "patient_id") -> QuerySet[Stay]:
    """Stays of a patient (a column of the outer question) that go on, or ended lately, the newest first."""
    rows = Stay.objects.filter(patient_id=OuterRef(patient), no_stay="", admitted_at__isnull=False)
    rows = rows.filter(Q(discharged_at=None) | Q(discharged_at__gte=clock.now() - TREATED_FOR))
    return rows.exclude(stay_class=StayClass.OUTPATIENT).order_by("-admitted_at", "-pk")


def listed(scope: Scope) -> Any:
    """People who may be on a list: treated here now, alive, and with a record that is theirs and not restricted."""
    rows = Candidate.objects.filter(
        organisation_id=scope.organisation_id, patient__in=listable_patients(scope)
    ).exclude(state="gone")
    newest = treated_now()
    rows = rows.annotate(
        stay_now=Subquery(newest.values("pk")[:1]),
        ward_now=Subquery(newest.values("ward")[:1]),
        class_now=Subquery(newest.values("stay_class")[:1]),
        has_left=Exists(Stay.objects.filter(pk=OuterRef("stay_now"), discharged_at__isnull=False)),
    ).filter(stay_now__isnull=False)
    return rows.select_related("patient")


def _narrowed(scope: Scope, filters: Filters) -> Any:
    """Those of all lists whom the ward, the reason and the words of a name leave."""
    if filters.reason and not _may_know(scope, filters.reason):
        raise NotAllowed
    rows = listed(scope)
    if filters.ward:
        rows = rows.filter(has_left=filters.ward == LEFT)
    if filters.ward == EMERGENCY:
        rows = rows.filter(Q(class_now=StayClass.EMERGENCY) | Q(ward_now=EMERGENCY))
    elif filters.ward and filters.ward != LEFT:
        rows = rows.filter(ward_now=filters.ward).exclude(class_now=StayClass.EMERGENCY)
    if filters.reason:
        why = CandidateReason.objects.filter(candidate_id=OuterRef("pk"), rule=filters.reason, gone_at=None)
        rows = rows.filter(Exists(why)).exclude(state="asked_not")
    for word in filters.words.split():
        rows = rows.filter(Q(patient__family_name__icontains=word) | Q(patient__given_name__icontains=word))
    return rows


def _rows(scope: Scope, fetched: Iterable[Candidate]) -> list[CandidateRow]:
    found = list(fetched)
    ids = [row.pk for row in found]
    stays = Stay.objects.in_bulk([row.__dict__["stay_now"] for row in found])
    # Of whoever asked us not to offer nothing is told but that: no page brings up why a rule saw them.
    asked_of = [row.pk for row in found if row.state != "asked_not"]
    reasons = _by_candidate(CandidateReason.objects.filter(candidate_id__in=asked_of, gone_at=None).order_by("rule"))
    offers = _by_candidate(
        Offer.objects.filter(candidate_id__in=ids).exclude(answer="withdrawn").order_by("-offered_at")
    )
    sent = [each.referral_id for several in offers.values() for each in several if each.referral_id]
    told = {referral: answers[-1].kind for referral, answers in answers_to(sent).items()}
    reviews = _reviews([row.patient for row in found if row.state == "not_suitable"])
    return [
        CandidateRow(
            id=row.pk,
            version=row.version,
            state=row.state,
            patient_id=row.patient_id,
            given_name=row.patient.given_name,
            family_name=row.patient.family_name,
            born_on=row.patient.born_on,
            where=where_of(stays.get(row.__dict__["stay_now"])),
            reasons=_reasons(scope, reasons.get(row.pk, ())),
            offers=tuple(_offer(each, told) for each in offers.get(row.pk, ())),
            review_on=reviews[row.patient_id].review_on if row.patient_id in reviews else None,
            review_reason=str(reviews[row.patient_id].get_reason_display()) if row.patient_id in reviews else "",
        )
        for row in found
    ]


def _reviews(patients: Collection[Patient]) -> dict[UUID, NotSuitable]:
    """The last day to look again of each, under any record joined to theirs: until then they are left alone."""
    owner = {record: patient for patient, own in records_of(patients).items() for record in own}
    waits = NotSuitable.objects.filter(patient_id__in=owner, ended_at=None).order_by("review_on", "pk")
    return {owner[each.patient_id]: each for each in waits}


def _may_know(scope: Scope, rule: str) -> bool:
    return scope.may(SAY_NOT_SUITABLE) or not tells_of_health(rule)


def _reasons(scope: Scope, found: Iterable[CandidateReason]) -> tuple[ReasonRow, ...]:
    """What the reader may know; all that tells of health is one reason without a name, and comes last."""
    told: list[CandidateReason] = []
    kept_back: list[CandidateReason] = []
    for each in found:
        (told if _may_know(scope, each.rule) else kept_back).append(each)
    rows = [ReasonRow(each.rule, each.since, each.evidence) for each in told]
    if kept_back:
        first = any(each.evidence.get("speak_first") == "yes" for each in kept_back)
        since = min(each.since for each in kept_back)
        rows.append(ReasonRow("", since, {"speak_first": "yes"} if first else {}))
    return tuple(rows)


def _by_candidate(rows: Iterable[OfCandidate]) -> dict[UUID, list[OfCandidate]]:
    found: dict[UUID, list[OfCandidate]] = {}
    for row in rows:
        found.setdefault(row.candidate_id, []).append(row)
    return found


def _offer(row: Offer, told: Mapping[UUID, str]) -> OfferRow:
    of_referral = told.get(row.referral_id, "") if row.referral_id else ""
    return OfferRow(row.offered_at, row.answer, row.answered_at, row.referral_id, of_referral)


def where_of(stay: Stay | None) -> Where | None:
    if stay is None:
        return None
    return Where(
        emergency=stay.stay_class == StayClass.EMERGENCY,
        ward=stay.ward,
        bay=stay.bay,
        bed=stay.bed,
        site=stay.site,
        since=stay.admitted_at,
        left_at=stay.discharged_at,
    )
