"""Out to groups: referred onward and pointed to, answered, come to, finished."""

from linkwell.accounts.scopes import link_scope
from linkwell.core.scope import Scope
from linkwell.demo.queries import link_of, version_of
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.onward import actions as onward
from linkwell.onward.details import OnwardDetails, SignpostDetails
from tests.prove.week import Living, Row

ANSWERS = ("yes", "no", "yes", "waiting", "ask", "yes")


def go_onward(week: Living, row: Row) -> None:
    taking = sorted(service_id for service_id, takes in week.services.values() if takes)
    onward.refer_onward(
        scope=week.worker_of(row),
        case_id=row.id,
        service_id=week.chance.choice(taking),
        submission_key=new_id(),
        details=OnwardDetails(need_words="Would like company", ask_first=True),
    )


def signpost(week: Living, row: Row) -> None:
    onward.signpost(
        scope=week.worker_of(row),
        case_id=row.id,
        service_id=week.chance.choice(sorted(service_id for service_id, _ in week.services.values())),
        submission_key=new_id(),
        details=SignpostDetails(how="told"),
    )


def group_answers(week: Living, row: Row) -> None:
    scope, version = _group(week, row)
    how = week.turn("answers", ANSWERS)
    if how == "no":
        onward.answer_no(scope=scope, expected_version=version, reason="We are full")
    elif how == "waiting":
        onward.answer_waiting(scope=scope, expected_version=version, weeks=3)
    elif how == "ask":
        onward.answer_ask(scope=scope, expected_version=version, text="Which day?")
    else:
        onward.answer_yes(scope=scope, expected_version=version, starts_on=None)


def _group(week: Living, row: Row) -> tuple[Scope, int]:
    return link_scope(row.organisation_id, link_of(row.id), row.id), version_of(week.partner(row).lead, row.id)


def reply(week: Living, row: Row) -> None:
    onward.reply_to_group(scope=week.partner(row).lead, onward_id=row.id, expected_version=row.version, text="Tuesdays")


def attend(week: Living, row: Row) -> None:
    scope, version = _group(week, row)
    onward.say_attendance(scope=scope, expected_version=version, on=clock.today(), came=week.chance.random() < 0.7)


def withdraw(week: Living, row: Row) -> None:
    onward.withdraw(
        scope=week.partner(row).lead, onward_id=row.id, expected_version=row.version, reason="Changed their mind"
    )


def finish(week: Living, row: Row) -> None:
    onward.end(scope=week.partner(row).lead, onward_id=row.id, expected_version=row.version)
