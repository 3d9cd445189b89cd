"""Around every request: errors in plain words, and nothing kept by caches."""

from collections.abc import Callable

import structlog
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from linkwell.core import languages
from linkwell.kernel import tongue
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, LinkwellError, NotAllowed, NotFound, TooMany

# The pages that people open who ask for help, or want to know what happens to what they say.
FOR_PEOPLE = ("/ask/", "/time/", "/help/", "/accessibility/", "/privacy/", "/what-changed/")

Respond = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger()

# What a refused person sees. A wrong role and an absent row look the same.
STATUS: dict[type[LinkwellError], int] = {
    Invalid: 400,
    NotAllowed: 404,
    NotFound: 404,
    Conflict: 409,
    InvalidMove: 409,
    TooMany: 429,
}


class ErrorsInPlainWords:
    """Turn our own errors into pages. Views catch those they can say something better about."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.respond(request)
        # Django's own answer to a page asked for in the wrong way is an empty one.
        if isinstance(answer, HttpResponseNotAllowed) and not answer.content:
            page = render(request, "405.html", status=405)
            page["Allow"] = answer["Allow"]
            return page
        return answer

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        if "\x00" in request.path:
            raise Http404  # no database holds such a character, so nothing has this address

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, LinkwellError):
            return None
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
        if status == 500:
            return None
        message = "" if status == 404 else tongue.say(error.message)
        return render(request, f"{status}.html", {"message": message}, status=status)


def errors_in_plain_words(respond: Respond) -> ErrorsInPlainWords:
    return ErrorsInPlainWords(respond)


def nothing_cached(respond: Respond) -> Respond:
    """Pages hold personal data: after signing out, Back shows nothing."""

    def run(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return run


def in_the_language_of_the_reader(respond: Respond) -> Respond:
    """Pages for people speak English or Welsh, as the reader chose; the pages of staff speak English."""

    def run(request: HttpRequest) -> HttpResponseBase:
        for_people = request.path.startswith(FOR_PEOPLE)
        # A colleague's browser may ask for Welsh; the menu round the page would still be English.
        if not for_people or (request.user.is_authenticated and languages.asked_for(request) is None):
            return respond(request)
        with languages.speaking(languages.of_reader(request)):
            response = respond(request)
            response.headers.setdefault("Content-Language", tongue.current().value)
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return run
