"""What may happen next in a week (`week.NEXT`): one small act each, and the table that says when and how often."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from linkwell.accounts.scopes import link_scope
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.actions.record_copies import enter_in_record
from linkwell.casework.details import (
    AppointmentDetails,
    ClosingDetails,
    ConversationDetails,
    ExtensionDetails,
    HandOverDetails,
    NumberCheckDetails,
    PauseDetails,
    StepDetails,
    ToldAgreements,
)
from linkwell.casework.models import ClosingReason, PauseReason
from linkwell.casework.states import CASE
from linkwell.core.scope import Scope
from linkwell.demo.queries import link_of, version_of
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.ids import new_id
from linkwell.onward import actions as onward
from linkwell.onward.details import OnwardDetails, SignpostDetails
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.people.details import ConcernDetails
from linkwell.referrals import actions as referrals
from linkwell.referrals.reasons import BY_CODE
from linkwell.referrals.states import REFERRAL
from tests.prove.week import Next, Row, Week, asked

BY_HAND = tuple(
    reason for reason in ClosingReason.values if reason not in ("died", "not_reached", "lost_touch", "transferred")
)
WAYS = ("phone", "text", "phone", "letter")


def silent(row: Row) -> bool:
    """One in five never answers."""
    return row.id.int % 5 == 0


def goes_quiet(row: Row) -> bool:
    """One in seven is spoken with, and then never answers again."""
    return row.id.int % 7 == 0 and row.state == "active"


def accept(week: Week, row: Row) -> None:
    partner = week.partner(row)
    worker_id = week.chance.choice([None, *(each.user_id for each in partner.workers)])
    casework.accept_referral(scope=partner.lead, referral_id=row.id, expected_version=row.version, worker_id=worker_id)


def decline(week: Week, row: Row) -> None:
    reason = week.cycled("decline", tuple(BY_CODE))
    referrals.decline(
        scope=week.partner(row).lead,
        referral_id=row.id,
        expected_version=row.version,
        reason=reason,
        advice="Try there",
    )


def look_again(week: Week, row: Row) -> None:
    referrals.reopen_declined(
        scope=week.partner(row).lead, referral_id=row.id, expected_version=row.version, reason="They wrote again"
    )


def ask(week: Week, row: Row) -> None:
    referrals.ask_referrer(
        scope=week.partner(row).lead, referral_id=row.id, expected_version=row.version, question="Which door?"
    )


def answer_for(week: Week, row: Row) -> None:
    referrals.note_answer(
        scope=week.partner(row).lead, referral_id=row.id, expected_version=row.version, text="The blue one"
    )


def take_back(week: Week, row: Row) -> None:
    (sender,) = asked("SELECT sender_organisation_id FROM referrals_referral WHERE id = %s", row.id)[0]
    if sender not in week.referrers:
        raise NotFound
    referrals.take_back(scope=week.referrers[sender], referral_id=row.id, reason="Sent twice")


def join(week: Week, row: Row) -> None:
    same = asked(
        "SELECT c.id FROM casework_case c JOIN people_person p ON p.id = c.person_id JOIN referrals_referral r"
        " ON r.given_name = p.given_name AND r.family_name = p.family_name AND r.team_id = c.team_id"
        " WHERE r.id = %s AND c.state <> 'closed'",
        row.id,
    )
    if not same:
        raise NotFound
    casework.join_referral(
        scope=week.partner(row).lead, referral_id=row.id, expected_version=row.version, case_id=same[0][0]
    )


def allocate(week: Week, row: Row) -> None:
    partner = week.partner(row)
    worker_id = week.chance.choice(partner.workers).user_id
    assert worker_id is not None
    casework.allocate(scope=partner.lead, case_id=row.id, expected_version=row.version, worker_id=worker_id)


def put_back(week: Week, row: Row) -> None:
    casework.put_back(
        scope=week.partner(row).lead, case_id=row.id, expected_version=row.version, reason="Away for a while"
    )


def write_up(week: Week, row: Row, outcome: str, kind: str, appointment_id: UUID | None = None) -> None:
    conversation = ConversationDetails(
        kind=kind,
        outcome=outcome,
        happened_at=clock.now(),
        note="Made up.",
        minutes=20 if outcome == "talked" else None,
        next_date=clock.today() + dt.timedelta(days=5),
        appointment_id=appointment_id,
    )
    casework.write_up(scope=week.worker_of(row), case_id=row.id, submission_key=new_id(), conversation=conversation)


def talk_or_try(week: Week, row: Row) -> None:
    talked = not (silent(row) or goes_quiet(row)) and week.chance.random() < 0.75
    write_up(week, row, "talked" if talked else "tried", "phone" if talked else week.cycled(str(row.id), WAYS))


def ask_who_may_hear(week: Week, row: Row) -> None:
    said = ToldAgreements(asked_alone=True, referrer_in_touch=True, referrer_closed=True, gp_summary=row.id.int % 3 > 0)
    casework.record_who_may_hear(scope=week.worker_of(row), case_id=row.id, answers=said)


def plan(week: Week, row: Row) -> None:
    scope = week.worker_of(row)
    plan_id = cases.plan(scope, row.id).id
    code = week.cycled("need", ("lonely", "money", "", "housing", "safe"))
    need_id = casework.add_need(scope=scope, plan_id=plan_id, words="See more people", code=code)
    goal_id = casework.add_goal(scope=scope, need_id=need_id, words="Lunch with others", importance=7)
    casework.add_step(scope=scope, goal_id=goal_id, step=StepDetails(words="Try the lunch club", who="Me"))


def book(week: Week, row: Row) -> None:
    details = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=week.chance.randint(1, 4)), kind="face")
    details = replace(details, agreed_with_person=week.chance.random() < 0.8)
    casework.book_appointment(scope=week.worker_of(row), case_id=row.id, details=details)


def go_onward(week: Week, row: Row) -> None:
    taking = sorted(service_id for service_id, takes in week.services.values() if takes)
    onward.refer_onward(
        scope=week.worker_of(row),
        case_id=row.id,
        service_id=week.chance.choice(taking),
        submission_key=new_id(),
        details=OnwardDetails(need_words="Would like company"),
    )


def signpost(week: Week, row: Row) -> None:
    onward.signpost(
        scope=week.worker_of(row),
        case_id=row.id,
        service_id=week.chance.choice(sorted(service_id for service_id, _ in week.services.values())),
        submission_key=new_id(),
        details=SignpostDetails(how="told"),
    )


def pause(week: Week, row: Row) -> None:
    until = clock.today() + dt.timedelta(days=week.chance.randint(2, 9))
    reason = week.cycled("pause", ("hospital", "away", "ill"))
    casework.pause(
        scope=week.worker_of(row), case_id=row.id, expected_version=row.version, details=PauseDetails(reason, until)
    )


def start_again(week: Week, row: Row) -> None:
    casework.start_again(scope=week.worker_of(row), case_id=row.id, expected_version=row.version)


def ask_for_longer(week: Week, row: Row) -> None:
    details = ExtensionDetails(weeks=4, conversations=3, why="Nearly there")
    casework.ask_for_longer(scope=week.partner(row).lead, case_id=row.id, details=details)


def hand_over(week: Week, row: Row) -> None:
    others = [each for each in week.partners.values() if each.organisation_id != row.organisation_id]
    offer = HandOverDetails(
        to_team_id=week.chance.choice(others).team.id,
        reason="moved",
        why="Moves house",
        agreed=True,
        parts=("plan",),
        still_open_note="They know.",
    )
    casework.offer_hand_over(scope=week.worker_of(row), case_id=row.id, submission_key=new_id(), offer=offer)


def take_offer_back(week: Week, row: Row) -> None:
    casework.take_back_hand_over(
        scope=week.partner(row).lead, hand_over_id=row.id, expected_version=row.version, reason="Stays here"
    )


def close_as(week: Week, row: Row, reason: str) -> None:
    scope = week.partner(row).lead
    goals = tuple((goal.id, "set_aside") for goal in cases.plan(scope, row.id).goals)
    closing = ClosingDetails(reason=reason, answer="They said so.", note="Made up.", goals=goals, still_open_note="-")
    casework.close(scope=scope, case_id=row.id, expected_version=row.version, closing=closing)


def close(week: Week, row: Row) -> None:
    if goes_quiet(row):
        raise NotFound
    close_as(week, row, week.cycled("closing", BY_HAND))


def give_up(week: Week, row: Row) -> None:
    """After enough tries by enough safe ways, the number checked: could not be reached, or lost touch."""
    if not (silent(row) or goes_quiet(row)):
        raise NotFound
    checked = NumberCheckDetails("practice", "right", clock.today())
    casework.check_number(scope=week.worker_of(row), case_id=row.id, details=checked)
    (spoken,) = asked("SELECT first_spoken_at FROM casework_case WHERE id = %s", row.id)[0]
    close_as(week, row, "lost_touch" if spoken else "not_reached")


def reopen(week: Week, row: Row) -> None:
    casework.reopen(scope=week.partner(row).lead, case_id=row.id, expected_version=row.version, reason="Came back")


def die(week: Week, row: Row) -> None:
    today = clock.today()
    details = DeathDetails("family", True, today.year, today.month, today.day, "Their daughter")
    people.record_death(scope=week.worker_of(row), person_id=week.person_of(row), details=details)


def worry(week: Week, row: Row) -> None:
    concern = ConcernDetails(about="the person", what_happened="Made up", raised_by_name="Sam Okafor")
    people.raise_concern(scope=week.worker_of(row), person_id=week.person_of(row), concern=concern)


def enter_for_gp(week: Week, row: Row) -> None:
    enter_in_record(scope=week.worker_of(row), kind="first", object_id=row.id, initials="AB", entered_on=clock.today())


def keep_appointment(week: Week, row: Row) -> None:
    """A time that has come: they came, or did not; one still ahead may be cancelled or moved."""
    case_id, starts_at, agreed = asked(
        "SELECT case_id, starts_at, agreed_with_person FROM casework_appointment WHERE id = %s", row.id
    )[0]
    case, scope = Row(case_id, "", 0, row.organisation_id), week.partner(row).lead
    if starts_at > clock.now():
        if week.chance.random() < 0.2:
            casework.cancel_appointment(
                scope=scope, appointment_id=row.id, expected_version=row.version, reason="Ill", by="person"
            )
        elif week.chance.random() < 0.2:
            later = AppointmentDetails(starts_at=starts_at + dt.timedelta(days=1), kind="face")
            casework.move_appointment(scope=scope, appointment_id=row.id, expected_version=row.version, details=later)
        return
    missed = agreed and week.chance.random() < 0.4
    write_up(week, case, "missed" if missed else "talked", "face", row.id)


def group_answers(week: Week, row: Row) -> None:
    scope, version = _group(week, row)
    how = week.chance.randrange(6)
    if how == 0:
        onward.answer_no(scope=scope, expected_version=version, reason="We are full")
    elif how == 1:
        onward.answer_waiting(scope=scope, expected_version=version, weeks=3)
    elif how == 2:
        onward.answer_ask(scope=scope, expected_version=version, text="Which day?")
    else:
        onward.answer_yes(scope=scope, expected_version=version, starts_on=None)


def _group(week: Week, row: Row) -> tuple[Scope, int]:
    return link_scope(row.organisation_id, link_of(row.id), row.id), version_of(week.partner(row).lead, row.id)


def attend(week: Week, row: Row) -> None:
    scope, version = _group(week, row)
    onward.say_attendance(scope=scope, expected_version=version, on=clock.today(), came=week.chance.random() < 0.7)


def withdraw(week: Week, row: Row) -> None:
    onward.withdraw(
        scope=week.partner(row).lead, onward_id=row.id, expected_version=row.version, reason="Changed their mind"
    )


def deal_with_concern(week: Week, row: Row) -> None:
    given = {"scope": week.partner(row).safeguarding, "concern_id": row.id, "expected_version": row.version}
    if row.state == "raised":
        people.take_concern(**given, next_date=clock.today() + dt.timedelta(days=7))  # type: ignore[arg-type]
    else:
        people.close_concern(**given, outcome="All is well")  # type: ignore[arg-type]


NEXT: tuple[Next, ...] = (
    Next("referral", "received asked", 12, accept),
    Next("referral", "received asked", 5, decline),
    Next("referral", "received", 2, ask),
    Next("referral", "asked", 4, answer_for),
    Next("referral", "received asked", 1, take_back),
    Next("referral", "received asked", 3, join),
    Next("referral", "declined", 1, look_again),
    Next("referral", "declined", 60, lambda week, row: None),
    Next("case", "waiting", 5, allocate),
    Next("case", "allocated trying", 1, put_back),
    Next("case", "allocated trying", 20, talk_or_try),
    Next("case", "allocated trying active", 3, give_up),
    Next("case", "active", 10, talk_or_try),
    Next("case", "active", 4, ask_who_may_hear),
    Next("case", "active", 5, plan),
    Next("case", "allocated active", 5, book),
    Next("case", "active", 7, go_onward),
    Next("case", "active", 3, signpost),
    Next("case", "waiting allocated active", 1, pause),
    Next("case", "paused", 1, start_again),
    Next("case", "active", 1, ask_for_longer),
    Next("case", "active", 2, hand_over),
    Next("case", "active", 2, enter_for_gp),
    Next("case", "active", 6, close),
    Next("case", "active allocated waiting", 1, die),
    Next("case", "active", 1, worry),
    Next("case", "closed", 1, reopen),
    Next("case", "closed", 80, lambda week, row: None),
    Next("appointment", "booked", 1, keep_appointment),
    Next("onward_referral", "sent asked waiting_list", 6, group_answers),
    Next("onward_referral", "accepted did_not_come", 4, attend),
    Next("onward_referral", "sent asked waiting_list accepted", 1, withdraw),
    Next("concern", "raised lead_told watching", 1, deal_with_concern),
    Next("hand_over", "offered", 1, take_offer_back),
)


def never(week: Week) -> str:
    """States and reasons of referrals and support that nothing came to: "none" when all were seen."""
    seen = {each for (each,) in asked("SELECT after FROM core_statechange WHERE object_kind IN ('referral', 'case')")}
    seen |= {each for (each,) in asked("SELECT reason FROM core_statechange WHERE object_kind = 'case'")}
    seen |= {each for (each,) in asked("SELECT closing_reason FROM casework_case")}
    seen |= {each for (each,) in asked("SELECT decline_reason FROM referrals_referral")}
    wanted = {*REFERRAL.words, *CASE.words, *BY_CODE, *ClosingReason.values, *PauseReason.values}
    return ", ".join(sorted(wanted - seen)) or "none"
