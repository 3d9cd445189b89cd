"""Pictures of a group's place: shown to colleagues, and kept by the group from its own page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.directory import queries as directory
from linkwell.directory.models import LinkPurpose
from linkwell.directory.queries.details import photograph
from linkwell.kernel.errors import Invalid
from linkwell.onward.actions import listing_photographs as actions
from linkwell.onward.listing_forms import PhotographForm
from linkwell.onward.views.listing import Opened, with_listing

DAY = 24 * 60 * 60


def staff(request: ScopedRequest, photograph_id: UUID) -> HttpResponse:
    return _picture(photograph(request.scope, photograph_id))


@with_listing(LinkPurpose.KEEP, code=True)
def own(request: HttpRequest, here: Opened, photograph_id: UUID) -> HttpResponse:
    return _picture(photograph(here.scope, photograph_id))


def _picture(jpeg: bytes) -> HttpResponse:
    answer = HttpResponse(jpeg, content_type="image/jpeg")
    answer["Cache-Control"] = f"private, max-age={DAY}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@with_listing(LinkPurpose.KEEP, code=True)
def photos(request: HttpRequest, here: Opened) -> HttpResponse:
    """The group's pictures, and one more."""
    row = directory.service(here.scope, here.service_id)
    form = PhotographForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            picture = actions.as_picture(file.name, file.read())
            actions.add_own_photograph(scope=here.scope, key=here.key, picture=picture, alt=form.cleaned_data["alt"])
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "Thank you. The photo is on your listing now.")
            return redirect("onward:listing_photos", listing_token=here.token)
    pictures = row.details.photographs if row.details is not None else ()
    context = {"form": form, "row": row, "token": here.token, "pictures": pictures, "quick_exit": False}
    return render(request, "onward/listing_photos.jinja", context, status=422 if form.errors else 200)


@require_POST
@with_listing(LinkPurpose.KEEP, code=True)
def away(request: HttpRequest, here: Opened, photograph_id: UUID) -> HttpResponse:
    actions.take_own_photograph_away(scope=here.scope, key=here.key, photograph_id=photograph_id)
    messages.success(request, "The photo is gone.")
    return redirect("onward:listing_photos", listing_token=here.token)
