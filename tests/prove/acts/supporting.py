"""What happens while support goes on."""

import datetime as dt
from dataclasses import replace

from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.actions.record_copies import enter_in_record
from linkwell.casework.details import ExtensionDetails, JointVisitDetails, PauseDetails, StepDetails, ToldAgreements
from linkwell.casework.models import PauseReason
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.ids import new_id
from linkwell.people import actions as people
from linkwell.people.details import ConcernDetails
from linkwell.people.queries import contact_card
from linkwell.workforce import actions as workforce
from tests.prove.acts.parts import another_case, marked, one, unreachable, write_up
from tests.prove.week import Living, Row, asked

WAYS = ("phone", "text", "phone", "letter")
TALKS = ("phone", "home", "video", "email", "face")
NEEDS = ("lonely", "money", "", "housing", "safe")


def allocate(week: Living, row: Row) -> None:
    partner = week.partner(row)
    worker_id = week.chance.choice(partner.workers).user_id
    assert worker_id is not None
    casework.allocate(scope=partner.lead, case_id=row.id, expected_version=row.version, worker_id=worker_id)


def put_back(week: Living, row: Row) -> None:
    casework.put_back(
        scope=week.partner(row).lead, case_id=row.id, expected_version=row.version, reason="Away for a while"
    )


def talk_or_try(week: Living, row: Row) -> None:
    if not unreachable(row) and week.chance.random() < 0.75:
        write_up(week, row, "talked", week.turn("talks", TALKS))
    else:
        write_up(week, row, "tried", week.turn(str(row.id), WAYS))


def ask_who_may_hear(week: Living, row: Row) -> None:
    said = ToldAgreements(asked_alone=True, referrer_in_touch=True, referrer_closed=True, gp_summary=row.number % 3 > 0)
    casework.record_who_may_hear(scope=week.worker_of(row), case_id=row.id, answers=said)


def ask_about_themselves(week: Living, row: Row) -> None:
    """How they would describe themselves; some rather say only some of it."""
    scope, person_id = week.worker_of(row), week.person_of(row)
    card = contact_card(scope, person_id)
    details = replace(card.details, ethnicity="Indian", disability="" if row.number % 3 else "Arthritis")
    people.change_person(scope=scope, person_id=person_id, expected_version=card.version, details=details)


def plan(week: Living, row: Row) -> None:
    scope = week.worker_of(row)
    plan_id = cases.plan(scope, row.id).id
    words = f"See more people, {marked(row.id)}"
    need_id = casework.add_need(scope=scope, plan_id=plan_id, words=words, code=week.turn("need", NEEDS))
    goal_id = casework.add_goal(scope=scope, need_id=need_id, words="Lunch with others", importance=7)
    casework.add_step(scope=scope, goal_id=goal_id, step=StepDetails(words="Try the lunch club", who="Me"))


def pause(week: Living, row: Row) -> None:
    until = clock.today() + dt.timedelta(days=week.chance.randint(2, 9))
    reason = week.turn("pause", PauseReason.values)
    casework.pause(
        scope=week.worker_of(row), case_id=row.id, expected_version=row.version, details=PauseDetails(reason, until)
    )


def start_again(week: Living, row: Row) -> None:
    casework.start_again(scope=week.worker_of(row), case_id=row.id, expected_version=row.version)


def ask_for_longer(week: Living, row: Row) -> None:
    details = ExtensionDetails(weeks=4, conversations=3, why="Nearly there")
    casework.ask_for_longer(scope=week.partner(row).lead, case_id=row.id, details=details)


def enter_for_gp(week: Living, row: Row) -> None:
    enter_in_record(scope=week.worker_of(row), kind="first", object_id=row.id, initials="AB", entered_on=clock.today())


