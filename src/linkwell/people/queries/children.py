"""What is kept about a child or young person: who is responsible, who decides, and who may be contacted."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import words
from linkwell.kernel.errors import NotFound
from linkwell.people.children import (
    AdultDetails,
    AdultRow,
    AdultToWrite,
    OwnDecisionRow,
    YoungDetails,
    YoungLines,
    YoungPersonRow,
)
from linkwell.people.deciding import DECISION_WORDS, Age, Decision
from linkwell.people.models import (
    BestInterests,
    CapacityAssessment,
    ContactPoint,
    HowKnown,
    LookedAfter,
    MayContact,
    OwnDecision,
    Person,
    Responsibility,
    ResponsibleAdult,
    YoungPerson,
)
from linkwell.people.permissions import PERSON_SEE, SAFE_ANSWERS_USE
from linkwell.people.queries.contact import shown_value
from linkwell.people.queries.identity import linked_set

YOUNG_FROM = 16
ADULT_FROM = 18


def age_band(born: date | None) -> Age:
    """Somebody whose date of birth is not known counts as an adult: nobody decides for them without a reason."""
    if born is None:
        return Age.ADULT
    age = words.age(born)
    if age < YOUNG_FROM:
        return Age.CHILD
    return Age.YOUNG if age < ADULT_FROM else Age.ADULT


def age_band_of(scope: Scope, records: tuple[UUID, ...]) -> Age:
    """By the first record that has a date of birth."""
    born = dict(
        Person.objects.filter(organisation_id=scope.organisation_id, pk__in=records).values_list("pk", "date_of_birth")
    )
    return age_band(next((born[each] for each in records if born.get(each)), None))


def own_decision(scope: Scope, records: tuple[UUID, ...], decision: Decision) -> bool | None:
    """What was last judged about a young person deciding this; None when nobody did."""
    rows = OwnDecision.objects.filter(organisation_id=scope.organisation_id, person_id__in=records, decision=decision)
    return rows.order_by("-created_at", "-id").values_list("decides", flat=True).first()


def cannot_decide(scope: Scope, records: Collection[UUID], decision: Decision) -> bool:
    """Whether they were last judged not able to decide this, and no yes in their best interests rests on that."""
    rows = CapacityAssessment.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=records, decision=decision
    )
    newest = rows.order_by("-assessed_on", "-created_at", "-id").values_list("pk", "can_decide").first()
    if newest is None or newest[1]:
        return False
    return not BestInterests.objects.filter(assessment_id=newest[0], agreed=True, ended_at=None).exists()


@query(SAFE_ANSWERS_USE)
def contact_is_decided_for_them(scope: Scope, person_id: UUID) -> bool:
    """Whether others decide how this person is contacted.

    So it is under 16, unless somebody judged that they decide it themselves; and at any age for whoever was judged not
    able to decide it, unless it was decided in their best interests that they are written to as they said.
    """
    records = linked_set(scope, person_id)
    if age_band_of(scope, records) is Age.CHILD:
        return own_decision(scope, records, Decision.CONTACT) is not True
    return cannot_decide(scope, records, Decision.CONTACT)


@query(PERSON_SEE)
def young_person(scope: Scope, person_id: UUID) -> YoungPersonRow:
    """All that is kept about a child or young person, over all their records. Version 0: nothing recorded yet."""
    records = linked_set(scope, person_id)
    rows = YoungPerson.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    newest = rows.order_by("-created_at", "-version").first()
    own = rows.filter(person_id=person_id).order_by("-version").values_list("version", flat=True).first() or 0
    details = YoungDetails(newest.school, newest.looked_after, newest.local_authority) if newest else YoungDetails()
    return YoungPersonRow(
        version=own,
        details=details,
        looked_after_words=LookedAfter(details.looked_after).label,
        adults=tuple(_adult_row(row) for row in _adults(scope, records)),
        decisions=_own_decisions(scope, records),
    )


@query(PERSON_SEE)
def responsible_adult(scope: Scope, person_id: UUID, adult_id: UUID) -> AdultRow:
    """One adult around a child. Raises NotFound."""
    row = _adults(scope, linked_set(scope, person_id)).filter(pk=adult_id).first()
    if row is None:
        raise NotFound("We could not find that adult.")
    return _adult_row(row)


def _adults(scope: Scope, records: Collection[UUID]) -> QuerySet[ResponsibleAdult]:
    """Those who must not be contacted last, so that nobody rings the first name on the list by mistake."""
    rows = ResponsibleAdult.objects.filter(organisation_id=scope.organisation_id, person_id__in=records, ended_at=None)
    return rows.annotate(never=Q(may_contact=MayContact.NO)).order_by("never", "id")


def _adult_row(row: ResponsibleAdult) -> AdultRow:
    details = AdultDetails(
        name=row.name,
        relationship=row.relationship,
        responsibility=row.responsibility,
        how_known=row.how_known,
        may_contact=row.may_contact,
        phone=row.phone,
        email=row.email,
        safe_text=row.safe_text,
        safe_email=row.safe_email,
    )
    return AdultRow(
        id=row.pk,
        version=row.version,
        details=details,
        responsibility_words=Responsibility(row.responsibility).label,
        how_known_words=HowKnown(row.how_known).label if row.how_known else "",
        contact_words=MayContact(row.may_contact).label,
        phone_shown=shown_value("mobile", row.phone),
    )


def _own_decisions(scope: Scope, records: Collection[UUID]) -> tuple[OwnDecisionRow, ...]:
    rows = OwnDecision.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    newest = {Decision(row.decision): row for row in rows.order_by("created_at", "id")}
    return tuple(
        OwnDecisionRow(each, DECISION_WORDS[each], row.decides, row.judged_by_name, row.judged_on, row.reasons)
        for each in Decision
        if (row := newest.get(each)) is not None
    )


def young_lines(scope: Scope, records: Collection[UUID]) -> YoungLines:
    """Called inside the query of a banner, for somebody under 18 only."""
    rows = [_adult_row(row) for row in _adults(scope, records)]
    care = (
        YoungPerson.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
        .order_by("-created_at", "-version")
        .first()
    )
    looked_after: tuple[str, ...] = ()
    if care is not None and care.looked_after == LookedAfter.IN_CARE:
        looked_after = (f"Looked after by {care.local_authority}",)
    adults = tuple(
        f"{row.called}: {row.responsibility_words}, {row.contact_words}"
        for row in rows
        if row.details.may_contact != MayContact.NO
    )
    never = tuple(f"Do not contact {row.called}" for row in rows if row.details.may_contact == MayContact.NO)
    return YoungLines(looked_after + adults, never)


@query(SAFE_ANSWERS_USE)
def adults_to_tell(scope: Scope, person_id: UUID) -> tuple[UUID, ...]:
    """Adults with parental responsibility who may be contacted about a child, and said that they may be written to."""
    records = linked_set(scope, person_id)
    if age_band_of(scope, records) is Age.ADULT:
        # Parental responsibility ends at 18.
        return ()
    may = _adults(scope, records).filter(
        Q(safe_text=True) | Q(safe_email=True), responsibility="yes", may_contact=MayContact.YES
    )
    return tuple(may.values_list("pk", flat=True))


@query(SAFE_ANSWERS_USE)
def adult_to_write(scope: Scope, person_id: UUID, *, adult_id: UUID | None = None, address: str = "") -> AdultToWrite:
    """What is so about one adult around a child, found by id or by the number or address something would go to.

    A number or address that an adult has who must not be contacted is not used for anybody. Raises NotFound.
    """
    records = linked_set(scope, person_id)
    rows = list(_adults(scope, records))
    wanted = [row for row in rows if row.pk == adult_id or (address and address in (row.phone, row.email))]
    if not wanted:
        raise NotFound("We could not find that adult.")
    row = wanted[0]
    mine = {row.phone, row.email} - {""}
    others = {value for each in rows if each.pk != row.pk for value in (each.phone, each.email)}
    never = {value for each in rows if each.may_contact == MayContact.NO for value in (each.phone, each.email)}
    theirs = ContactPoint.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=records, ended_at=None, value__in=mine
    )
    asked = row.may_contact == MayContact.YES
    return AdultToWrite(
        phone=row.phone,
        email=row.email,
        safe_text=row.safe_text if asked or row.safe_text is False else None,
        safe_email=row.safe_email if asked or row.safe_email is False else None,
        do_not_contact=row.may_contact == MayContact.NO or bool(mine & never),
        shared=frozenset(mine & (others | set(theirs.values_list("value", flat=True)))),
    )
