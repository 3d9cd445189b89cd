"""No more requests from the public form than people would send."""

from django.http import HttpRequest

from linkwell.accounts.queries import TeamRow
from linkwell.core import throttle
from linkwell.kernel.tongue import say

HOUR = 3600
# A library or a surgery's waiting room shares one address.
FROM_ONE_ADDRESS = 20
TO_ONE_TEAM = 200


def count_one(request: HttpRequest, team: TeamRow) -> None:
    """Count one request about to be sent. Raises TooMany."""
    phone = say("Please phone us on %(phone)s.") % {"phone": team.phone} if team.phone else ""
    # Not within an f-string: what is said there is not gathered for translation.
    sorry = " ".join([say("We cannot take any more from here just now."), phone]).strip()
    throttle.count_one(request, "ask", FROM_ONE_ADDRESS, sorry, HOUR)
    throttle.count("ask", f"to:{team.id}", TO_ONE_TEAM, sorry, HOUR)