def send_summary(week: Living, row: Row) -> None:
    """They agree, and it goes to their practice, or to the clinicians who referred them: a share of one letter."""
    scope = week.worker_of(row)
    said = ToldAgreements(asked_alone=True, gp_summary=True)
    casework.record_who_may_hear(scope=scope, case_id=row.id, answers=said)
    recipients = cases.recipients(scope, row.id)
    if not recipients:
        raise NotFound
    people.record_risk(scope=scope, person_id=week.person_of(row), none_known=True)
    for each in recipients:
        made = casework.prepare_message_back(
            scope=scope, case_id=row.id, recipient_organisation_id=each.organisation_id
        )
        casework.send_message_back(scope=scope, summary_id=made)


def see_two_together(week: Living, row: Row) -> None:
    """Two who were named together, each asked alone, are seen in one visit."""
    found = asked(
        "SELECT h.id, h.one_id, h.other_id, o.id FROM people_householdlink h"
        " JOIN casework_case c ON c.person_id IN (h.one_id, h.other_id)"
        " JOIN casework_case o ON o.person_id IN (h.one_id, h.other_id) AND o.id <> c.id AND o.state = 'active'"
        " WHERE c.id = %s AND h.ended_at IS NULL",
        row.id,
    )
    if not found:
        raise NotFound
    (link_id, one_id, other_id, other_case), scope = found[0], week.worker_of(row)
    for each in (one_id, other_id):
        people.answer_household(scope=scope, person_id=each, link_id=link_id, agreed=True, asked_alone=True)
    visit = JointVisitDetails("home", clock.now(), "We sat in the garden", own=f"Said {marked(row.id)} alone")
    casework.write_up_together(
        scope=scope, case_id=row.id, other_case_id=other_case, submission_key=new_id(), visit=visit
    )


def mistake_record(week: Living, row: Row) -> None:
    """A note turns out to be about somebody else, and is moved to their record."""
    notes = "SELECT id FROM casework_interaction WHERE case_id = %s AND outcome = 'talked' ORDER BY id"
    wrong, right = one(week, notes, row.id), another_case(week, row)
    casework.move_interaction(
        scope=week.worker_of(row), interaction_id=wrong, right_case_id=right, reason="Two windows open"
    )


def ask_lead(week: Living, row: Row) -> None:
    workforce.ask_to_talk(scope=week.worker_of(row), case_id=row.id, words=f"What next? {marked(row.id)}")


def answer_or_drop_talk(week: Living, row: Row) -> None:
    given = {"talk_id": row.id, "expected_version": row.version}
    if week.chance.random() < 0.6:
        workforce.answer_talk(scope=week.partner(row).lead, decision="Nothing changes", **given)  # type: ignore[arg-type]
        return
    (asked_by,) = asked("SELECT asked_by_id FROM workforce_talkrequest WHERE id = %s", row.id)[0]
    own = next(each for each in week.partner(row).workers if each.user_id == asked_by)
    workforce.withdraw_talk(scope=own, **given)  # type: ignore[arg-type]


def worry(week: Living, row: Row) -> None:
    concern = ConcernDetails(
        about="the person", what_happened=f"Made up, {marked(row.id)}", raised_by_name="Sam Okafor"
    )
    people.raise_concern(scope=week.worker_of(row), person_id=week.person_of(row), concern=concern)


def deal_with_concern(week: Living, row: Row) -> None:
    """One step further: taken, then watched or referred, heard back about, closed."""
    given = {"scope": week.partner(row).safeguarding, "concern_id": row.id, "expected_version": row.version}
    soon = clock.today() + dt.timedelta(days=7)
    if row.state == "raised":
        people.take_concern(**given, next_date=soon)  # type: ignore[arg-type]
    elif row.state == "lead_told" and row.number % 3 == 0:
        people.watch_concern(**given, decision="Watching", next_date=soon)  # type: ignore[arg-type]
    elif row.state == "lead_told" and row.number % 3 == 1:
        people.refer_concern(**given, **REFERRED, next_date=soon)  # type: ignore[arg-type]
    elif row.state == "referred":
        people.record_feedback(**given, text="They have seen them", next_date=soon)  # type: ignore[arg-type]
    else:
        people.close_concern(**given, outcome="All is well")  # type: ignore[arg-type]


REFERRED = {"decision": "To the council", "referred_to": "The council", "reference": "A1"}
