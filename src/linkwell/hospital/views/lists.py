"""One feed and what was read from it; one list, and what to do with it where it was held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkwell.core.paging import page_number, to_the_first
from linkwell.core.plain_forms import PlainForm
from linkwell.core.routes import ScopedRequest
from linkwell.hospital import feed_words
from linkwell.hospital.actions.ending_feeds import end_feed, get_feed_again
from linkwell.hospital.actions.feeds import set_stale_after
from linkwell.hospital.actions.held_lists import load_all_the_same, throw_away
from linkwell.hospital.feed_forms import StaleForm
from linkwell.hospital.queries.attention import number_kept_apart
from linkwell.hospital.queries.freshness import one_feed, still_listed
from linkwell.hospital.queries.list_runs import one_run, runs_of
from linkwell.hospital.views.common import of_a_hospital
from linkwell.kernel.errors import InvalidMove

HOUR = dt.timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_hospital
def feed(request: ScopedRequest, feed_id: UUID) -> HttpResponse:
    """All that was read from one feed, and how old its news may grow."""
    row = one_feed(request.scope, feed_id)
    form = StaleForm(request.POST or None, initial={"hours": row.stale_after // HOUR})
    if request.method == "POST" and form.is_valid():
        set_stale_after(scope=request.scope, feed_id=feed_id, after=form.cleaned_data["hours"] * HOUR)
        messages.success(request, "Saved when this feed is out of date.")
        return redirect("hospital:feed", feed_id=feed_id)
    page = runs_of(request.scope, feed_id, page_number(request))
    if past_the_end := to_the_first(request, page):
        return past_the_end
    context = {
        "feed": row,
        "form": form,
        "apart": number_kept_apart(request.scope, feed_id),
        "page": page.map(feed_words.run),
    }
    return render(request, "hospital/feed.jinja", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_hospital
def end(request: ScopedRequest, feed_id: UUID) -> HttpResponse:
    """Ask before a feed is ended, and end it."""
    row = one_feed(request.scope, feed_id)
    if request.method == "POST":
        _say(request, lambda: end_feed(scope=request.scope, feed_id=feed_id), f"{row.name}: noted that it has ended.")
        return redirect("hospital:feed", feed_id=feed_id)
    happens = feed_words.when_it_ends(row, still_listed(request.scope, feed_id))
    return render(request, "hospital/end_feed.jinja", {"feed": row, "form": PlainForm(), "happens": happens})


@require_POST
@of_a_hospital
def get_again(request: ScopedRequest, feed_id: UUID) -> HttpResponse:
    """A feed that had ended is waited for again."""
    _say(request, lambda: get_feed_again(scope=request.scope, feed_id=feed_id), "Noted that it comes again.")
    return redirect("hospital:feed", feed_id=feed_id)


def _say(request: ScopedRequest, act: Callable[[], None], done: str) -> None:
    """Do this and say so, or say why not."""
    try:
        act()
    except InvalidMove as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)


@require_safe
@of_a_hospital
def list_run(request: ScopedRequest, list_run_id: UUID) -> HttpResponse:
    """One reading: its totals and all that there is to look at."""
    return render(request, "hospital/list_run.jinja", feed_words.run(one_run(request.scope, list_run_id)))


@require_POST
@of_a_hospital
def load(request: ScopedRequest, list_run_id: UUID) -> HttpResponse:
    """Take a held list all the same."""
    try:
        events = load_all_the_same(scope=request.scope, run_id=list_run_id)
    except InvalidMove as refused:
        messages.error(request, refused.message)
        return redirect("hospital:list_run", list_run_id=list_run_id)
    messages.success(request, f"The list was loaded: {sum(events.values()):,} changes.")
    return redirect("hospital:feeds")


@require_POST
@of_a_hospital
def throw(request: ScopedRequest, list_run_id: UUID) -> HttpResponse:
    """Say that a held list is wrong."""
    try:
        throw_away(scope=request.scope, run_id=list_run_id)
    except InvalidMove as refused:
        messages.error(request, refused.message)
        return redirect("hospital:list_run", list_run_id=list_run_id)
    messages.success(request, "The list was thrown away. Nothing was taken from it.")
    return redirect("hospital:feeds")
