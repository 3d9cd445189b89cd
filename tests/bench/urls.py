"""The measure: a page of the same server, signed in and with the same frame, that asks one indexed question."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import engines

from linkwell.core.routes import ScopedRequest, route
from linkwell.people import queries
from linkwell.people.permissions import NAMES_SEE
from linkwell.web.urls import urlpatterns as real

PAGE = """{% extends "core/layout.jinja" %}{% block page_title %}One question{% endblock %}
{% block content %}<h1 class="nhsuk-heading-l">{{ name }}</h1>{% endblock %}"""


def one_question(request: HttpRequest, person_id: UUID) -> HttpResponse:
    scope = cast(ScopedRequest, request).scope
    name = queries.names(scope, (person_id,))[person_id]
    return HttpResponse(engines["jinja2"].from_string(PAGE).render({"name": name}, request))


urlpatterns = [route("one-question/<uuid:person_id>/", one_question, name="one_question", allow=NAMES_SEE), *real]
