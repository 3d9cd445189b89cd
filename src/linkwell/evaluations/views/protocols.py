"""The list, and writing a protocol in four steps until it is fixed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linkwell.core.paging import page_number
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted, saved, status_of
from linkwell.evaluations import actions, presenters, queries
from linkwell.evaluations.forms import STEPS, EndForm, QuestionForm
from linkwell.evaluations.permissions import LOAD_OPT_OUTS, SEE_WHO_GETS_THERE
from linkwell.kernel.errors import Invalid, NotFound

ORDER = tuple(STEPS)
TITLES = {
    "question": "Step 1 of 5: the question",
    "who": "Step 2 of 5: who it is about",
    "compared": "Step 3 of 5: compared with whom",
    "outcome": "Step 4 of 5: what will be counted",
}


@require_safe
@one_read
def evaluations(request: ScopedRequest) -> HttpResponse:
    """Every evaluation of the organisation, whatever became of it."""
    page = queries.evaluations(request.scope, page_number(request)).map(presenters.line)
    shown = {
        "page": page,
        "may_load": request.scope.may(LOAD_OPT_OUTS),
        "may_see_funnel": request.scope.may(SEE_WHO_GETS_THERE),
    }
    return render(request, "evaluations/evaluations.jinja", shown)


def begin(request: ScopedRequest) -> HttpResponse:
    """The first step of a new protocol."""
    form = QuestionForm(posted(request), choices=queries.choices(request.scope))
    made: list[UUID] = []

    def make() -> None:
        key = form.cleaned_data["submission_key"]
        made.append(actions.begin(scope=request.scope, submission_key=key, question=form.step()))

    if saved(form, make):
        return redirect("evaluations:step", evaluation_id=made[0], part="who")
    page = {"form": form, "title": TITLES["question"], "row": None}
    return render(request, "evaluations/step.jinja", page, status=status_of(form))


def step(request: ScopedRequest, evaluation_id: UUID, part: str) -> HttpResponse:
    """One step of a draft, and on to the next that is empty."""
    row = queries.evaluation(request.scope, evaluation_id)
    if part not in STEPS or row.state != "draft":
        raise NotFound
    form = STEPS[part](posted(request), row=row, choices=queries.choices(request.scope))

    def write() -> None:
        seen = form.cleaned_data["version"] or 0
        actions.write(scope=request.scope, evaluation_id=row.id, expected_version=seen, step=form.step())

    if saved(form, write):
        after = _next(part)
        if after and not presenters.is_written(row, after):
            return redirect("evaluations:step", evaluation_id=row.id, part=after)
        return redirect("evaluations:evaluation", evaluation_id=row.id)
    page = {"form": form, "title": TITLES[part], "row": row}
    return render(request, "evaluations/step.jinja", page, status=status_of(form))


def _next(part: str) -> str:
    place = ORDER.index(part) + 1
    return ORDER[place] if place < len(ORDER) else ""


@require_POST
def fix(request: ScopedRequest, evaluation_id: UUID) -> HttpResponse:
    try:
        actions.fix(scope=request.scope, evaluation_id=evaluation_id, expected_version=_version(request))
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "It is fixed. Nobody can change it from now on.")
    return redirect("evaluations:evaluation", evaluation_id=evaluation_id)


@require_POST
def run(request: ScopedRequest, evaluation_id: UUID) -> HttpResponse:
    try:
        actions.run(scope=request.scope, evaluation_id=evaluation_id, expected_version=_version(request))
    except Invalid as error:
        messages.error(request, str(error))
    return redirect("evaluations:evaluation", evaluation_id=evaluation_id)


def end(request: ScopedRequest, evaluation_id: UUID) -> HttpResponse:
    """Refuse it, give it up, or throw a draft away."""
    row = queries.evaluation(request.scope, evaluation_id)
    if row.state not in ("draft", "fixed"):
        raise NotFound
    form = EndForm(posted(request), draft=row.state == "draft")

    def save() -> None:
        given = form.cleaned_data
        actions.end(scope=request.scope, evaluation_id=row.id, expected_version=row.version, **given)

    if saved(form, save):
        messages.success(request, "Noted.")
        return redirect("evaluations:evaluation", evaluation_id=row.id)
    return render(request, "evaluations/end.jinja", {"form": form, "row": row}, status=status_of(form))


def _version(request: ScopedRequest) -> int:
    """The version the reader saw; nought, which is nobody's, for anything else."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
