"""What may come seconds later: telling the person about an appointment, and a practice that something waits."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts.queries import user_email
from linkwell.casework import queries, reminders
from linkwell.casework.actions import carry_answer_back, drop_questions, dying, hand_overs, withdrawing
from linkwell.casework.actions.interpreters import release_interpreter
from linkwell.casework.calendar_file import FILE_NAME, calendar_file, own_address
from linkwell.casework.case_tasks import ALONE_TASK, task_about
from linkwell.casework.queries.summaries import address_of_note, address_of_summary, whose_summary
from linkwell.casework.queries.telling import ToTell, to_tell, was_held
from linkwell.casework.responsible import ask_to_phone, tell_adults
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.kernel import clock, phone, tongue
from linkwell.kernel.errors import NotFound
from linkwell.kernel.tongue import Tongue
from linkwell.messaging import actions as messaging
from linkwell.messaging import along, standing
from linkwell.messaging.outgoing import File
from linkwell.messaging.templates_out import Values
from linkwell.people import queries as people
from linkwell.referrals.actions.asking import WROTE_TASK
from linkwell.tasks import actions as tasks

TELL_BY_PHONE_TASK = "tell_appointment_by_phone"


@along.goes_with("appointment")
def calendar_of_their_time(scope: Scope, about_id: UUID, language: Tongue) -> along.Along | None:
    """Whoever hears of a time in writing may put it into a calendar; the file tells no more than the message."""
    try:
        entry = queries.calendar_entry(scope, about_id)
    except NotFound:
        return None
    with tongue.speaking(language):
        content = calendar_file(entry, clock.now())
    return along.Along(File(FILE_NAME, content, "text/calendar"), own_address(scope.organisation_id, entry))


@outbox.handles("appointment.booked")
def tell_person_of_appointment(scope: Scope, object_id: UUID) -> None:
    """A time they agreed is confirmed only where they said that is safe; a time that moved they must hear."""
    found = to_tell(scope, object_id)
    if found is None or found.state != "booked" or people.has_died(scope, found.person_id):
        return
    values: Values = {"staff": found.staff, "when": found.starts_at, "phone": found.phone}
    if found.was_moved:
        _tell_person(scope, object_id, found, "person_appointment_moved", values, must_hear=True)
    elif writing_is_safe(scope, found.person_id) or people.adults_to_tell(scope, found.person_id):
        _tell_person(scope, object_id, found, "person_appointment", values, must_hear=False)


@outbox.handles("appointment.moved")
@outbox.handles("appointment.cancelled")
def release_the_interpreter(scope: Scope, object_id: UUID) -> None:
    """Whoever was to interpret hears that the time is another, or none."""
    release_interpreter(scope=scope, appointment_id=object_id)


@outbox.handles("appointment.cancelled")
def tell_person_of_cancelling(scope: Scope, object_id: UUID) -> None:
    """They must hear, unless the time has gone: then it was a try, and there is nothing to cancel."""
    found = to_tell(scope, object_id)
    if found is None or found.starts_at <= clock.now() or people.has_died(scope, found.person_id):
        return
    values: Values = {"when": found.starts_at, "phone": found.phone}
    _tell_person(scope, object_id, found, "person_appointment_cancelled", values, must_hear=True)


def writing_is_safe(scope: Scope, person_id: UUID) -> bool:
    answers = people.safe_answers(scope, person_id)
    return any(answers.answer(way) and way in answers.confirmed for way in ("text", "email", "letter"))


def _tell_person(
    scope: Scope, appointment_id: UUID, found: ToTell, template: str, values: Values, *, must_hear: bool
) -> None:
    """Through the gate. Where nothing may be written and they must hear, their link worker phones."""
    sent = False
    if phone.problem(found.phone) is None and people.contact_is_decided_for_them(scope, found.person_id):
        sent = tell_adults(scope, appointment_id, found, template, values)
    elif phone.problem(found.phone) is None:
        message_id = messaging.send(
            scope=scope,
            audience="person",
            template=template,
            values=values,
            about_kind="appointment",
            about_id=appointment_id,
            once_key=f"{template}:{appointment_id}",
            person_id=found.person_id,
        )
        sent = not was_held(scope, message_id)
    if must_hear and not sent:
        ask_to_phone(scope, appointment_id, found, TELL_BY_PHONE_TASK, "Phone somebody: a time has changed")


@outbox.handles("case.closed")
def say_last_word(scope: Scope, object_id: UUID) -> None:
    reminders.say_last_word(scope, object_id)


@outbox.handles("case.closed")
def drop_questions_to_the_lead(scope: Scope, object_id: UUID) -> None:
    drop_questions(scope=scope, case_id=object_id)


@outbox.handles("referral.accepted")
@outbox.handles("referral.joined")
@outbox.handles("referral.declined")
def carry_answer_to_whoever_offered(scope: Scope, object_id: UUID) -> None:
    """Somebody handed over to us: the organisation that offered them hears, and its own support ends if we accepted."""
    carry_answer_back(scope=scope, referral_id=object_id)


@outbox.handles("case.closed")
def stop_offering_whose_support_ended(scope: Scope, object_id: UUID) -> None:
    hand_overs.stop_with_support(scope=scope, case_id=object_id)


@outbox.handles("agreement.withdrawn")
@outbox.handles("agreement.objected")
def stop_offering_who_changed_their_mind(scope: Scope, object_id: UUID) -> None:
    hand_overs.stop_with_agreement(scope=scope, agreement_id=object_id)


@outbox.handles("person.died")
def stop_support(scope: Scope, object_id: UUID) -> None:
    dying.stop_for_death(scope=scope, death_id=object_id)


@outbox.handles("person.death_undone")
def ask_nobody_to_confirm(scope: Scope, object_id: UUID) -> None:
    dying.ask_no_more(scope=scope, death_id=object_id)


@outbox.handles("person.died")
def stop_offering_who_has_died(scope: Scope, object_id: UUID) -> None:
    hand_overs.stop_with_death(scope=scope, death_id=object_id)


@outbox.handles("agreement.withdrawn")
@outbox.handles("agreement.objected")
def end_support_with_them(scope: Scope, object_id: UUID) -> None:
    withdrawing.ask_to_end_support(scope=scope, agreement_id=object_id)


@outbox.handles("agreement.withdrawn")
@outbox.handles("agreement.objected")
def close_sent_summaries(scope: Scope, object_id: UUID) -> None:
    withdrawing.close_sent_summaries(scope=scope, agreement_id=object_id)


@standing.behind("message_back")
def whether_the_practice_may_still_hear(scope: Scope, about_id: UUID, template: str) -> standing.Standing:
    """Looked at again when the e-mail to a practice goes: they may have changed their mind since."""
    person_id = whose_summary(scope, about_id)
    said = people.agreement(scope, person_id, "tell_gp") if person_id else None
    return standing.Standing(person_id, withdrawn=said is not None and not said.agreed)


@outbox.handles("message_back.sent")
def tell_practice_of_summary(scope: Scope, object_id: UUID) -> None:
    _tell(scope, "message_back", object_id, address_of_summary(scope, object_id))


@outbox.handles("separate_note.sent")
def tell_practice_of_note(scope: Scope, object_id: UUID) -> None:
    _tell(scope, "separate_note", object_id, address_of_note(scope, object_id))


def _tell(scope: Scope, kind: str, object_id: UUID, address: str) -> None:
    """The e-mail says that something waits, and no more. A practice without an address finds it in its list."""
    if not address:
        return
    messaging.send(
        scope=scope,
        audience="gp",
        template="gp_summary",
        values={"link": f"{settings.ADDRESS}{reverse('casework:received')}"},
        about_kind=kind,
        about_id=object_id,
        once_key=f"{kind}:{object_id}",
        address=address,
    )


@outbox.handles("referral.sender_wrote")
def pass_words_to_whoever_supports(scope: Scope, object_id: UUID) -> None:
    """What the referrer writes after a referral was taken is read by whoever supports the person now."""
    case = queries.open_case_of_referral(scope, object_id)
    if case is None or case.worker_id is None:
        return
    tasks.give_about(scope=scope, about_id=object_id, kind=WROTE_TASK, to_user_id=case.worker_id)
    messaging.send(
        scope=scope,
        audience="staff",
        template="staff_news",
        values={"link": f"{settings.ADDRESS}{reverse('referrals:thread', args=[object_id])}"},
        about_kind="referral_thread",
        about_id=object_id,
        once_key=f"sender_wrote:{object_id}:{case.worker_id}:{clock.today().isoformat()}",
        address=user_email(case.worker_id),
    )


@outbox.handles("household.linked")
def speak_alone_first(scope: Scope, object_id: UUID) -> None:
    """Somebody who came with somebody else is first spoken to alone: a task of each worker, naming nobody else."""
    for case in queries.open_cases_of(scope, people.pair_of(scope, object_id)).values():
        if case.first_spoken_at is None:
            task_about(
                scope,
                case,
                owner_id=case.worker_id,
                kind=ALONE_TASK,
                title="Speak with them alone first, and ask them how it is safe to reach them",
                due_on=case.next_date or clock.today(),
            )
