"""What a group does from its link. Every one of these is a POST; opening the link changes nothing."""

import datetime as dt
from uuid import UUID

from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.core.submissions import earlier, remember, second_sending_finds_the_first
from linkwell.directory.actions import confirm_details, say_room
from linkwell.directory.actions.room import locked
from linkwell.kernel import clock, danger, words
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.messaging.actions import post_to_thread
from linkwell.onward.actions.listing_links import keepers_of, write_about_listing, written_lately
from linkwell.onward.actions.parts import close_links, lock_onward, task_for_worker
from linkwell.onward.models import AnswerLink, Attendance, OnwardReferral
from linkwell.onward.permissions import ANSWER
from linkwell.people.actions import raise_concern
from linkwell.people.details import ConcernDetails

MOST_WEEKS = 104
MOST_A_DAY = 2
FURTHEST = dt.timedelta(days=366)


@action(ANSWER)
def answer_yes(*, scope: Scope, expected_version: int, starts_on: dt.date | None) -> None:
    """The group says yes, from a date or from its next session. Accepted is not attended: that is asked later."""
    row = _own(scope, expected_version)
    today = clock.today()
    if starts_on is not None and not today <= starts_on <= today + FURTHEST:
        raise Invalid({"starts_on": "Enter a date from today to a year from now."})
    row.starts_on = starts_on
    row.next_date = (starts_on or today) + dt.timedelta(days=7)
    when = f", from {words.written_date(starts_on)}" if starts_on else ""
    _answer(scope, row, "accepted", f"{row.service.name} said yes{when}", ("starts_on",))


@action(ANSWER)
def answer_waiting(*, scope: Scope, expected_version: int, weeks: int) -> None:
    """The group puts the person on its waiting list, for about so many weeks."""
    row = _own(scope, expected_version)
    if not 1 <= weeks <= MOST_WEEKS:
        raise Invalid({"weeks": f"Enter a number of weeks from 1 to {MOST_WEEKS}."})
    row.waiting_weeks = weeks
    row.next_date = clock.today() + dt.timedelta(weeks=weeks)
    say_room(
        scope=scope, service_id=row.service_id, room="waiting", weeks=weeks, said_by=row.service.name, source="link"
    )
    _answer(scope, row, "waiting_list", f"{row.service.name}: waiting list, about {weeks} weeks", ("waiting_weeks",))


@action(ANSWER)
def answer_no(*, scope: Scope, expected_version: int, reason: str) -> None:
    """The group cannot help this time, and says why. The link is closed."""
    row = _own(scope, expected_version)
    if not reason.strip():
        raise Invalid({"reason": "Tell us why, so that we can find somewhere else."})
    row.decline_reason = reason.strip()[:300]
    row.next_date = None
    _answer(scope, row, "declined", f"{row.service.name} can't help this time", ("decline_reason",))
    close_links(row)


@action(ANSWER)
def answer_ask(*, scope: Scope, expected_version: int, text: str) -> None:
    """The group asks a question before it decides."""
    row = _own(scope, expected_version)
    post_to_thread(scope=scope, about_kind="onward_referral", about_id=row.pk, text=text, author_name=row.service.name)
    urgent = bool(danger.dangers_in(text))
    if row.state == "sent":
        _answer(scope, row, "asked", f"{row.service.name} asked a question", (), urgent=urgent)
    else:
        task_for_worker(scope, row, "onward_answer", f"{row.service.name} wrote to you", urgent=urgent)
        audit.record(scope, "asked", "onward_referral", row.pk, person_id=row.person_id)


def _answer(
    scope: Scope, row: OnwardReferral, state: str, summary: str, fields: tuple[str, ...], *, urgent: bool = False
) -> None:
    row.answered_at = clock.now()
    line = timeline.Line(row.person_id, "answer", summary)
    states.move(
        scope=scope,
        row=row,
        to=state,
        line=line,
        fields=("answered_at", "next_date", *fields),
        person_id=row.person_id,
    )
    task_for_worker(scope, row, "onward_answer", summary, urgent=urgent)


