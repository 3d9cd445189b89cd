"""Summaries: made, previewed, sent; and, for a practice, those it was sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.casework import actions, queries
from linkwell.casework.forms import SeparateNoteForm, SummaryForm
from linkwell.casework.presenters import summary as present
from linkwell.casework.rows import SummaryRow
from linkwell.casework.views.common import about_person, opened_case
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.documents.message_back import render_message_back
from linkwell.documents.rendering import Layout
from linkwell.kernel.errors import Invalid
from linkwell.people import queries as people

ELSEWHERE = "elsewhere"


def summaries(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Who a summary may go to, and those made so far."""
    case, page = opened_case(request, case_id)
    form = SummaryForm(posted(request), recipients=_choices(request, case_id))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["recipient"]
        try:
            made = actions.prepare_message_back(
                scope=request.scope,
                case_id=case_id,
                recipient_organisation_id=None if chosen == ELSEWHERE else UUID(chosen),
            )
        except Invalid as error:
            add_findings(form, error)
        else:
            return redirect("casework:summary", summary_id=made)
    said = people.agreement(request.scope, case.person_id, "tell_gp")
    return render(
        request,
        "casework/summaries.jinja",
        {
            **page,
            "form": form,
            "rows": queries.summaries_of(request.scope, case_id),
            "agreed": said is not None and said.agreed,
            "asked": said is not None,
        },
        status=status_of(form),
    )


def _choices(request: ScopedRequest, case_id: UUID) -> list[tuple[str, str]]:
    found = [
        (str(each.organisation_id), f"{each.name}: {each.why}") for each in queries.recipients(request.scope, case_id)
    ]
    return [*found, (ELSEWHERE, "A practice that does not use Linkwell: download it and send it yourself")]


def summary(request: ScopedRequest, summary_id: UUID) -> HttpResponse:
    """The summary as its reader will see it, before it is sent and after."""
    row = queries.summary_made(request.scope, summary_id)
    return _preview(request, row)


def _preview(request: ScopedRequest, row: SummaryRow, problem: str = "") -> HttpResponse:
    page = about_person(request, row.person_id)
    return render(
        request,
        "casework/summary.jinja",
        {**page, "row": row, "message": present.document(row.content), "problem": problem},
        status=422 if problem else 200,
    )


@require_POST
def send_summary(request: ScopedRequest, summary_id: UUID) -> HttpResponse:
    try:
        actions.send_message_back(scope=request.scope, summary_id=summary_id)
    except Invalid as error:
        return _preview(request, queries.summary_made(request.scope, summary_id), error.message)
    row = queries.summary_made(request.scope, summary_id)
    there = row.recipient_organisation_id is not None
    messages.success(request, f"Sent to {row.recipient}." if there else "Noted as sent.")
    return redirect("casework:case", case_id=row.case_id)


def summary_pdf(request: ScopedRequest, summary_id: UUID) -> HttpResponse:
    row = queries.summary_made(request.scope, summary_id)
    return _pdf(row, people.layout_for(request.scope, row.person_id, request.GET.get("layout", "")))


def summary_json(request: ScopedRequest, summary_id: UUID) -> HttpResponse:
    return _json(queries.summary_made(request.scope, summary_id))


def separate_note(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """What clinicians need to know and must not be in the summary."""
    _, page = opened_case(request, case_id)
    choices = [(str(each.organisation_id), each.name) for each in queries.recipients(request.scope, case_id)]
    form = SeparateNoteForm(posted(request), recipients=choices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.send_separate_note(
                scope=request.scope,
                case_id=case_id,
                recipient_organisation_id=UUID(given["recipient"]),
                text=given["text"],
                reason=given["reason"],
                submission_key=given["submission_key"],
            )
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "The separate note is sent.")
            return redirect("casework:case", case_id=case_id)
    return render(
        request, "casework/separate_note.jinja", {**page, "form": form, "choices": choices}, status=status_of(form)
    )


def received(request: ScopedRequest) -> HttpResponse:
    """Summaries for this practice, and separate notes."""
    number = page_number(request)
    page = queries.summaries_received(request.scope, number)
    notes = queries.notes_received(request.scope, number)
    # Both are turned by one pair of links, which belong to whichever goes on.
    turned = notes if notes.has_next or not page.rows else page
    return render(request, "casework/received.jinja", {"page": page, "notes": notes.rows, "turned": turned})


def received_summary(request: ScopedRequest, summary_id: UUID) -> HttpResponse:
    row = queries.summary_received(request.scope, summary_id)
    return render(request, "casework/received_summary.jinja", {"row": row, "message": present.document(row.content)})


def received_pdf(request: ScopedRequest, summary_id: UUID) -> HttpResponse:
    # A practice chooses for itself: what the person likes to read is not told to it.
    large = request.GET.get("layout") == Layout.LARGE_PRINT
    return _pdf(queries.summary_received(request.scope, summary_id), Layout.LARGE_PRINT if large else Layout.STANDARD)


def received_json(request: ScopedRequest, summary_id: UUID) -> HttpResponse:
    return _json(queries.summary_received(request.scope, summary_id))


def received_note(request: ScopedRequest, note_id: UUID) -> HttpResponse:
    return render(request, "casework/received_note.jinja", {"note": queries.note_received(request.scope, note_id)})


def _pdf(row: SummaryRow, layout: Layout) -> HttpResponse:
    made = render_message_back(present.document(row.content), layout)
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="summary.pdf"'
    return answer


def _json(row: SummaryRow) -> HttpResponse:
    content: dict[str, Any] = row.content
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="summary.json"'
    return answer
