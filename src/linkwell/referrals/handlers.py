"""What follows a referral seconds later: an e-mail to its sender, and the duty person when words suggest danger."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts.queries import TeamRow, organisation, rules, team, user_email
from linkwell.attachments.queries import harm
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.kernel import clock, phone, tongue
from linkwell.kernel.errors import NotFound
from linkwell.kernel.tongue import Tongue
from linkwell.kernel.working_days import Nation
from linkwell.messaging import standing
from linkwell.messaging.actions import send
from linkwell.messaging.message_parts import Value
from linkwell.people import queries as people
from linkwell.people.details import SafeAnswers
from linkwell.referrals import queries, times
from linkwell.referrals.actions import batches
from linkwell.referrals.actions.deciding import DANGER_TASK
from linkwell.referrals.actions.dying import ask_to_look
from linkwell.referrals.actions.telling import NEEDS_AGREEMENT
from linkwell.referrals.actions.writing import tell_of_harmful_file
from linkwell.referrals.queries.batches import sender_of_batch
from linkwell.referrals.queries.one import may_be_about, whose_referral
from linkwell.referrals.rows import News
from linkwell.referrals.sender_scope import sender_scope
from linkwell.referrals.wait_words import longest_told
from linkwell.tasks.actions import open_task

_TEMPLATES = {
    "received": "referrer_received",
    "question": "referrer_question",
    "declined": "referrer_news",
    "in_touch": "referrer_news",
    "closed": "referrer_news",
    "message": "referrer_message",
}


@outbox.handles("referral.told")
def mail_the_sender(scope: Scope, object_id: UUID) -> None:
    """Say that there is something to read. Nothing in the message is about the person."""
    news = queries.news(scope, object_id)
    if news is None or news.kind not in _TEMPLATES:
        return
    if news.sender_user_id:
        _mail_a_professional(scope, object_id, news, news.sender_user_id)
    elif news.kind == "received":
        _thank_the_public(scope, object_id, news)


def _mail_a_professional(scope: Scope, answer_id: UUID, news: News, user_id: UUID) -> None:
    address = _address_of(user_id)
    if not address:
        return
    values: dict[str, str | date] = {"reference": news.reference, "link": _link("referrals:mine_one", news.referral_id)}
    if news.kind == "received":
        values["when"] = _read_by(news)
    send(
        scope=scope,
        audience="referrer",
        template=_TEMPLATES[news.kind],
        values=values,
        about_kind="referral",
        about_id=news.referral_id,
        once_key=f"answer:{answer_id}",
        address=address,
        language=_language_there(team(news.team_id)),
    )


def _language_there(there: TeamRow) -> Tongue:
    """Whoever refers to a team in Wales is written to in both languages, as its own people are entitled to be."""
    return Tongue.WELSH if there.nation == Nation.WALES else Tongue.ENGLISH


def _thank_the_public(scope: Scope, answer_id: UUID, news: News) -> None:
    """A neutral notice, and only where somebody said that it is safe."""
    number = _phone_of(team(news.team_id))
    channel, address = _safe_way(news)
    if not (number and address):
        return
    themselves = news.source == "self"
    template, values = _thanks(scope, news) if themselves else ("referrer_received_by_phone", {})
    send(
        scope=scope,
        audience="person" if themselves else "referrer",
        template=template,
        values={"reference": news.reference, "when": _read_by(news), "phone": number, **values},
        about_kind="referral",
        about_id=news.referral_id,
        once_key=f"answer:{answer_id}",
        address=address,
        channel=channel,
        answers=_their_answers(news) if themselves else None,
        language=tongue.named(news.details.language),
    )


def _thanks(scope: Scope, news: News) -> tuple[str, dict[str, Value]]:
    """To somebody who asked for themselves: with how long most people wait, where that is known."""
    wait = longest_told(queries.expected_wait(scope, news.team_id), rules(news.team_id))
    return ("person_received", {}) if wait is None else ("person_received_wait", {"wait": wait})


def _safe_way(news: News) -> tuple[str, str]:
    if news.source != "self":
        return "email", news.sender_email
    if news.details.safe_email and news.details.email:
        return "email", news.details.email
    number = news.details.phone
    if news.details.safe_text and phone.problem(number) is None and phone.parse(number).is_mobile:
        return "text", phone.parse(number).e164
    return "", ""


def _their_answers(news: News) -> SafeAnswers:
    given = news.details
    return SafeAnswers(
        phone=given.safe_phone,
        voicemail=given.safe_voicemail,
        text=given.safe_text,
        email=given.safe_email,
        letter=given.safe_letter,
        asked_alone=given.asked_alone,
        told_by="person",
    )


@standing.behind("referral")
def whether_the_referrer_may_still_hear(scope: Scope, about_id: UUID, template: str) -> standing.Standing:
    """News of the support rests on what the person said: taken back before the e-mail goes, it does not go."""
    person_id = whose_referral(scope, about_id)
    if person_id is None or template != "referrer_news":
        return standing.Standing(person_id)
    rows = [people.agreement(scope, person_id, subject) for subject in NEEDS_AGREEMENT.values()]
    said = {row.answer for row in rows if row is not None}
    return standing.Standing(person_id, withdrawn="withdrawn" in said and "agreed" not in said)


@outbox.handles("person.died")
def look_before_anybody_rings(scope: Scope, object_id: UUID) -> None:
    """A referral that waits and is about somebody who has died comes before the team's duty person."""
    told = people.death_told(scope, object_id)
    for referral_id, team_id, reference in may_be_about(scope, told[2] if told else ()):
        ask_to_look(scope, referral_id, team_id, reference)


