"""What becomes of a referral."""

import datetime as dt
from uuid import UUID

from linkwell.casework import actions as casework
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.referrals import actions as referrals
from linkwell.referrals.reasons import BY_CODE
from tests.prove.week import Living, Row, asked

LATELY = dt.timedelta(days=27)
SAME_NAME = (
    "SELECT c.id FROM casework_case c JOIN people_person p ON p.id = c.person_id JOIN referrals_referral r"
    " ON r.given_name = p.given_name AND r.family_name = p.family_name AND r.team_id = c.team_id WHERE r.id = %s"
)


def accept(week: Living, row: Row) -> None:
    partner = week.partner(row)
    worker_id = week.chance.choice([None, *(each.user_id for each in partner.workers)])
    casework.accept_referral(scope=partner.lead, referral_id=row.id, expected_version=row.version, worker_id=worker_id)


def decline(week: Living, row: Row) -> None:
    referrals.decline(
        scope=week.partner(row).lead,
        referral_id=row.id,
        expected_version=row.version,
        reason=week.turn("decline", tuple(BY_CODE)),
        advice="Try there",
    )


def look_again(week: Living, row: Row) -> None:
    referrals.reopen_declined(
        scope=week.partner(row).lead, referral_id=row.id, expected_version=row.version, reason="They wrote again"
    )


def ask(week: Living, row: Row) -> None:
    referrals.ask_referrer(
        scope=week.partner(row).lead, referral_id=row.id, expected_version=row.version, question="Which door?"
    )


def answer_for(week: Living, row: Row) -> None:
    referrals.note_answer(
        scope=week.partner(row).lead, referral_id=row.id, expected_version=row.version, text="The blue one"
    )


def take_back(week: Living, row: Row) -> None:
    (sender,) = asked("SELECT sender_organisation_id FROM referrals_referral WHERE id = %s", row.id)[0]
    if sender not in week.referrers:
        raise NotFound
    referrals.take_back(scope=week.referrers[sender], referral_id=row.id, reason="Sent twice")


def join(week: Living, row: Row) -> None:
    """Added to the support they have."""
    _join(week, row, asked(f"{SAME_NAME} AND c.state <> 'closed'", row.id))


def join_lately_closed(week: Living, row: Row) -> None:
    """Support that ended lately starts again with a new referral."""
    _join(week, row, asked(f"{SAME_NAME} AND c.closed_at > %s", row.id, clock.now() - LATELY))


def _join(week: Living, row: Row, same: list[tuple[UUID]]) -> None:
    if not same:
        raise NotFound
    casework.join_referral(
        scope=week.partner(row).lead, referral_id=row.id, expected_version=row.version, case_id=same[0][0]
    )
