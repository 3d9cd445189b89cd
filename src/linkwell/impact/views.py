"""Pages of the monthly report."""

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkwell.accounts import queries as accounts
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.documents.report import render_report
from linkwell.impact import actions, presenters, printed, queries, words
from linkwell.impact.forms import SignForm, SizeForm
from linkwell.impact.months import Month
from linkwell.impact.numbers import NUMBERS, Number
from linkwell.impact.permissions import SAY_LIST_SIZES, SIGN_MONTH
from linkwell.impact.queries import Side
from linkwell.impact.queries.report import COMPARED, By
from linkwell.impact.rows import Report, Wanted
from linkwell.kernel import csv_safe
from linkwell.kernel.errors import Conflict, Invalid, NotFound

BY: dict[str, By] = {"team": "team", "practice": "practice", "referrer": "referrer"}
LONGEST_ASKED = 200
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def home(request: ScopedRequest) -> HttpResponse:
    """The newest month that has ended."""
    return redirect("impact:month", month=str(Month.last_whole()))


@require_safe
def months(request: ScopedRequest) -> HttpResponse:
    """The last two years of months, and which are signed off."""
    signed = queries.signed_months(request.scope)
    month, lines = Month.last_whole().after, []
    for _ in range(25):
        lines.append({"month": month, "signed": signed.get(month)})
        month = month.before
    return render(request, "impact/months.jinja", {"lines": lines})


@require_safe
def month(request: ScopedRequest, month: str) -> HttpResponse:
    """The report of one month: one page to read, print and open each number from."""
    report = _report(request, month)
    return render(
        request,
        "impact/month.jinja",
        {
            "report": report,
            "tables": presenters.tables(report),
            "query": presenters.query_of(report.wanted),
            "narrowed": printed.narrowed_words(report),
            "next": report.month.after if report.month.has_ended else None,
            "may_sign": request.scope.may(SIGN_MONTH) and report.month.has_ended and report.signed is None,
            "may_sign_any": request.scope.may(SIGN_MONTH),
            "may_size": request.scope.may(SAY_LIST_SIZES),
        },
    )


def _report(request: ScopedRequest, month: str) -> Report:
    return queries.report(request.scope, Month.read(month), _wanted(request))


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for. A team that is none is no team: the list would be empty, not somebody else's."""
    asked = {name: request.GET.get(name, "")[:LONGEST_ASKED] for name in ("team", "practice", "referrer")}
    if any("\0" in value for value in asked.values()):
        raise NotFound
    try:
        team_id = UUID(asked["team"]) if asked["team"] else None
    except ValueError:
        raise NotFound from None
    return Wanted(team_id, asked["practice"], asked["referrer"])


@require_safe
def month_csv(request: ScopedRequest, month: str) -> HttpResponse:
    report = _report(request, month)
    return _csv(f"report-{report.month}", printed.CSV_HEADER, printed.csv_rows(report))


@require_safe
def month_pdf(request: ScopedRequest, month: str) -> HttpResponse:
    report = _report(request, month)
    organisation = accounts.organisation(request.scope.organisation_id).name
    made = render_report(printed.document_of(report, organisation))
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="report-{report.month}.pdf"'
    return answer


@require_safe
def compared(request: ScopedRequest, month: str, by: str) -> HttpResponse:
    """A few numbers for each team, practice or referrer."""
    if by not in BY:
        raise NotFound
    when = Month.read(month)
    page = queries.compared(request.scope, when, BY[by], page_number(request))
    labels = list(COMPARED.values())
    if by == "practice":
        labels.insert(1, "Per 1,000")
    lines = page.map(
        lambda row: {
            "name": row.words,
            "url": _narrowed_url(by, row.value, when),
            "cells": presenters.compared_cells(row, by, when),
        }
    )
    return render(
        request, "impact/compared.jinja", {"month": when, "by": by, "ways": tuple(BY), "labels": labels, "page": lines}
    )


