"""How support ends, goes elsewhere, and begins again."""

from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import ClosingDetails, HandOverDetails, NumberCheckDetails
from linkwell.casework.models import ClosingReason, HandOverReason
from linkwell.casework.models.handovers import KINDS
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.ids import new_id
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from tests.prove.week import Living, Row, asked

# The others come about by themselves: after tries, with a death, with a hand-over that is accepted.
BY_HAND = [each for each in ClosingReason.values if each not in ("died", "not_reached", "lost_touch", "transferred")]
GOAL_ENDS = ("reached", "partly", "set_aside")


def close(week: Living, row: Row) -> None:
    _close_as(week, row, week.turn("closing", BY_HAND))


def _close_as(week: Living, row: Row, reason: str) -> None:
    scope = week.partner(row).lead
    goals = tuple((goal.id, week.turn("goals", GOAL_ENDS)) for goal in cases.plan(scope, row.id).goals)
    closing = ClosingDetails(reason=reason, answer="They said so.", note="Made up.", goals=goals, still_open_note="-")
    casework.close(scope=scope, case_id=row.id, expected_version=row.version, closing=closing)


def give_up(week: Living, row: Row) -> None:
    """After enough tries by enough safe ways, the number checked: could not be reached, or lost touch."""
    (spoken,) = asked("SELECT first_spoken_at FROM casework_case WHERE id = %s", row.id)[0]
    if not asked("SELECT 1 FROM casework_numbercheck WHERE case_id = %s", row.id):
        checked = NumberCheckDetails("practice", "right", clock.today())
        casework.check_number(scope=week.worker_of(row), case_id=row.id, details=checked)
    _close_as(week, row, "lost_touch" if spoken else "not_reached")


def reopen(week: Living, row: Row) -> None:
    casework.reopen(scope=week.partner(row).lead, case_id=row.id, expected_version=row.version, reason="Came back")


def die(week: Living, row: Row) -> None:
    today = clock.today()
    details = DeathDetails("family", row.number % 2 == 0, today.year, today.month, today.day, "Their daughter")
    people.record_death(scope=week.worker_of(row), person_id=week.person_of(row), details=details)


def be_alive_after_all(week: Living, row: Row) -> None:
    people.undo_death(scope=week.partner(row).lead, person_id=week.person_of(row), reason="A namesake")


def hand_over(week: Living, row: Row) -> None:
    others = [each for each in week.partners.values() if each.organisation_id != row.organisation_id]
    if not others:
        raise NotFound
    offer = HandOverDetails(
        to_team_id=week.chance.choice(others).team.id,
        reason=week.turn("hand over", HandOverReason.values),
        why="Moves house",
        agreed=True,
        parts=tuple(KINDS),
        still_open_note="They know.",
    )
    casework.offer_hand_over(scope=week.worker_of(row), case_id=row.id, submission_key=new_id(), offer=offer)


def take_offer_back(week: Living, row: Row) -> None:
    casework.take_back_hand_over(
        scope=week.partner(row).lead, hand_over_id=row.id, expected_version=row.version, reason="Stays here"
    )
