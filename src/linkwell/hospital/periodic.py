"""What a hospital's rooms do by the clock."""

from linkwell.core import outbox, periodic
from linkwell.core.scope import Scope
from linkwell.hospital.actions.counting import count_months
from linkwell.hospital.actions.finding import end_reviews
from linkwell.hospital.actions.lists import RECEIVED
from linkwell.hospital.actions.looking import look_round
from linkwell.hospital.actions.looking_after import raise_alarm
from linkwell.hospital.activity.queries import files
from linkwell.hospital.queries.attention import something_waits
from linkwell.hospital.queries.trusts import is_trust


@periodic.every("20 * * * *")
def look_for_people(scope: Scope) -> None:
    """Who is here now is looked at each hour, since a rule also ends by the calendar alone."""
    if is_trust(scope):
        end_reviews(scope=scope)
        look_round(scope, files(scope))


@periodic.every("* * * * *")
def work_out_what_waits(scope: Scope) -> None:
    """Whatever a line that stopped, or a worker that was killed, left behind."""
    if something_waits(scope):
        outbox.emit(scope, RECEIVED, object_id=scope.organisation_id)


@periodic.every("5 * * * *")
def nothing_waits_unseen(scope: Scope) -> None:
    if is_trust(scope):
        raise_alarm(scope=scope)


@periodic.every("40 3 * * *")
def count_the_problems(scope: Scope) -> None:
    """All activity files are read once a night: the page of numbers reads what was counted."""
    if is_trust(scope):
        count_months(scope, files(scope))