@action(ANSWER)
def say_attendance(*, scope: Scope, expected_version: int, on: dt.date, came: bool, note: str = "") -> None:
    """Did they come on this day? The same day said again replaces what was said."""
    row = _own(scope, expected_version)
    if on > clock.today():
        raise Invalid({"on": "Enter a date that is today or has passed."})
    Attendance.objects.update_or_create(
        organisation_id=row.organisation_id,
        onward_referral=row,
        on=on,
        told_by_kind=scope.actor_kind.value,
        defaults={"came": came, "note": note.strip()[:300]},
    )
    said = f"{row.service.name}: {'came' if came else 'did not come'} on {words.written_date(on)}"
    line = timeline.Line(row.person_id, "attendance", said)
    state = "attended" if came else "did_not_come"
    if state in row.moves.allowed[row.state]:
        row.next_date = None if came else clock.today()
        states.move(scope=scope, row=row, to=state, line=line, fields=("next_date",), person_id=row.person_id)
    elif row.state in {"attended", "did_not_come"}:
        timeline.record(scope, line, object_kind="onward_referral", object_id=row.pk)
        audit.record(scope, "said_attendance", "onward_referral", row.pk, person_id=row.person_id)
    else:
        raise Invalid({"on": "Please answer whether you have room first."})
    task_for_worker(scope, row, "onward_attendance", said, urgent=bool(danger.dangers_in(note)))


@action(ANSWER)
def say_full(*, scope: Scope) -> None:
    """The group has no room for anybody now: said once, seen by every worker who searches."""
    row = _own(scope, None)
    say_room(scope=scope, service_id=row.service_id, room="full", weeks=None, said_by=row.service.name, source="link")


@action(ANSWER)
def say_details_right(*, scope: Scope) -> None:
    """What the directory says of the group is still right."""
    row = _own(scope, None)
    confirm_details(scope=scope, service_id=row.service_id, said_by=row.service.name)


@action(ANSWER)
def send_own_page(*, scope: Scope) -> None:
    """The link to look after the listing, by e-mail to whoever keeps it or to the listing's own address; twice a day
    at most."""
    row = _own(scope, None)
    service = locked(scope, row.service_id)
    audit.record(scope, "asked_for", "service", service.pk)
    if written_lately(scope, service, ("group_claim", "group_keep"), 24) >= MOST_A_DAY:
        return
    for number, (address, steward_id) in enumerate(keepers_of(service)):
        template = "group_keep" if steward_id else "group_claim"
        once = f"own:{clock.now().isoformat()}:{number}"
        write_about_listing(scope, service, template, address, once, steward_id=steward_id)


@second_sending_finds_the_first
@action(ANSWER)
def say_worried(
    *, scope: Scope, submission_key: UUID, what: str, their_words: str, danger_now: bool, name: str
) -> UUID:
    """A worry about the person: to the safeguarding lead, never to the thread. Works while the link is open.

    The same form sent twice makes one concern; its id is given.
    """
    row = _own(scope, None)
    sent_before = earlier(scope, submission_key)
    if sent_before is not None:
        audit.record(scope, "sent_again", "concern", sent_before, person_id=row.person_id)
        return sent_before
    concern = ConcernDetails(
        about=row.first_name,
        what_happened=what,
        their_words=their_words,
        danger_now=danger_now,
        raised_by_name=f"{name.strip() or 'Somebody'}, {row.service.name}"[:120],
    )
    return remember(scope, submission_key, raise_concern(scope=scope, person_id=row.person_id, concern=concern))


def _own(scope: Scope, expected_version: int | None) -> OnwardReferral:
    """The onward referral of this link, while the link works."""
    link_id, onward_id = scope.link
    open_link = AnswerLink.objects.filter(
        pk=link_id, onward_referral_id=onward_id, closed_at=None, expires_at__gt=clock.now()
    )
    if not open_link.exists():
        raise NotFound
    return lock_onward(scope, onward_id, expected_version=expected_version)
