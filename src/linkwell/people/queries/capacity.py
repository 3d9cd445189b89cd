"""Who can decide what, and who may say yes for somebody."""

from uuid import UUID

from linkwell.accounts.queries import user_names
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.people.capacity import (
    FOUR_QUESTIONS,
    ActsForRow,
    BestInterestsRow,
    CanAgree,
    CapacityPage,
    CapacityRow,
    as_value,
)
from linkwell.people.deciding import ACTS_AS_WORDS, DECISION_WORDS, ActsAs, Age, AgreedBy, By, Decision
from linkwell.people.models import ActsFor, BestInterests, CapacityAssessment, MayContact, ResponsibleAdult
from linkwell.people.permissions import PERSON_SEE
from linkwell.people.queries.children import age_band_of
from linkwell.people.queries.contact import shown_value
from linkwell.people.queries.identity import linked_set


@query(PERSON_SEE)
def capacity(scope: Scope, person_id: UUID) -> CapacityPage:
    """What was judged for each decision, who acts for the person, and what was decided in their best interests."""
    records = linked_set(scope, person_id)
    newest = _newest(scope, records)
    return CapacityPage(
        judged=tuple(_judged(newest[each]) for each in Decision if each in newest),
        acts_for=_acts_for(scope, records),
        best_interests=_best_interests(scope, records, {row.pk for row in newest.values()}),
    )


def _newest(scope: Scope, records: tuple[UUID, ...]) -> dict[Decision, CapacityAssessment]:
    rows = CapacityAssessment.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    return {Decision(row.decision): row for row in rows.order_by("assessed_on", "created_at", "id")}


def _judged(row: CapacityAssessment) -> CapacityRow:
    return CapacityRow(
        id=row.pk,
        decision=Decision(row.decision),
        decision_words=DECISION_WORDS[Decision(row.decision)],
        in_words=row.in_words,
        can_decide=row.can_decide,
        assessed_on=row.assessed_on,
        assessed_by_name=row.assessed_by_name,
        answers=tuple((question, getattr(row, name)) for name, question in FOUR_QUESTIONS.items()),
        help_given=row.help_given,
        reasons=row.reasons,
    )


def _acts_for(scope: Scope, records: tuple[UUID, ...]) -> tuple[ActsForRow, ...]:
    rows = list(
        ActsFor.objects.filter(organisation_id=scope.organisation_id, person_id__in=records, ended_at=None).order_by(
            "id"
        )
    )
    who = user_names({row.document_seen_by_id for row in rows if row.document_seen_by_id})
    return tuple(
        ActsForRow(
            id=row.pk,
            kind=row.kind,
            kind_words=ACTS_AS_WORDS[ActsAs(row.kind)],
            name=row.name,
            phone_shown=shown_value("mobile", row.phone),
            document_seen_on=row.document_seen_on,
            document_seen_by=who.get(row.document_seen_by_id, "") if row.document_seen_by_id else "",
            note=row.note,
        )
        for row in rows
    )


def _best_interests(scope: Scope, records: tuple[UUID, ...], newest: set[UUID]) -> tuple[BestInterestsRow, ...]:
    rows = BestInterests.objects.filter(organisation_id=scope.organisation_id, person_id__in=records, ended_at=None)
    return tuple(
        BestInterestsRow(
            id=row.pk,
            decision_words=DECISION_WORDS[Decision(row.decision)],
            agreed=row.agreed,
            stands=row.assessment_id in newest,
            decided_on=row.decided_on,
            decided_by_name=row.decided_by_name,
            what_was_decided=row.what_was_decided,
            their_wishes=row.their_wishes,
            consulted=row.consulted,
        )
        for row in rows.order_by("-decided_on", "-id")
    )


@query(PERSON_SEE)
def who_can_agree(scope: Scope, person_id: UUID) -> tuple[CanAgree, ...]:
    """For the question "Who said yes?": the person first, then everybody recorded with some authority, then others.

    Whether a yes counts is decided when it is recorded, for that one decision.
    """
    records = linked_set(scope, person_id)
    found = [CanAgree(By.PERSON.value, "The person themselves")]
    if age_band_of(scope, records) is not Age.ADULT:
        adults = ResponsibleAdult.objects.filter(
            organisation_id=scope.organisation_id, person_id__in=records, ended_at=None
        ).exclude(may_contact=MayContact.NO)
        found += [
            CanAgree(as_value(AgreedBy(By.PARENT, row.pk)), f"{row.name} ({row.relationship})")
            for row in adults.order_by("id")
        ]
    found += [
        CanAgree(as_value(AgreedBy(By(row.kind), row.id)), f"{row.name}, {row.kind_words}")
        for row in _acts_for(scope, records)
        if row.kind != ActsAs.ADVOCATE
    ]
    newest = {row.pk for row in _newest(scope, records).values()}
    found += [
        CanAgree(
            as_value(AgreedBy(By.BEST_INTERESTS, row.id)), f"Decided in their best interests: {row.decision_words}"
        )
        for row in _best_interests(scope, records, newest)
        if row.agreed and row.stands
    ]
    return (*found, CanAgree(By.RELATIVE.value, "A relative or friend"))
