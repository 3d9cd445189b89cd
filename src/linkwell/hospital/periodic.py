"""What a hospital's rooms do by the clock."""

from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.hospital.actions.finding import end_reviews
from linkwell.hospital.actions.looking import look
from linkwell.hospital.activity_files import files_of
from linkwell.hospital.queries.trusts import is_trust


@periodic.every("20 * * * *")
def look_for_people(scope: Scope) -> None:
    """Who is here now is looked at each hour, since a rule also ends by the calendar alone."""
    if is_trust(scope):
        end_reviews(scope=scope)
        look(scope, files_of(scope.organisation_id))