@outbox.handles("attachment.harmful")
def tell_whoever_sent_a_virus(scope: Scope, object_id: UUID) -> None:
    """They may not know that their computer has one, and the team still needs the letter."""
    found = harm(scope, object_id)
    if found is not None and found.about_kind == "referral" and found.added_by_id is not None:
        tell_of_harmful_file(scope=scope, referral_id=found.about_id, sent_by_id=found.added_by_id)


@outbox.handles("referral_batch.look", external=True)
def look_on_at_a_long_file(scope: Scope, object_id: UUID) -> None:
    """A part at a time, each under the authority of whoever chose the file."""
    sender = _who_chose(scope, object_id)
    if sender is not None:
        batches.look_on(sender, object_id)


@outbox.handles("referral_batch.send", external=True)
def send_on_a_long_file(scope: Scope, object_id: UUID) -> None:
    sender = _who_chose(scope, object_id)
    if sender is not None:
        batches.send_on(sender, object_id)


def _who_chose(scope: Scope, batch_id: UUID) -> Scope | None:
    """None once they may not refer any more: then nothing more of their file goes."""
    user_id = sender_of_batch(scope, batch_id)
    return sender_scope(scope.organisation_id, user_id) if user_id else None


@outbox.handles("referral.danger")
def warn_the_duty_person(scope: Scope, object_id: UUID) -> None:
    """Put words of danger in front of a named person, and of a second one if the first does not look in time."""
    warning = queries.team_to_warn(scope, object_id)
    if warning is None:
        return
    there, reference, kinds = warning
    task_id = open_task(
        scope=scope,
        team_id=there.id,
        owner_id=there.duty_user_id,
        kind=DANGER_TASK,
        title=f"Look at referral {reference} now",
        about_kind="referral",
        about_id=object_id,
        due_on=clock.today(),
        urgent=True,
        escalate_at=times.danger_by(there, clock.now()),
        escalate_to_id=there.second_duty_user_id or there.safeguarding_user_id,
    )
    address = _address_of(there.duty_user_id) or organisation(there.organisation_id).email
    if address:
        send(
            scope=scope,
            audience="staff",
            template="staff_danger",
            values={"hours": str(there.danger_working_hours), "link": _link("referrals:referral", object_id)},
            about_kind="task",
            about_id=task_id,
            once_key=f"urgent:{task_id}:first:{kinds}",
            address=address,
        )


def _address_of(user_id: UUID | None) -> str:
    try:
        return user_email(user_id) if user_id else ""
    except NotFound:
        return ""


def _phone_of(there: TeamRow) -> str:
    numbers = (there.phone, organisation(there.organisation_id).phone)
    return next((number for number in numbers if phone.problem(number) is None), "")


def _read_by(news: News) -> datetime:
    return times.read_by(team(news.team_id), news.told_at)


def _link(page: str, referral_id: UUID) -> str:
    return f"{settings.ADDRESS}{reverse(page, args=[referral_id])}"
