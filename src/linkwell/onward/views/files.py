"""Sending a file on to a group, and the group opening it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.attachments import queries as attachments
from linkwell.attachments.views import as_download
from linkwell.casework.queries.files import files_of_case
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.onward import queries
from linkwell.onward.actions.files import send_file_on
from linkwell.onward.forms import SendFileForm
from linkwell.onward.proofs import proves
from linkwell.onward.views.group import with_link
from linkwell.people import queries as people


def send(request: ScopedRequest, onward_id: UUID) -> HttpResponse:
    """Choose one of the files of the case, and say that the person agreed to it."""
    row = queries.onward_referral(request.scope, onward_id)
    restricted = people.kept_apart(request.scope, row.person_id)
    files = [each for each in files_of_case(request.scope, row.case_id, restricted=restricted) if each.may_open]
    form = SendFileForm(request.POST or None, files=[(str(each.id), each.name) for each in files])
    if request.method == "POST" and form.is_valid() and _sent(request, onward_id, form):
        messages.success(request, "The file is sent on. The group can open it after it has said yes.")
        return redirect("onward:one", onward_id=onward_id)
    page = {"row": row, "form": form, "files": files, "restricted": restricted}
    return render(request, "onward/send_file.jinja", page, status=422 if form.errors else 200)


def _sent(request: ScopedRequest, onward_id: UUID, form: SendFileForm) -> bool:
    given = form.cleaned_data
    try:
        send_file_on(
            scope=request.scope,
            onward_id=onward_id,
            attachment_id=UUID(given["file"]),
            submission_key=given["submission_key"],
            agreed=given["agreed"],
            how=given["agreed_how"],
        )
    except InvalidMove as ended:
        form.add_error(None, ended.message)
    except Invalid as invalid:
        add_findings(form, invalid)
    return not form.errors


@require_POST
@with_link
def open_file(request: HttpRequest, scope: Scope, token: str, attachment_id: UUID) -> HttpResponse:
    """A file for the group: after its yes, within minutes of its code, and never from the link alone."""
    if not proves(scope, request.POST.get("proof", "")):
        messages.error(request, "That was some time ago. Ask for a new code to open the file.")
        return redirect("onward:contact", token=token)
    return as_download(attachments.open_file(scope, attachment_id))
