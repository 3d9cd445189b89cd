"""What is known when somebody agrees: age, what was judged, and the record of authority of whoever says yes."""

from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.people.deciding import Able, ActsAs, Age, AgreedBy, By, Decision, Facts, may_agree
from linkwell.people.models import (
    ActsFor,
    Agreement,
    AgreementAnswer,
    BestInterests,
    CapacityAssessment,
    ResponsibleAdult,
)
from linkwell.people.permissions import PERSON_SEE, SAFE_ANSWERS_USE
from linkwell.people.queries.children import age_band_of, own_decision
from linkwell.people.queries.identity import linked_set

_ABLE = {None: Able.NOT_JUDGED, True: Able.YES, False: Able.NO}


def facts_for(scope: Scope, person_id: UUID, decision: Decision, agreed_by: AgreedBy) -> Facts:
    """Called inside an action or query of this person."""
    records = linked_set(scope, person_id)
    age = age_band_of(scope, records)
    newest = newest_assessment(scope, records, decision)
    return Facts(
        decision=decision,
        by=agreed_by.by,
        able=_ABLE[newest.can_decide if newest else None],
        age=age,
        own_decision=_ABLE[own_decision(scope, records, decision) if age is Age.CHILD else None],
        proof=_proof(scope, records, decision, agreed_by, newest),
    )


def newest_assessment(scope: Scope, records: tuple[UUID, ...], decision: Decision) -> CapacityAssessment | None:
    rows = CapacityAssessment.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=records, decision=decision
    )
    return rows.order_by("-assessed_on", "-created_at", "-id").first()


def _proof(
    scope: Scope, records: tuple[UUID, ...], decision: Decision, agreed_by: AgreedBy, newest: CapacityAssessment | None
) -> bool:
    """Whether the record of authority is there, is this person's, and says what is claimed."""
    if agreed_by.id is None:
        return False
    theirs = {"organisation_id": scope.organisation_id, "person_id__in": records, "pk": agreed_by.id, "ended_at": None}
    if agreed_by.by is By.PARENT:
        return ResponsibleAdult.objects.filter(**theirs, responsibility="yes").exists()
    if agreed_by.by is By.BEST_INTERESTS:
        # A decision made on an earlier judgement does not outlive a newer one.
        return BestInterests.objects.filter(**theirs, decision=decision, agreed=True, assessment=newest).exists()
    if agreed_by.by.value in set(ActsAs):
        return ActsFor.objects.filter(**theirs, kind=agreed_by.by.value, document_seen_on__isnull=False).exists()
    return False


@query(PERSON_SEE)
def why_not_agree(scope: Scope, person_id: UUID, decision: Decision, agreed_by: AgreedBy) -> str:
    """ "" when this yes would count, else why not: for a page that asks before anything is typed."""
    return may_agree(facts_for(scope, person_id, decision, agreed_by))


@query(SAFE_ANSWERS_USE)
def agreement_stands(scope: Scope, agreement_id: UUID) -> bool:
    """Whether what was agreed has been taken back since, for this one thing, for its subject, or for all support."""
    said = Agreement.objects.filter(organisation_id=scope.organisation_id, pk=agreement_id).first()
    if said is None or said.answer != AgreementAnswer.AGREED:
        return False
    later = Agreement.objects.filter(
        organisation_id=scope.organisation_id,
        person_id__in=linked_set(scope, said.person_id),
        created_at__gt=said.created_at,
    ).order_by("created_at", "id")
    about = [row for row in later if _reaches(row, said)]
    # For this one thing a later yes takes a no back; a no to all support is answered by a new referral to the group.
    own = [row for row in about if row.object_id == said.object_id and row.subject == said.subject]
    wider = [row for row in about if row not in own and row.answer != AgreementAnswer.AGREED]
    return not wider and (not own or own[-1].answer == AgreementAnswer.AGREED)


def _reaches(row: Agreement, said: Agreement) -> bool:
    if row.object_id is not None:
        return row.subject == said.subject and row.object_id == said.object_id
    return row.subject in (said.subject, "support")
