"""The page of a person, who has looked at it, and a copy for them."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.core.paging import page_number
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.documents.rendering import Layout
from linkwell.journey import queries
from linkwell.journey.presenters import looked as looked_words
from linkwell.journey.presenters import person as presenter
from linkwell.journey.presenters import record as record_words
from linkwell.kernel import clock
from linkwell.people import queries as people


@require_safe
@one_read
def person(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Everything about one person, in one look."""
    show = request.GET.get("show", "")
    found = queries.person_page(request.scope, person_id, show=show, number=page_number(request))
    return render(request, "journey/person.jinja", presenter.page(found, clock.today(), clock.now()))


@require_safe
def looked(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Who has opened this record, in which role and why."""
    found = queries.who_looked(request.scope, person_id, page_number(request))
    return render(
        request,
        "journey/looked.jinja",
        {
            "name": found.name,
            "person_id": person_id,
            "organisation": found.organisation,
            "page": found.rows,
            "days": looked_words.days(found.rows),
        },
    )


@require_safe
def record(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """A copy to print."""
    copy = queries.record_copy(request.scope, person_id)
    page = record_words.on_paper(copy, clock.now())
    large = people.layout_for(request.scope, person_id) is Layout.LARGE_PRINT
    return render(request, "journey/record.jinja", {**page, "person_id": person_id, "large": large})


@require_safe
def record_export(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """The same copy for machines."""
    copy = queries.record_copy(request.scope, person_id)
    answer = JsonResponse(record_words.as_json(copy, clock.now()), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="record.json"'
    return answer
