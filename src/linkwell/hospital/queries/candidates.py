"""People we could offer support to, as the staff of their own hospital see them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from linkwell.core import audit
from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Candidate, CandidateReason, NotSuitable, Offer, Patient, Stay, StayClass
from linkwell.hospital.permissions import SAY_NOT_SUITABLE, SEE_CANDIDATES
from linkwell.hospital.queries.listable import listable_patients, restricted_patients
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel import clock, nhs_number
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page

OfCandidate = TypeVar("OfCandidate", CandidateReason, Offer)
SIZE = 25
# Whoever left longer ago is no longer treated here, and so no longer named here.
TREATED_FOR = dt.timedelta(days=30)
EMERGENCY = "A&E"
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
    """What one rule saw, for `cohorts.rules.sentence`."""

    rule: str
    since: dt.date
    evidence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfferRow:
    offered_at: dt.datetime
    answer: str
    answered_at: dt.datetime | None
    referral_id: UUID | None


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
        """They said yes, and nobody has referred them yet."""
        return self.state == "accepted" and not any(each.referral_id for each in self.offers)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which people: `show` is a key of SHOWN, `ward` a ward or A&E, `reason` a rule, `words` a part of a name."""

    show: str = "open"
    ward: str = ""
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many are in each list, and what there is to filter by."""

    counts: Mapping[str, int]
    wards: tuple[str, ...]
    reasons: tuple[str, ...]


@query(SEE_CANDIDATES)
def candidates(scope: Scope, filters: Filters, page: int = 1) -> Page[CandidateRow]:
    """A page of people, by ward and name: nobody comes before another because of a number."""
    only_trusts(scope)
    size = lines(SIZE)
    start = (page - 1) * size
    rows = _filtered(scope, filters).order_by("ward_now", "patient__family_name", "patient__given_name", "pk")
    fetched = list(rows[start : start + size + 1])
    return Page.of(_rows(fetched), number=page, size=size)


@query(SEE_CANDIDATES)
def candidates_summary(scope: Scope) -> Summary:
    """Counts of each list, the wards people are on and the reasons there are."""
    only_trusts(scope)
    listed = _listed(scope)
    by_state = dict(listed.order_by().values_list("state").annotate(number=Count("pk")))
    wards = sorted({ward for ward in listed.order_by().values_list("ward_now", flat=True).distinct() if ward})
    of_listed = CandidateReason.objects.filter(candidate__in=listed.order_by().values("pk"), gone_at=None)
    reasons = sorted(of_listed.order_by().values_list("rule", flat=True).distinct())
    counts = {show: sum(by_state.get(state, 0) for state in states) for show, states in SHOWN.items()}
    return Summary(counts, tuple(wards), tuple(reasons))


@query(SEE_CANDIDATES, opening=True)
def candidate(scope: Scope, candidate_id: UUID) -> CandidateRow:
    """One person. Raises NotFound, also for somebody whom no list shows."""
    only_trusts(scope)
    found = _listed(scope).filter(pk=candidate_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "candidate", found.pk)
    return _rows([found])[0]


@dataclass(frozen=True, slots=True)
class PatientRow:
    """What a referral needs of a patient, and no more."""

    id: UUID
    given_name: str
    family_name: str
    born_on: dt.date | None
    nhs_number: str
    phone: str
    postcode: str
    language: str


@query(SEE_CANDIDATES, opening=True)
def to_refer(scope: Scope, candidate_id: UUID) -> PatientRow:
    """What goes into the referral of somebody who said yes. Raises NotFound."""
    only_trusts(scope)
    found = _listed(scope).filter(pk=candidate_id, state="accepted").first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "hospital_patient", found.patient_id)
    return what_a_referral_needs(found.patient)


@query(SAY_NOT_SUITABLE)
def restricted_by_number(scope: Scope, number: str) -> UUID | None:
    """The patient with a restricted record who has exactly this NHS or hospital number; None for anybody else."""
    only_trusts(scope)
    number = number.strip()[:100]
    as_nhs = nhs_number.parse(number).digits if not nhs_number.problem(number) else ""
    by_number = Q(identifiers__value=number) if number else Q(pk=None)
    if as_nhs:
        by_number |= Q(nhs_number=as_nhs) & ~Q(number_status="disputed")
    found = restricted_patients(scope).filter(by_number).distinct()[:2]
    return found[0].pk if len(found) == 1 else None


@query(SAY_NOT_SUITABLE, opening=True)
def restricted_patient(scope: Scope, patient_id: UUID) -> PatientRow:
    """A patient with a restricted record, for the clinician who refers them. Raises NotFound."""
    only_trusts(scope)
    found = restricted_patients(scope).filter(pk=patient_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "hospital_patient", found.pk)
    return what_a_referral_needs(found)


def what_a_referral_needs(row: Patient) -> PatientRow:
    """Called inside a query."""
    known = row.number_status != "disputed"
    return PatientRow(
        id=row.pk,
        given_name=row.given_name,
        family_name=row.family_name,
        born_on=row.born_on,
        nhs_number=row.nhs_number if known else "",
        phone=row.phone,
        postcode=row.postcode,
        language=row.language,
    )


def treated_now(patient: str = "patient_id") -> QuerySet[Stay]:
    """Stays of a patient (a column of the outer question) that go on, or ended lately, the newest first."""
    rows = Stay.objects.filter(patient_id=OuterRef(patient), no_stay="", admitted_at__isnull=False)
    rows = rows.filter(Q(discharged_at=None) | Q(discharged_at__gte=clock.now() - TREATED_FOR))
    return rows.exclude(stay_class=StayClass.OUTPATIENT).order_by("-admitted_at", "-pk")


def _listed(scope: Scope) -> Any:
    """People who may be on a list: treated here now, alive, and with a record that is theirs and not restricted."""
    rows = Candidate.objects.filter(
        organisation_id=scope.organisation_id, patient__in=listable_patients(scope)
    ).exclude(state="gone")
    newest = treated_now()
    rows = rows.annotate(
        stay_now=Subquery(newest.values("pk")[:1]), ward_now=Subquery(newest.values("ward")[:1])
    ).filter(stay_now__isnull=False)
    return rows.select_related("patient")


def _filtered(scope: Scope, filters: Filters) -> Any:
    rows = _listed(scope).filter(state__in=SHOWN[filters.show])
    if filters.ward == EMERGENCY:
        here = Stay.objects.filter(pk=OuterRef("stay_now"), stay_class=StayClass.EMERGENCY)
        rows = rows.filter(Exists(here))
    elif filters.ward:
        rows = rows.filter(ward_now=filters.ward)
    if filters.reason:
        why = CandidateReason.objects.filter(candidate_id=OuterRef("pk"), rule=filters.reason, gone_at=None)
        rows = rows.filter(Exists(why))
    for word in filters.words.split():
        rows = rows.filter(Q(patient__family_name__icontains=word) | Q(patient__given_name__icontains=word))
    return rows


def _rows(fetched: Iterable[Candidate]) -> list[CandidateRow]:
    found = list(fetched)
    ids = [row.pk for row in found]
    stays = Stay.objects.in_bulk([row.__dict__["stay_now"] for row in found])
    reasons = _by_candidate(CandidateReason.objects.filter(candidate_id__in=ids, gone_at=None).order_by("rule"))
    offers = _by_candidate(
        Offer.objects.filter(candidate_id__in=ids).exclude(answer="withdrawn").order_by("-offered_at")
    )
    waits = NotSuitable.objects.filter(patient_id__in=[row.patient_id for row in found], ended_at=None)
    reviews = {each.patient_id: each for each in waits}
    return [
        CandidateRow(
            id=row.pk,
            version=row.version,
            state=row.state,
            patient_id=row.patient_id,
            given_name=row.patient.given_name,
            family_name=row.patient.family_name,
            born_on=row.patient.born_on,
            where=_where(stays.get(row.__dict__["stay_now"])),
            reasons=tuple(ReasonRow(each.rule, each.since, each.evidence) for each in reasons.get(row.pk, ())),
            offers=tuple(_offer(each) for each in offers.get(row.pk, ())),
            review_on=reviews[row.patient_id].review_on if row.patient_id in reviews else None,
            review_reason=str(reviews[row.patient_id].get_reason_display()) if row.patient_id in reviews else "",
        )
        for row in found
    ]


def _by_candidate(rows: Iterable[OfCandidate]) -> dict[UUID, list[OfCandidate]]:
    found: dict[UUID, list[OfCandidate]] = {}
    for row in rows:
        found.setdefault(row.candidate_id, []).append(row)
    return found


def _offer(row: Offer) -> OfferRow:
    return OfferRow(row.offered_at, row.answer, row.answered_at, row.referral_id)


def _where(stay: Stay | None) -> Where | None:
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
