"""What the lines of a number that is broken down are called."""

from collections.abc import Callable

from linkwell.casework.models import ClosingReason, InteractionKind
from linkwell.casework.states import APPOINTMENT, CASE
from linkwell.kernel import codes
from linkwell.referrals.reasons import BY_CODE

_NOT_SAID = "Not said"


def _need(key: str) -> str:
    return "Only in their own words" if key == "own_words" else codes.plain(codes.NEEDS, key)


def _reason(key: str) -> str:
    return BY_CODE[key].plain if key in BY_CODE else key.replace("_", " ").capitalize()


def _kind(key: str) -> str:
    return str(InteractionKind(key).label) if key in InteractionKind.values else key


def _closing(key: str) -> str:
    return str(ClosingReason(key).label) if key in ClosingReason.values else key


_KEYS: dict[str, Callable[[str], str]] = {
    "declined": _reason,
    "needs_referred": _need,
    "needs_planned": _need,
    "waiting": {"decision": "For somebody to decide", "worker": "For a link worker"}.__getitem__,
    "open": lambda key: CASE.words.get(key, key).capitalize(),
    "talked": _kind,
    "tried": _kind,
    "missed": lambda key: APPOINTMENT.words.get(key, key).capitalize(),
    "closed": _closing,
}


def of_key(number: str, key: str) -> str:
    """The words for one line of a number."""
    if not key:
        return _NOT_SAID
    return _KEYS[number](key) if number in _KEYS else key
