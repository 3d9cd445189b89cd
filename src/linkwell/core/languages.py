"""The language of a page: chosen on the page itself, carried in its address, kept nowhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language_from_request

from linkwell.kernel import tongue
from linkwell.kernel.tongue import Tongue

PARAMETER = "lang"

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def speaking(language: Tongue) -> Iterator[None]:
    """Speak a language in everything: our own words, and the forms and templates that Django puts into words."""
    with tongue.speaking(language), translation.override(language.value):
        yield


def in_english(function: Callable[P, R]) -> Callable[P, R]:
    """What is kept is English, whatever language the page speaks that it came from."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if tongue.current() is Tongue.ENGLISH:
            return function(*args, **kwargs)
        with speaking(Tongue.ENGLISH):
            return function(*args, **kwargs)

    return run


def asked_for(request: HttpRequest) -> Tongue | None:
    """The language chosen with the switch on the page; None where nobody chose."""
    given = request.GET.get(PARAMETER, "")
    return Tongue(given) if given in set(Tongue) else None


def of_reader(request: HttpRequest) -> Tongue:
    """The language to speak: as chosen, else as the browser asks, else English."""
    chosen = asked_for(request)
    if chosen is not None:
        return chosen
    wanted = get_language_from_request(request)
    return Tongue.WELSH if wanted.split("-")[0] == Tongue.WELSH.value else Tongue.ENGLISH
