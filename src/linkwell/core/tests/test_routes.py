"""If these fail, a page can exist that anybody may open."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import path

from linkwell.core import routes


def test_every_route_of_the_program_says_who_may_use_it() -> None:
    routes.refuse_undeclared_routes()


@pytest.mark.fault("F14")
def test_a_route_without_a_guard_stops_the_program(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    monkeypatch.setattr(routes, "declared_routes", lambda: [("open-door", path("open/", view, name="open-door"))])
    with pytest.raises(ImproperlyConfigured, match="open-door"):
        routes.refuse_undeclared_routes()
