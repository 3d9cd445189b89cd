"""Whom a hospital's rules found and how far each got, a row for each person: steps and wide groups, nobody's name.

What comes after a team is in touch is that team's to know: its own page goes on from there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.evaluations import bands
from linkwell.evaluations.permissions import SEE_WHO_GETS_THERE
from linkwell.evaluations.queries.funnel import NO, NOT_KNOWN, YEAR, YES, FunnelRow, folded, in_no_order
from linkwell.hospital.models import Candidate, Offer, OfferAnswer, Patient
from linkwell.hospital.queries.joined import records_of
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.interop import ethnic_categories
from linkwell.kernel import clock
from linkwell.referrals.models import ReferralAnswer, ReferralAnswerKind

STEPS = ("found", "offered", "said yes", "referred", "in touch")
# What a hospital's systems send of a patient: disability is not in it.
GROUPS = {
    "deprivation": "deprivation of the area",
    "ethnicity": "ethnic background",
    "language": "language",
    "age": "age",
    "sex": "sex",
}
SEXES = {"F": "Female", "M": "Male"}


@query(SEE_WHO_GETS_THERE)
def offers(scope: Scope) -> tuple[FunnelRow, ...]:
    """Everybody first found in the last year, each once however many records they have."""
    only_trusts(scope)
    rows = Candidate.objects.filter(
        organisation_id=scope.organisation_id, created_at__gte=clock.now() - YEAR, patient__test=False
    )
    found = list(rows.select_related("patient"))
    made = _offers(found)
    told = _told(made)
    people = _people(scope, found)
    return in_no_order(
        _groups(patient) | _steps(mine, [each for row in mine for each in made[row.pk]], told)
        for patient, mine in people
    )


def _people(scope: Scope, found: Collection[Candidate]) -> list[tuple[Patient, list[Candidate]]]:
    """Each patient, joined to nobody else, with whatever stands on the list under any record of theirs."""
    clusters = {each.patient.cluster for each in found}
    patients = Patient.objects.filter(
        organisation_id=scope.organisation_id, cluster__in=clusters, merged_into=None, test=False
    )
    named = {each.pk: each for each in patients}
    owner = {record: pk for pk, records in records_of(named.values()).items() for record in records}
    mine: dict[UUID, list[Candidate]] = defaultdict(list)
    for each in found:
        if each.patient_id in owner:
            mine[owner[each.patient_id]].append(each)
    return [(named[pk], rows) for pk, rows in mine.items()]


def _offers(found: Iterable[Candidate]) -> dict[UUID, list[Offer]]:
    """Offers of each candidate. One that was noted by mistake is none."""
    made: dict[UUID, list[Offer]] = defaultdict(list)
    for each in Offer.objects.filter(candidate__in=found).exclude(answer=OfferAnswer.WITHDRAWN):
        made[each.candidate_id].append(each)
    return made


def _told(made: dict[UUID, list[Offer]]) -> dict[UUID, set[str]]:
    """What teams told us of each referral. Of being in touch they tell only if the person agreed."""
    referrals = [each.referral_id for offers in made.values() for each in offers if each.referral_id]
    told: dict[UUID, set[str]] = defaultdict(set)
    for referral, kind in ReferralAnswer.objects.filter(referral_id__in=referrals).values_list("referral_id", "kind"):
        told[referral].add(kind)
    return told


def _groups(patient: Patient) -> dict[str, str]:
    return {
        "deprivation": bands.fifth(patient.postcode),
        "age": bands.age(patient.born_on),
        "ethnicity": ethnic_categories.WORDS.get(patient.ethnic_category, bands.UNKNOWN),
        "language": folded(patient.language),
        "sex": SEXES.get(patient.sex, bands.UNKNOWN),
    }


def _steps(mine: list[Candidate], made: list[Offer], told: dict[UUID, set[str]]) -> dict[str, str]:
    """Each step is 1, 0, or empty where it is not known or not decided yet."""
    steps = {"found": YES, **dict.fromkeys(STEPS[1:], NOT_KNOWN)}
    # Whoever is still on the list may still be offered support.
    steps["offered"] = YES if made else NOT_KNOWN if any(each.state == "open" for each in mine) else NO
    answers = {each.answer for each in made}
    if OfferAnswer.ACCEPTED not in answers:
        steps["said yes"] = NO if OfferAnswer.CHOSE_NOT in answers and OfferAnswer.WAITING not in answers else NOT_KNOWN
        return steps
    steps["said yes"] = YES
    referrals = [each.referral_id for each in made if each.referral_id]
    if referrals:
        steps["referred"] = YES
        steps["in touch"] = _in_touch({kind for referral in referrals for kind in told[referral]})
    elif all(each.state == "gone" for each in mine):
        steps["referred"] = NO
    return steps


def _in_touch(kinds: set[str]) -> str:
    if kinds & {ReferralAnswerKind.IN_TOUCH, ReferralAnswerKind.CLOSED}:
        return YES
    return NO if ReferralAnswerKind.DECLINED in kinds else NOT_KNOWN
