"""Summaries: what one would say, those made here, and those another organisation was sent."""

from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework import message_back, summary
from linkwell.casework.models import Case, MessageBack, Plan, SeparateNote
from linkwell.casework.permissions import READ_SUMMARIES, SEE_CASES
from linkwell.casework.queries.conversations import interactions
from linkwell.casework.queries.plan import plan_row
from linkwell.casework.rows import CaseRow, ReceivedNote, Recipient, SummaryRow
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.people import queries as people
from linkwell.people.details import PersonDetails
from linkwell.referrals.models import Referral

PAGE_SIZE = 25
OWN_CLINICIANS = frozenset({"practice", "trust"})


@query(SEE_CASES)
def recipients(scope: Scope, case_id: UUID) -> tuple[Recipient, ...]:
    """Who a summary may go to: the person's GP practice, and the clinicians who referred them. Nobody else."""
    case = _case(scope, case_id)
    found: dict[UUID, Recipient] = {}
    code = case.person.gp_practice_code
    if code:
        try:
            practice = accounts.organisation_by_code(code)
            found[practice.id] = Recipient(practice.id, practice.name, "their GP practice")
        except NotFound:
            pass
    sender_id = case.referral.sender_organisation_id if case.referral else None
    if sender_id is not None and sender_id not in found:
        sender = accounts.organisation(sender_id)
        if sender.kind in OWN_CLINICIANS:
            found[sender.id] = Recipient(sender.id, sender.name, "the clinicians who referred them")
    found.pop(scope.organisation_id, None)
    return tuple(found.values())


@query(SEE_CASES)
def summaries_of(scope: Scope, case_id: UUID) -> tuple[SummaryRow, ...]:
    """Summaries made in a case, the newest first."""
    rows = MessageBack.objects.filter(organisation_id=scope.organisation_id, case_id=case_id).order_by("-created_at")
    return tuple(_row(each) for each in rows[:50])


@query(SEE_CASES, opening=True)
def summary_made(scope: Scope, summary_id: UUID) -> SummaryRow:
    """One summary made here, sent or only previewed. Raises NotFound."""
    found = MessageBack.objects.filter(organisation_id=scope.organisation_id, pk=summary_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "message_back", found.pk, person_id=found.person_id)
    return _row(found)


@query(READ_SUMMARIES)
def summaries_received(scope: Scope, page: int = 1) -> Page[SummaryRow]:
    """Summaries this organisation was sent and may still read, the newest first."""
    rows = MessageBack.objects.filter(recipient_organisation_id=scope.organisation_id, sent_at__isnull=False)
    start = (page - 1) * PAGE_SIZE
    fetched = [_row(each) for each in rows.order_by("-sent_at", "pk")[start : start + PAGE_SIZE + 1]]
    return Page.of(fetched, number=page, size=PAGE_SIZE)


@query(READ_SUMMARIES, opening=True)
def summary_received(scope: Scope, summary_id: UUID) -> SummaryRow:
    """One summary this organisation was sent. Raises NotFound for any other, and for one no longer shared."""
    found = MessageBack.objects.filter(
        recipient_organisation_id=scope.organisation_id, sent_at__isnull=False, pk=summary_id
    ).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "message_back", found.pk, person_id=found.person_id)
    return _row(found)


@query(READ_SUMMARIES)
def notes_received(scope: Scope, page: int = 1) -> Page[ReceivedNote]:
    """Separate notes this organisation was sent, the newest first, without their words."""
    rows = SeparateNote.objects.filter(recipient_organisation_id=scope.organisation_id).defer("text")
    start = (page - 1) * PAGE_SIZE
    fetched = [
        ReceivedNote(each.pk, each.about, "", each.reason, each.created_at)
        for each in rows.order_by("-created_at", "pk")[start : start + PAGE_SIZE + 1]
    ]
    return Page.of(fetched, number=page, size=PAGE_SIZE)


