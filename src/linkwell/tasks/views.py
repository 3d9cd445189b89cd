from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.accounts.queries import my_team
from linkwell.core.paging import page_number
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.saved import saved_lists
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, InvalidMove, NotFound
from linkwell.tasks import actions, presenters, queries, several  # noqa: F401 (what can be done with several)
from linkwell.tasks.forms import TaskForm

SHOWN = ("mine", "team", "done")


@one_read
def task_list(request: ScopedRequest) -> HttpResponse:
    """What I have to do, what the team has to do, and what I have done."""
    show = request.GET.get("show", "mine")
    show = show if show in SHOWN else "mine"
    number = page_number(request)
    if show == "team":
        team = my_team(request.scope)
        page = queries.team_tasks(request.scope, team.id if team else None, number)
    else:
        page = queries.my_tasks(request.scope, number, state="done" if show == "done" else "open")
    today = clock.today()
    lines = page.map(lambda row: presenters.line(row, today))
    saved = saved_lists(request.scope, "tasks:list")
    return render(request, "tasks/list.jinja", {"page": lines, "show": show, "saved": saved})


@require_POST
def take(request: ScopedRequest, task_id: UUID) -> HttpResponse:
    return _press(request, task_id, actions.take, "It is yours now.")


@require_POST
def finish(request: ScopedRequest, task_id: UUID) -> HttpResponse:
    return _press(request, task_id, actions.finish_task, "Done. You find it under “Done”, if it was not.")


@require_POST
def reopen(request: ScopedRequest, task_id: UUID) -> HttpResponse:
    return _press(request, task_id, actions.reopen_task, "It is to do again.")


def _press(request: ScopedRequest, task_id: UUID, action: Callable[..., None], done: str) -> HttpResponse:
    if queries.task(request.scope, task_id) is None:
        raise NotFound("We could not find that.")
    form = TaskForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Press the button again.")
        return redirect("tasks:list")
    try:
        action(scope=request.scope, task_id=task_id, expected_version=form.cleaned_data["version"])
    except (Conflict, InvalidMove) as error:
        messages.warning(request, f"{error.message} This is how it stands now.")
    else:
        messages.success(request, done)
    return redirect("tasks:list")


@require_POST
def seen(request: ScopedRequest, task_id: UUID) -> HttpResponse:
    """ "I have seen this": it no longer passes to somebody else."""
    actions.acknowledge(scope=request.scope, task_id=task_id)
    messages.success(request, "Noted that you have seen it.")
    return redirect("tasks:list")
