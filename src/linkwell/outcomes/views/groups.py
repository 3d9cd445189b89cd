"""What changed for the people of a community group, from the link to its own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.directory.models import LinkPurpose
from linkwell.onward.views.listing import Opened, with_listing
from linkwell.outcomes import queries
from linkwell.outcomes.presenters import groups as presenter


@require_safe
@with_listing(LinkPurpose.KEEP, code=True)
def results(request: HttpRequest, here: Opened) -> HttpResponse:
    page = presenter.page(queries.results_of_group(here.scope, here.key))
    return render(request, "outcomes/of_group.jinja", page | {"token": here.token, "quick_exit": False})
