"""Opening a file, taking it off, putting it back. Attaching is on the page of the record it belongs to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from linkwell.attachments import actions, presenters, queries
from linkwell.attachments.details import Opened
from linkwell.attachments.forms import TakeOffForm
from linkwell.core.routes import ScopedRequest
from linkwell.kernel.errors import Conflict, InvalidMove

# The kinds are ours, decided by content; a browser is never asked to guess.
TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "text": "text/plain; charset=utf-8",
}


@require_safe
def open_file(request: ScopedRequest, attachment_id: UUID) -> HttpResponse:
    """The file itself, as a download; or a page that says why it cannot be opened now."""
    row, record = queries.file(request.scope, attachment_id)
    if not row.may_open:
        page = {"line": presenters.file_line(row), "row": row, "back": record.page}
        return render(request, "attachments/closed.jinja", page)
    return as_download(queries.open_file(request.scope, attachment_id))


def as_download(opened: Opened) -> HttpResponse:
    """Saved, never shown inside a page of ours, and powerless if a browser shows it all the same."""
    answer = HttpResponse(opened.content, content_type=TYPES[opened.kind])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=opened.name) or "attachment"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def take_off(request: ScopedRequest, attachment_id: UUID) -> HttpResponse:
    """Take a file off, with a reason; it can be put back from the page that follows."""
    row, record = queries.file(request.scope, attachment_id)
    posted = request.POST if request.method == "POST" else None
    form = TakeOffForm(posted, initial={"version": row.version})
    if posted is not None and form.is_valid():
        given = form.cleaned_data
        try:
            actions.take_off(
                scope=request.scope,
                attachment_id=attachment_id,
                expected_version=given["version"],
                reason=given["reason"],
            )
        except (Conflict, InvalidMove):
            messages.error(request, "This file has changed since you opened the page. Look again.")
        return redirect("attachments:take_off", attachment_id)
    page = {"form": form, "row": row, "line": presenters.file_line(row), "back": record.page}
    page["days"] = actions.KEPT_FOR.days
    return render(request, "attachments/take_off.jinja", page, status=422 if form.errors else 200)


@require_POST
def put_back(request: ScopedRequest, attachment_id: UUID) -> HttpResponse:
    """Undo taking it off."""
    row, record = queries.file(request.scope, attachment_id)
    try:
        actions.put_back(scope=request.scope, attachment_id=attachment_id, expected_version=row.version)
    except (Conflict, InvalidMove):
        messages.error(request, "This file cannot be put back any more.")
    else:
        messages.success(request, "The file is back. It is checked for viruses again.")
    return redirect(record.page)
