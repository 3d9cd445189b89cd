"""Moving a note to the record it belongs to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.casework import actions, queries
from linkwell.casework.forms.misplaced import MoveNoteForm
from linkwell.casework.views.common import about_person
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.people import queries as people


def move(request: ScopedRequest, interaction_id: UUID) -> HttpResponse:
    """Look for whom it belongs to, choose, and say why. Both records keep a trace."""
    scope = request.scope
    row = queries.interaction(scope, interaction_id)
    text = (request.GET.get("q") or request.POST.get("q") or "")[:100].replace("\x00", "")
    found = people.people(scope, text).rows if text.strip() else ()
    cases = queries.open_cases_of(scope, tuple(each.person_id for each in found))
    choices = [(str(case.id), case.person_name) for case in cases.values() if case.id != row.case_id]
    form = MoveNoteForm(posted(request), cases=choices, initial={"q": text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_interaction(
                scope=scope,
                interaction_id=interaction_id,
                right_case_id=UUID(form.cleaned_data["case"]),
                reason=form.cleaned_data["reason"],
            )
        except Invalid as invalid:
            add_findings(form, invalid)
        except InvalidMove as moved:
            form.add_error(None, moved.message)
        else:
            messages.success(request, "Moved. This record now says only that a note was entered here by mistake.")
            return redirect("casework:conversation", interaction_id=interaction_id)
    page = about_person(request, row.person_id)
    more = {"row": row, "form": form, "q": text, "choices": choices}
    return render(request, "casework/move_note.jinja", {**page, **more}, status=status_of(form))