def _narrowed_url(by: str, value: str, month: Month) -> str:
    wanted = presenters.narrowed_to(by, value)
    if wanted is None:
        return ""
    return reverse("impact:month", kwargs={"month": str(month)}) + presenters.query_of(wanted)


@require_safe
def behind(request: ScopedRequest, month: str, number: str) -> HttpResponse:
    """The list behind a number."""
    when, what, key, wanted, side = _asked(request, month, number)
    page = queries.rows_behind(request.scope, when, what, key, wanted, side, page_number(request))
    return render(
        request,
        "impact/behind.jinja",
        {
            "month": when,
            "number": what,
            "key_words": words.of_key(what.code, key) if key else "",
            "side": side,
            "sides": _sides(request, when, what, key, wanted, side),
            "page": page.map(lambda row: presenters.behind_line(what, row)),
            "query": presenters.query_of(wanted, key=key, side=side).removeprefix("?"),
            "back": presenters.query_of(wanted),
        },
    )


def _sides(
    request: ScopedRequest, when: Month, what: Number, key: str, wanted: Wanted, now: Side
) -> list[dict[str, Any]]:
    """The ways to look at a number of a signed month; none while it is not signed off."""
    if queries.signed_off(request.scope, when) is None:
        return []
    labels: dict[Side, str] = {
        "signed": "As signed off",
        "now": "As it stands now",
        "new": "Counted since",
        "gone": "No longer counted",
    }
    links = presenters.Links(when, wanted)
    return [
        {"label": label, "url": links.behind(what.code, key, side), "current": side == now}
        for side, label in labels.items()
    ]


def _asked(request: ScopedRequest, month: str, number: str) -> tuple[Month, Number, str, Wanted, Side]:
    what, asked = NUMBERS.get(number), request.GET.get("side", "now")
    side = next((each for each in queries.SIDES if each == asked), None)
    key = request.GET.get("key", "")[:LONGEST_ASKED]
    if what is None or side is None or "\0" in key:
        raise NotFound
    return Month.read(month), what, key, _wanted(request), side


@require_safe
def behind_csv(request: ScopedRequest, month: str, number: str) -> HttpResponse:
    when, what, key, wanted, side = _asked(request, month, number)
    rows = queries.every_row_behind(request.scope, when, what, key, wanted, side)
    return _csv(f"report-{when}-{what.code}", printed.LIST_HEADER, printed.list_rows(what, rows))


def _csv(name: str, header: tuple[str, ...], rows: list[list[str]]) -> HttpResponse:
    stream = io.StringIO(newline="")
    csv_safe.write_rows(stream, header, rows)
    # The mark tells a spreadsheet that names with accents are in UTF-8.
    answer = HttpResponse(f"{csv_safe.BYTE_ORDER_MARK}{stream.getvalue()}", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@get_or_post
def sign_off(request: ScopedRequest, month: str) -> HttpResponse:
    """Keep a month as it stands."""
    when = Month.read(month)
    if not when.has_ended:
        raise NotFound
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_off(scope=request.scope, month=when, note=form.cleaned_data["note"])
        except Conflict as error:
            messages.info(request, str(error))
        else:
            messages.success(request, f"{when.words} is signed off.")
        return redirect("impact:month", month=month)
    status = 422 if request.method == "POST" else 200
    return render(request, "impact/sign_off.jinja", {"form": form, "month": when}, status=status)


@get_or_post
def sizes(request: ScopedRequest) -> HttpResponse:
    """How many people practices have on their lists."""
    form = SizeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_list_size(scope=request.scope, **form.cleaned_data)
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "The list size is kept.")
            return redirect("impact:sizes")
    page = queries.sizes(request.scope, page_number(request))
    status = 422 if request.method == "POST" else 200
    return render(request, "impact/sizes.jinja", {"form": form, "page": page}, status=status)


@require_POST
def remove_size(request: ScopedRequest, size_id: UUID) -> HttpResponse:
    actions.remove_list_size(scope=request.scope, size_id=size_id)
    messages.success(request, "The list size is taken away.")
    return redirect("impact:sizes")
