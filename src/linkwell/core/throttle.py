"""No more requests from one address than the people, or the one machine, behind it would send."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from linkwell.kernel import clock
from linkwell.kernel.errors import TooMany

A_MINUTE = 60


def count_one(request: HttpRequest, what: str, most: int, sorry: str, seconds: int = A_MINUTE) -> None:
    """Count a request of this minute, or of as many seconds, from its address. Raises TooMany with `sorry`."""
    count(what, f"from:{get_adapter().get_client_ip(request)}", most, sorry, seconds)


def count(what: str, whose: str, most: int, sorry: str, seconds: int) -> None:
    """Count one more of `what` for `whose`, which is kept only as a keyed digest. Raises TooMany with `sorry`."""
    period = int(clock.now().timestamp()) // seconds
    key = f"{what}:{salted_hmac(f'linkwell.{what}', f'{whose}:{period}').hexdigest()}"
    number = int(cache.get(key, 0)) + 1
    cache.set(key, number, seconds)
    if number > most:
        raise TooMany(sorry, seconds)
