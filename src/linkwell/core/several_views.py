"""Choosing several things on a list: what will happen, doing it, and taking it back."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.core import saved, several
from linkwell.core.routes import ScopedRequest
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, InvalidMove

NONE_CHOSEN = "Tick at least one line first."
TOO_MANY = f"Choose up to {several.MOST} at a time."


@require_POST
def choose(request: ScopedRequest, kind: str) -> HttpResponse:
    """First what will happen to each; sent again from there, it is done."""
    known = several.kind_for(request.scope, kind)
    ids = _chosen(request.POST)
    if not ids or len(ids) > several.MOST:
        messages.warning(request, TOO_MANY if ids else NONE_CHOSEN)
        return redirect(known.back)
    doing = request.POST.get("step") == "do"
    form = known.form(request.scope, request.POST if doing else None)
    if doing and form.is_valid():
        versions = _versions(request.POST, ids)
        act_id = several.do_several(scope=request.scope, kind=kind, versions=versions, given=form.cleaned_data)
        return redirect("core:several_done", act_id=act_id)
    lines = several.look(request.scope, kind, ids)
    page = {"kind": known, "form": form, "lines": lines, "able": sum(not line.problem for line in lines)}
    return render(request, "core/several.jinja", page, status=422 if doing else 200)


def _chosen(given: QueryDict) -> list[UUID]:
    """Whatever is not an id was never on the list."""
    found: dict[UUID, None] = {}
    for text in given.getlist("chosen"):
        try:
            found.setdefault(UUID(text))
        except ValueError:
            continue
    return list(found)


def _versions(given: Mapping[str, str], ids: list[UUID]) -> dict[UUID, int]:
    """The version of each that was on the screen; without one, none that can be right."""
    texts = {each: given.get(f"version-{each}", "") for each in ids}
    return {
        each: int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0 for each, text in texts.items()
    }


def done(request: ScopedRequest, act_id: UUID) -> HttpResponse:
    """What was done, what was not and why; and the button that takes it back."""
    found = several.several_done(request.scope, act_id)
    page = {
        "act": found,
        "done": [line for line in found.lines if not line.problem],
        "left": [line for line in found.lines if line.problem],
        "may_undo": not found.undone and clock.now() <= found.until,
        "until": words.written_time(found.until),
    }
    return render(request, "core/several_done.jinja", page)


@require_POST
def undo(request: ScopedRequest, act_id: UUID) -> HttpResponse:
    try:
        lines = several.undo_several(scope=request.scope, act_id=act_id)
    except InvalidMove as error:
        messages.warning(request, error.message)
        return redirect("core:several_done", act_id=act_id)
    hindered = [line for line in lines if line.problem]
    if hindered:
        left = "; ".join(f"{line.words}: {line.problem}" for line in hindered)
        messages.warning(request, f"{words.counted(len(lines) - len(hindered), 'line')} taken back. Not these: {left}")
    else:
        messages.success(request, "It is as it was before.")
    return redirect("core:several_done", act_id=act_id)


@require_POST
def keep_list(request: ScopedRequest) -> HttpResponse:
    """Keep the list somebody is looking at."""
    page, filters = request.POST.get("page", ""), request.POST.get("filters", "")
    name = request.POST.get("name", "").replace("\x00", "")
    try:
        saved.keep_list(scope=request.scope, page=page, name=name, filters=filters)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Kept. You find it above the list.")
    return redirect(page)


@require_POST
def drop_list(request: ScopedRequest, list_id: UUID) -> HttpResponse:
    page = saved.drop_list(scope=request.scope, list_id=list_id)
    messages.success(request, "Taken away. The people and tasks on it are still there.")
    return redirect(page)
