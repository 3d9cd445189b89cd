"""Referring many people from one file: looked at first, then sent."""

import io
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkwell.accounts.queries import team as team_of
from linkwell.accounts.queries import teams_taking_referrals
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel import csv_safe
from linkwell.kernel.errors import Invalid
from linkwell.referrals import actions, queries
from linkwell.referrals.batch import COLUMNS
from linkwell.referrals.forms import BatchForm
from linkwell.referrals.queries import BatchLine

MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: ScopedRequest) -> HttpResponse:
    """Choose a file; it is looked at, and nothing is sent yet."""
    teams = [(str(team.id), f"{team.name}, {team.organisation_name}") for team in teams_taking_referrals()]
    form = BatchForm(*((request.POST, request.FILES) if request.method == "POST" else ()), teams=teams)
    if request.method == "POST" and form.is_valid():
        name, text = form.cleaned_data["file"]
        try:
            batch_id = actions.look_at_batch(
                scope=request.scope, team=team_of(form.cleaned_data["team"]), file_name=name, text=text
            )
        except Invalid as error:
            _explain(form, error)
        else:
            return redirect("referrals:batch", batch_id=batch_id)
    page = {"form": form, "page": queries.batches(request.scope, page_number(request)), "columns": list(COLUMNS)}
    return render(request, "referrals/batches.jinja", page, status=422 if form.errors else 200)


def _explain(form: BatchForm, error: Invalid) -> None:
    """What is wrong with the file as a whole belongs beside the file."""
    add_findings(form, Invalid({"file": "; ".join(finding.message for finding in error.findings)}))


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: ScopedRequest, batch_id: UUID) -> HttpResponse:
    """What became, or would become, of each row; and the button that sends those that are ready."""
    if request.method == "POST":
        actions.send_batch(request.scope, batch_id)
        if queries.batch(request.scope, batch_id).sent_at is not None:
            messages.success(request, "The referrals are sent. Keep the report, so that you know which rows are left.")
        return redirect("referrals:batch", batch_id=batch_id)
    row = queries.batch(request.scope, batch_id)
    wrong = [line for line in row.lines if line.problems]
    page = {"row": row, "wrong": wrong[:MOST_SHOWN], "more": max(len(wrong) - MOST_SHOWN, 0)}
    return render(request, "referrals/batch.jinja", page)


@require_safe
def report(request: ScopedRequest, batch_id: UUID) -> HttpResponse:
    """Every row of the file with what became of it, for a spreadsheet. Nothing of the people."""
    row = queries.batch(request.scope, batch_id)
    lines = ([line.number, _became(line, sent=row.sent_at is not None), line.reference, " ".join(line.problems)]
             for line in row.lines)  # fmt: skip
    return _csv("referrals-report.csv", ["Row", "What became of it", "Reference", "What is wrong"], lines)


def _became(line: BatchLine, *, sent: bool) -> str:
    if line.problems:
        return "Not sent"
    return "Sent" if sent else "Ready to be sent"


@require_safe
def template(request: ScopedRequest) -> HttpResponse:
    """The empty file: the names of the columns and one made-up row to be overwritten."""
    example = {
        "First name": "Made-up",
        "Last name": "Example",
        "Date of birth": "27/3/1964",
        "Phone": "01632 960123",
        "Postcode": "BS1 4DJ",
        "Interpreter": "no",
        "Needs": "Lonely",
        "Why": "Write why in a sentence or two.",
        "Knows and agrees": "yes",
        "Safe to use": "phone; text",
        "Asked alone": "yes",
    }
    return _csv("referrals.csv", list(COLUMNS), [[example.get(name, "") for name in COLUMNS]])


def _csv(name: str, header: Sequence[str], lines: Iterable[Sequence[object]]) -> HttpResponse:
    stream = io.StringIO(newline="")
    csv_safe.write_rows(stream, header, lines)
    answer = HttpResponse(csv_safe.BYTE_ORDER_MARK + stream.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
