"""The pages of whoever keeps the directory: feeds, how each reading went, what waits for a decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.accounts.queries import organisation
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.directory import actions, queries
from linkwell.directory.actions.sources import EVERY
from linkwell.directory.editing import BY_NAME, in_words
from linkwell.directory.source_forms import BY_HAND, ColumnsForm, ScheduleForm, SourceForm
from linkwell.kernel.errors import Invalid
from linkwell.kernel.pages import Page

_KINDS = {"mobile": "a mobile number", "email": "somebody's e-mail address", "name": "a name beside a mobile number"}


def sources(request: ScopedRequest) -> HttpResponse:
    scope = request.scope
    context = {
        "page": queries.sources(scope, page_number(request)),
        "differing": _how_many(queries.differences(scope)),
        "twice": _how_many(queries.listed_twice(scope)),
        "held_back": _how_many(queries.held_back(scope)),
        "published": queries.is_published(scope),
        "code": organisation(scope.organisation_id).code,
        "every": EVERY,
    }
    return render(request, "directory/sources.jinja", context)


def _how_many(first: Page[Any]) -> str:
    """ "20+" where there is more than the first page holds."""
    return f"{len(first.rows)}+" if first.has_next else str(len(first.rows)) if first.rows else ""


def add(request: ScopedRequest) -> HttpResponse:
    form = SourceForm(request.POST or None, initial={"every": "168"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.add_source(
                scope=request.scope, name=data["name"], location=data["location"], every_hours=form.hours
            )
        except Invalid as invalid:
            for field, message in invalid.by_field.items():
                form.add_error(field or None, message)
        else:
            messages.success(request, "The feed will be fetched in a moment.")
            return redirect("directory:source", source_id=made)
    return render(request, "directory/source_add.jinja", {"form": form}, status=422 if form.errors else 200)


def source(request: ScopedRequest, source_id: UUID) -> HttpResponse:
    row = queries.source(request.scope, source_id)
    form = ScheduleForm(request.POST or None, initial={"every": str(row.every_hours or BY_HAND)})
    if request.method == "POST" and form.is_valid():
        actions.set_schedule(scope=request.scope, source_id=source_id, every_hours=form.hours)
        messages.success(request, "Saved.")
        return redirect("directory:source", source_id=source_id)
    context = {
        "source": row,
        "runs": queries.runs(request.scope, source_id, page_number(request)),
        "form": form,
        "from_web": "://" in row.location,
    }
    return render(request, "directory/source.jinja", context, status=422 if form.errors else 200)


@require_POST
def fetch(request: ScopedRequest, source_id: UUID) -> HttpResponse:
    actions.fetch_now(scope=request.scope, source_id=source_id, accept_smaller=bool(request.POST.get("accept_smaller")))
    messages.success(request, "The feed will be fetched in a moment.")
    return redirect("directory:source", source_id=source_id)


def columns(request: ScopedRequest, source_id: UUID) -> HttpResponse:
    row = queries.source(request.scope, source_id)
    form = ColumnsForm(request.POST or None, row.headings, row.columns)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_columns(
                scope=request.scope, source_name=row.name, location=row.location, columns=form.columns()
            )
        except Invalid as invalid:
            form.add_error(None, invalid.message)
        else:
            messages.success(request, "Saved. It holds from the next reading on.")
            return redirect("directory:source", source_id=source_id)
    context = {"source": row, "form": form}
    return render(request, "directory/source_columns.jinja", context, status=422 if form.errors else 200)


def reading(request: ScopedRequest, run_id: UUID) -> HttpResponse:
    rejected, findings, run = queries.problems(request.scope, run_id)
    return render(request, "directory/reading.jinja", {"rejected": rejected, "findings": findings, "run": run})


def differences(request: ScopedRequest) -> HttpResponse:
    page = queries.differences(request.scope, page_number(request))
    shown = page.map(
        lambda each: {
            "row": each,
            "label": BY_NAME[each.field].label if each.field in BY_NAME else each.field,
            "ours": in_words(each.field, each.ours),
            "feed": in_words(each.field, each.feed),
        }
    )
    return render(request, "directory/differences.jinja", {"page": shown})


@require_POST
def settle(request: ScopedRequest, correction_id: UUID) -> HttpResponse:
    take = request.POST.get("choice") == "take"
    actions.settle_difference(scope=request.scope, correction_id=correction_id, take=take)
    messages.success(request, "The listing now says what its feed says." if take else "Kept as we have it.")
    return redirect("directory:differences")


def held_back(request: ScopedRequest) -> HttpResponse:
    page = queries.held_back(request.scope, page_number(request))
    return render(request, "directory/held_back.jinja", {"page": page, "kinds": _KINDS})


@require_POST
def decide(request: ScopedRequest, detail_id: UUID) -> HttpResponse:
    show = request.POST.get("choice") == "show"
    actions.decide_personal(scope=request.scope, detail_id=detail_id, show=show)
    messages.success(request, "It is shown from now on." if show else "It stays out of the listing.")
    return redirect("directory:held_back")


@require_POST
def publish(request: ScopedRequest) -> HttpResponse:
    published = request.POST.get("choice") == "yes"
    actions.publish(scope=request.scope, published=published)
    messages.success(
        request, "Everybody can read your directory now." if published else "Your directory is no longer given away."
    )
    return redirect("directory:sources")
