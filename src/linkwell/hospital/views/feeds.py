"""The page of whoever looks after what the hospital sends: how fresh it is, lists to load, what needs attention."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from linkwell.core.paging import page_number, to_the_first
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.hospital import actions, feed_words, queries
from linkwell.hospital.actions.looking_after import set_done, take_all_in, take_in, try_again
from linkwell.hospital.activity.actions import import_files
from linkwell.hospital.feed_forms import ActivityForm, DoneForm, ListForm
from linkwell.hospital.queries.attention import needs_attention, one_needing_attention
from linkwell.hospital.queries.freshness import ended_feeds
from linkwell.hospital.queries.list_runs import held_lists, latest_runs
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel import words
from linkwell.kernel.errors import Invalid, InvalidMove


@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: ScopedRequest) -> HttpResponse:
    """How fresh each feed is and what needs attention; a list that is sent is loaded."""
    only_trusts(request.scope)
    form = ListForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid() and _loaded(request, form):
        return redirect("hospital:feeds")
    return _page(request, form, ActivityForm())


def _page(request: ScopedRequest, form: ListForm, activity: ActivityForm) -> HttpResponse:
    page = needs_attention(request.scope, page_number(request))
    if past_the_end := to_the_first(request, page):
        return past_the_end
    context = {
        "feeds": queries.freshness(request.scope),
        "ended": ended_feeds(request.scope),
        "held": [feed_words.run(row) for row in held_lists(request.scope)],
        "runs": [feed_words.run(row) for row in latest_runs(request.scope)],
        "page": page,
        "form": form,
        "activity": activity,
    }
    wrong = form.errors or activity.errors
    return render(request, "hospital/feeds.jinja", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: ScopedRequest) -> HttpResponse:
    """A file of past visits, stays, waits or contacts, taken into the hospital's own store."""
    only_trusts(request.scope)
    if request.method != "POST":
        return redirect("hospital:feeds")
    form = ActivityForm(request.POST, request.FILES)
    if form.is_valid() and _taken_in(request, form):
        return redirect("hospital:feeds")
    return _page(request, ListForm(), form)


def _taken_in(request: ScopedRequest, form: ActivityForm) -> bool:
    given = form.cleaned_data["activity"]
    with TemporaryDirectory(prefix="linkwell-activity-") as folder:
        path = Path(folder) / f"{form.cleaned_data['kind']}{Path(given.name).suffix.lower()}"
        with path.open("wb") as into:
            for piece in given.chunks():
                into.write(piece)
        try:
            reading = import_files(scope=request.scope, kind=form.cleaned_data["kind"], paths=[path])
        except Invalid as wrong:
            add_findings(form, Invalid({"activity": "; ".join(each.message for each in wrong.findings)}))
            return False
    first = "; ".join(f"{each.where}: {each.message}" for each in reading.findings[:5])
    messages.success(request, f"{reading.words} {first}".strip())
    return True


def _loaded(request: ScopedRequest, form: ListForm) -> bool:
    given = form.cleaned_data["file"]
    try:
        result = actions.load_list(
            scope=request.scope,
            file=given.file,
            file_name=given.name,
            accept_smaller=form.cleaned_data["accept_smaller"],
        )
    except Invalid as wrong:
        add_findings(form, Invalid({"file": "; ".join(each.message for each in wrong.findings)}))
        return False
    if result.held:
        add_findings(form, Invalid({"file": result.held}))
        return False
    first = "; ".join(f"{each.where}: {each.message}" for each in (*result.rejected, *result.findings)[:5])
    messages.success(request, f"{result.words} {first}".strip())
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def inbound(request: ScopedRequest, inbound_id: UUID) -> HttpResponse:
    """One thing that needs attention, and what to do about it."""
    only_trusts(request.scope)
    row = one_needing_attention(request.scope, inbound_id)
    form = DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_done(scope=request.scope, inbound_id=inbound_id, reason=form.cleaned_data["reason"])
        messages.success(request, "Noted that it needs nothing more.")
        return redirect("hospital:feeds")
    return render(request, "hospital/inbound.jinja", {"row": row, "form": form}, status=422 if form.errors else 200)


@require_POST
def again(request: ScopedRequest, inbound_id: UUID, how: str) -> HttpResponse:
    only_trusts(request.scope)
    if how not in ("again", "them", "other"):
        raise Http404
    try:
        if how == "other":
            take_in(scope=request.scope, inbound_id=inbound_id)
        else:
            try_again(scope=request.scope, inbound_id=inbound_id, is_them=how == "them")
    except InvalidMove as refused:
        messages.error(request, refused.message)
        return redirect("hospital:inbound", inbound_id=inbound_id)
    messages.success(request, "It is being worked out." if how == "other" else "It is being worked out again.")
    return redirect("hospital:feeds")


@require_POST
def take_all(request: ScopedRequest, feed_id: UUID) -> HttpResponse:
    """All of one feed that came under numbers used before are messages of their own."""
    only_trusts(request.scope)
    number = take_all_in(scope=request.scope, feed_id=feed_id)
    messages.success(request, f"{words.counted(number, 'message')} taken in. They are being worked out.")
    return redirect("hospital:feed", feed_id=feed_id)
