"""Pages that belong to no app: help, accessibility, privacy, and staying signed in."""

import sys

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from linkwell.core.routes import Open, SignedIn, route
from linkwell.web import guides
from linkwell.web.metrics import health, metrics

FOR_ALL = Open("Anybody may read how to get help, how accessible Linkwell is and what happens to information.")


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """For anybody: how to get help. For those signed in also the guides, and a search in them."""
    asked = request.GET.get("q", "").strip()[:100]
    found = [each for each in guides.guides().values() if each.fits(asked)] if request.user.is_authenticated else []
    return render(request, "web/help.jinja", {"guides": found, "q": asked})


@require_GET
def guide_page(request: HttpRequest, guide: str) -> HttpResponse:
    found = guides.guides().get(guide)
    if found is None:
        raise Http404
    return render(request, "web/guide.jinja", {"guide": found, "body": guides.as_page(guide)})


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.jinja")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.jinja")


def trouble(request: HttpRequest) -> HttpResponse:
    """What a fault looks like: ours, or a database that is away, full or too slow. Asks the database nothing."""
    away = isinstance(sys.exc_info()[1], OperationalError)
    status = 503 if away else 500
    return HttpResponse(
        render_to_string(f"{status}.html"), status=status, headers={"Retry-After": "60"} if away else {}
    )


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody answered "Stay signed in"; the session is renewed by every request."""
    return HttpResponse(status=204)


WATCHED = Open("Whether Linkwell answers, for whatever watches it. Says nothing of what it holds.")
NUMBERS = Open("Numbers of waiting work, for the holder of the token that was set; otherwise not there.")

urlpatterns = [
    route("healthz/", health, name="health", allow=WATCHED),
    route("metrics", metrics, name="metrics", allow=NUMBERS),
    route("help/", help_page, name="help", allow=FOR_ALL),
    route("help/<slug:guide>/", guide_page, name="guide", allow=SignedIn()),
    route("accessibility/", accessibility, name="accessibility", allow=FOR_ALL),
    route("privacy/", privacy, name="privacy", allow=FOR_ALL),
    route("stay/", stay, name="stay", allow=SignedIn()),
]