@query(READ_SUMMARIES, opening=True)
def note_received(scope: Scope, note_id: UUID) -> ReceivedNote:
    """One separate note, noting that it was opened. Raises NotFound."""
    found = SeparateNote.objects.filter(recipient_organisation_id=scope.organisation_id, pk=note_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "separate_note", found.pk, person_id=found.person_id)
    return ReceivedNote(found.pk, found.about, found.text, found.reason, found.created_at)


@query(SEE_CASES)
def address_of_summary(scope: Scope, summary_id: UUID) -> str:
    """The e-mail address of the organisation a summary went to; empty when it has none."""
    row = MessageBack.objects.select_related("recipient_organisation").filter(
        organisation_id=scope.organisation_id, pk=summary_id
    )
    found = row.first()
    return found.recipient_organisation.email if found and found.recipient_organisation else ""


@query(SEE_CASES)
def address_of_note(scope: Scope, note_id: UUID) -> str:
    """The same for a separate note."""
    row = SeparateNote.objects.select_related("recipient_organisation").filter(
        organisation_id=scope.organisation_id, pk=note_id
    )
    found = row.first()
    return found.recipient_organisation.email if found else ""


def known_about(scope: Scope, case_id: UUID, recipient: str) -> message_back.Known:
    """Everything a message back is made of. Called from inside an action."""
    case = _case(scope, case_id)
    card = people.contact_card(scope, case.person_id)
    return message_back.Known(
        person=card.details,
        about_me=people.about_me(scope, case.person_id).words,
        risks=people.risks(scope, case.person_id),
        requirements=people.requirements(scope, case.person_id),
        case=CaseRow.of(case),
        plan=plan_row(Plan.objects.get(case_id=case.pk)),
        conversations=interactions(scope, case.pk),
        interventions=summary.interventions(scope, case.pk),
        referral=_referral(case.referral),
        sent=_sent(case),
        recipient=recipient,
        written_on=clock.today(),
    )


def recipient_name(person: PersonDetails) -> str:
    """Who a summary is for where nobody at the practice uses Linkwell."""
    return person.gp_practice_name or "The GP practice"


def _case(scope: Scope, case_id: UUID) -> Case:
    found = (
        Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id)
        .select_related("person", "worker", "referral", "team__organisation")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _referral(referral: Referral | None) -> message_back.ReferralFacts | None:
    if referral is None:
        return None
    sender = referral.sender_organisation_id
    itself = referral.source == "self"
    return message_back.ReferralFacts(
        on=clock.london(referral.received_at).date(),
        referrer_name="Themselves" if itself else referral.referrer_name if sender else "",
        referrer_role=referral.referrer_role if sender else "",
        referrer_organisation=accounts.organisation(sender).name if sender else "",
        # What a relative wrote is information from somebody else: it does not go on.
        reason=referral.why if sender or itself else "",
    )


def _sent(case: Case) -> message_back.Sent:
    organisation = case.team.organisation
    return message_back.Sent(
        worker=case.worker.name if case.worker else "",
        team=case.team.name,
        organisation=organisation.name,
        phone=case.team.phone,
        email=organisation.email,
    )


def _row(found: MessageBack) -> SummaryRow:
    person = found.content["person_demographics"]
    return SummaryRow(
        id=found.pk,
        case_id=found.case_id,
        person_id=found.person_id,
        person_name=f"{person['first_name']} {person['family_name']}",
        recipient=found.recipient,
        recipient_organisation_id=found.recipient_organisation_id,
        content=found.content,
        made_at=found.created_at,
        sent_at=found.sent_at,
    )


def whose_summary(scope: Scope, summary_id: UUID) -> UUID | None:
    """Whose support a summary is about. Called inside the transaction of whoever sends something about it."""
    rows = MessageBack.objects.filter(organisation_id=scope.organisation_id, pk=summary_id)
    return rows.values_list("person_id", flat=True).first()
