"""No more requests from the public form than people would send."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from linkwell.accounts.queries import TeamRow
from linkwell.kernel import clock
from linkwell.kernel.errors import TooMany
from linkwell.kernel.tongue import say

HOUR = 3600
# A library or a surgery's waiting room shares one address.
FROM_ONE_ADDRESS = 20
TO_ONE_TEAM = 200


def count_one(request: HttpRequest, team: TeamRow) -> None:
    """Count one request about to be sent. Raises TooMany. The sender's address is kept only as a keyed digest."""
    address = get_adapter().get_client_ip(request)
    hour = int(clock.now().timestamp()) // HOUR
    for what, most in ((f"from:{address}", FROM_ONE_ADDRESS), (f"to:{team.id}", TO_ONE_TEAM)):
        key = f"ask:{salted_hmac('linkwell.referrals.throttle', f'{what}:{hour}').hexdigest()}"
        number = int(cache.get(key, 0)) + 1
        cache.set(key, number, HOUR)
        if number > most:
            sorry = say("We cannot take any more from here just now.")
            phone = say("Please phone us on %(phone)s.") % {"phone": team.phone} if team.phone else ""
            raise TooMany(f"{sorry} {phone}".strip(), HOUR)
