"""The files of a case, and a place to attach one."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.attachments.forms import AttachForm
from linkwell.attachments.preparing import renamed
from linkwell.attachments.presenters import file_lines
from linkwell.casework.actions.files import attach_to_case
from linkwell.casework.queries.files import files_of_case, threads_of_case
from linkwell.casework.rows import CaseRow
from linkwell.casework.views.common import opened_case
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel.errors import Invalid
from linkwell.people import queries as people


def files(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """All files of the support, and the box to attach another."""
    case, page = opened_case(request, case_id)
    sent = request.FILES if request.method == "POST" else None
    form = AttachForm(posted(request), sent, initial={"submission_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            file = renamed(given["file"], given["title"])
            attach_to_case(scope=request.scope, case_id=case.id, submission_key=given["submission_key"], file=file)
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "The file is attached. It is being checked for viruses.")
            return redirect("casework:files", case_id=case.id)
    full = {**page, **about_files(request.scope, case), "form": form}
    return render(request, "casework/files.jinja", full, status=status_of(form))


def about_files(scope: Scope, case: CaseRow) -> dict[str, Any]:
    """The part of the case page about files, and messages with whoever referred."""
    restricted = people.kept_apart(scope, case.person_id)
    return {
        "files": file_lines(files_of_case(scope, case.id, restricted=restricted)),
        "threads": threads_of_case(scope, case.id),
        "restricted": restricted,
    }
