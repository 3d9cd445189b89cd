"""No more requests from one address than the people, or the one machine, behind it would send."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from linkwell.kernel import clock
from linkwell.kernel.errors import TooMany

A_MINUTE = 60


def count_one(request: HttpRequest, what: str, most: int, sorry: str) -> None:
    """Count a request of this minute. Raises TooMany with `sorry`. The address is kept only as a keyed digest."""
    minute = int(clock.now().timestamp()) // A_MINUTE
    address = get_adapter().get_client_ip(request)
    key = f"{what}:{salted_hmac(f'linkwell.{what}', f'{address}:{minute}').hexdigest()}"
    number = int(cache.get(key, 0)) + 1
    cache.set(key, number, A_MINUTE)
    if number > most:
        raise TooMany(sorry, A_MINUTE)
