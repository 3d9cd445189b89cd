"""The plan: a short page to read, each part edited in its place; agreeing, comparing, printing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.accounts import queries as accounts
from linkwell.casework import actions, presenters, queries
from linkwell.casework.forms import AgreeForm, GoalForm, ItemForm, NeedForm, PlanWordsForm, StepForm
from linkwell.casework.presenters import plan as present
from linkwell.casework.rows import CaseRow, PlanRow
from linkwell.casework.views.common import opened_case
from linkwell.core import languages
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.documents import plan as document
from linkwell.documents.easy_plan import render_easy_plan
from linkwell.documents.rendering import Layout
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.people import queries as people
from linkwell.people.forms.agreeing import agreed_by
from linkwell.people.models import ReadingFormat

EASY = "easy_read"

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that can be done on the plan page: its form, and the action it asks for.

    `place` is where the form opens; `run` is given the scope, the plan, the item, its version and the filled form.
    """

    place: str
    form: type[ItemForm]
    run: Callable[[Scope, PlanRow, UUID, int, ItemForm], object]
    done: str


def _words(form: ItemForm) -> str:
    words: str = form.cleaned_data["words"]
    return words


CHANGES: dict[str, Change] = {
    "words": Change(
        "words",
        PlanWordsForm,
        lambda scope, plan, item, version, form: actions.set_plan_words(
            scope=scope,
            plan_id=plan.id,
            expected_version=version,
            strengths=form.cleaned_data["strengths"],
            review_on=form.cleaned_data["review_on"],
        ),
        "Saved.",
    ),
    "add_need": Change(
        "add-need",
        NeedForm,
        lambda scope, plan, item, version, form: actions.add_need(scope=scope, plan_id=plan.id, words=_words(form)),
        "Added to the plan.",
    ),
    "change_need": Change(
        "need",
        NeedForm,
        lambda scope, plan, item, version, form: actions.change_need(
            scope=scope, need_id=item, expected_version=version, words=_words(form)
        ),
        "Saved.",
    ),
    "end_need": Change(
        "need",
        ItemForm,
        lambda scope, plan, item, version, form: actions.end_need(scope=scope, need_id=item, expected_version=version),
        "Taken off the plan. You can bring it back below.",
    ),
    "bring_back_need": Change(
        "need",
        ItemForm,
        lambda scope, plan, item, version, form: actions.bring_back_need(
            scope=scope, need_id=item, expected_version=version
        ),
        "It is on the plan again.",
    ),
    "add_goal": Change(
        "add-goal",
        GoalForm,
        lambda scope, plan, item, version, form: actions.add_goal(
            scope=scope, need_id=item, words=_words(form), importance=form.cleaned_data["importance"]
        ),
        "Added to the plan.",
    ),
    "change_goal": Change(
        "goal",
        GoalForm,
        lambda scope, plan, item, version, form: actions.change_goal(
            scope=scope,
            goal_id=item,
            expected_version=version,
            words=_words(form),
            importance=form.cleaned_data["importance"],
        ),
        "Saved.",
    ),
    "end_goal": Change(
        "goal",
        ItemForm,
        lambda scope, plan, item, version, form: actions.end_goal(scope=scope, goal_id=item, expected_version=version),
        "Taken off the plan. You can bring it back below.",
    ),
    "bring_back_goal": Change(
        "goal",
        ItemForm,
        lambda scope, plan, item, version, form: actions.bring_back_goal(
            scope=scope, goal_id=item, expected_version=version
        ),
        "It is on the plan again.",
    ),
    **{
        f"goal_{state}": Change(
            "goal",
            ItemForm,
            lambda scope, plan, item, version, form, state=state: actions.set_goal_state(  # type: ignore[misc]
                scope=scope, goal_id=item, expected_version=version, state=state
            ),
            "Saved.",
        )
        for state in ("open", "reached", "partly", "set_aside")
    },
    "add_step": Change(
        "add-step",
        StepForm,
        lambda scope, plan, item, version, form: actions.add_step(scope=scope, goal_id=item, step=_step(form)),
        "Added to the plan.",
    ),
    "change_step": Change(
        "step",
        StepForm,
        lambda scope, plan, item, version, form: actions.change_step(
            scope=scope, step_id=item, expected_version=version, step=_step(form)
        ),
        "Saved.",
    ),
    "step_done": Change(
        "step",
        ItemForm,
        lambda scope, plan, item, version, form: actions.finish_step(
            scope=scope, step_id=item, expected_version=version
        ),
        "Well done: the step is marked done.",
    ),
    "step_not_done": Change(
        "step",
        ItemForm,
        lambda scope, plan, item, version, form: actions.finish_step(
            scope=scope, step_id=item, expected_version=version, done=False
        ),
        "The step is not done after all.",
    ),
    "end_step": Change(
        "step",
        ItemForm,
        lambda scope, plan, item, version, form: actions.end_step(scope=scope, step_id=item, expected_version=version),
        "Taken off the plan. You can bring it back below.",
    ),
    "bring_back_step": Change(
        "step",
        ItemForm,
        lambda scope, plan, item, version, form: actions.bring_back_step(
            scope=scope, step_id=item, expected_version=version
        ),
        "It is on the plan again.",
    ),
}


def _step(form: ItemForm) -> Any:
    if not isinstance(form, StepForm):
        raise TypeError("a step comes from its own form")
    return form.step()


def plan(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """The plan to read; with `?edit=goal:<id>` that part opens for editing, with or without JavaScript."""
    case, page = opened_case(request, case_id)
    if request.method == "POST":
        return _change(request, case, page)
    found = queries.plan(request.scope, case_id)
    place, form = present.opened(found, request.GET.get("edit", "")) if case.is_open else ("", None)
    return _page(request, page, found, place, form)


def _change(request: ScopedRequest, case: CaseRow, page: dict[str, Any]) -> HttpResponse:
    """Do one thing; what cannot be done comes back open, with what was typed."""
    change = CHANGES.get(request.POST.get("do", ""))
    if change is None:
        raise Invalid({"": "Use the buttons on the plan."})
    found = queries.plan(request.scope, case.id)
    form = change.form(request.POST)
    place = present.place_of(change.place, request.POST.get("target", ""))
    conflict: dict[str, Any] | None = None
    if form.is_valid():
        target = form.cleaned_data["target"] or found.id
        try:
            change.run(request.scope, found, target, form.cleaned_data["version"] or 0, form)
        except Invalid as error:
            add_findings(form, error)
        except Conflict:
            conflict, form = _overtaken(request, case, change, target, form)
        else:
            messages.success(request, change.done)
            url = reverse("casework:plan", args=[case.id])
            return HttpResponseRedirect(f"{url}#{place}" if place else url)
    if not conflict and type(form) is ItemForm:
        raise Invalid({"": "Use the buttons on the plan."})
    return _page(request, page, queries.plan(request.scope, case.id), place, form, conflict)


def _overtaken(
    request: ScopedRequest, case: CaseRow, change: Change, target: UUID, form: ItemForm
) -> tuple[dict[str, Any], ItemForm]:
    """Somebody saved first: theirs beside yours, and your words in the form over the newer version."""
    found = queries.plan(request.scope, case.id)
    now = (
        {"strengths": found.strengths, "review_on": found.review_on, "version": found.words_version}
        if change.place == "words"
        else queries.plan_item(request.scope, change.place, target)
    )
    if now is None:
        raise NotFound
    who, when = presenters.changed_by(queries.last_plan_change(request.scope, case.person_id))
    rows = present.conflict_rows(form, now)
    kept = {**form.cleaned_data, "version": now["version"]}
    return {"who": who, "when": when, "rows": rows}, change.form(initial=kept)


def _page(
    request: ScopedRequest,
    page: dict[str, Any],
    found: PlanRow,
    place: str,
    form: ItemForm | None,
    conflict: dict[str, Any] | None = None,
) -> HttpResponse:
    status = status_of(form, conflict=conflict) if form is not None else 409 if conflict else 200
    return render(
        request,
        "casework/plan.jinja",
        {
            **page,
            "plan": found,
            "place": place if form is not None and type(form) is not ItemForm else "",
            "form": form,
            "conflict": conflict,
            "agreed": present.agreed_words(found.last_version),
            "matters": people.about_me(request.scope, found.person_id).words.matters_most,
            "removed": queries.removed_items(request.scope, found.case_id),
            "editable": page["case"].is_open,
        },
        status=status,
    )


def agree(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Read the plan out, and note whether the person agrees."""
    _, page = opened_case(request, case_id)
    found = queries.plan(request.scope, case_id)
    asks: dict[str, Any] = {
        "can_agree": people.who_can_agree(request.scope, found.person_id),
        "interpreter": people.interpreter_for(request.scope, found.person_id),
    }
    form = AgreeForm(posted(request), initial={"version": found.version}, **asks)
    changed = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.agree_plan(
                scope=request.scope,
                plan_id=found.id,
                expected_version=given["version"],
                agreed=given["agreed"] == "yes",
                how=given["how"],
                why_not=given["why_not"],
                agreed_by=agreed_by(given),
                interpreted_by=given.get("interpreted_by", ""),
            )
        except Conflict:
            changed = presenters.changed_by(queries.last_plan_change(request.scope, found.person_id))
            form = AgreeForm(initial={**given, "version": found.version}, **asks)
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "The plan is kept as it stands.")
            return redirect("casework:plan", case_id=case_id)
    return render(
        request,
        "casework/agree.jinja",
        {**page, "plan": found, "form": form, "changed": changed},
        status=status_of(form, conflict=changed),
    )


def versions(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Two versions side by side: the last two, or the two asked for."""
    _, page = opened_case(request, case_id)
    found = queries.plan(request.scope, case_id)
    pair = present.side_by_side(found, request.GET.get("left", ""), request.GET.get("right", ""))
    return render(request, "casework/versions.jinja", {**page, "plan": found, **pair})


def print_page(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """The plan to print from the browser."""
    _, page = opened_case(request, case_id)
    printed = _printed(request, page, queries.plan(request.scope, case_id))
    large = _layout(request, page) is Layout.LARGE_PRINT
    agreed = document.agreed_words(printed.agreement)
    return render(
        request,
        "casework/plan_print.jinja",
        {**page, "printed": printed, "large": large, "agreed": agreed, "other_way": _other_way(request, page)},
    )


def pdf(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """The plan as a PDF: standard, in large print, or easy read."""
    _, page = opened_case(request, case_id)
    found, layout, case = queries.plan(request.scope, case_id), _layout(request, page), page["case"]
    easy, large = _easy(request, page), layout is Layout.LARGE_PRINT
    with languages.speaking(languages.asked_for(request) or people.tongue_of(request.scope, case.person_id)):
        printed = _printed(request, page, found)
        made = render_easy_plan(printed) if easy else document.render_plan(printed, layout)
    return _download(made.pdf, "plan-easy-read" if easy else "plan-large-print" if large else "plan")


def _download(content: bytes, name: str) -> HttpResponse:
    """A neutral name: whoever sees the list of downloads learns nothing."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _easy(request: ScopedRequest, page: dict[str, Any]) -> bool:
    """As asked for now, else as the person likes to read."""
    asked, case = request.GET.get("layout", ""), page["case"]
    if asked:
        return asked == EASY
    return people.reading_format(request.scope, case.person_id) is ReadingFormat.EASY_READ


def _other_way(request: ScopedRequest, page: dict[str, Any]) -> str:
    """A way to read that we cannot print: somebody has to have it made."""
    case: CaseRow = page["case"]
    reads = people.reading_format(request.scope, case.person_id)
    printed = (ReadingFormat.STANDARD, ReadingFormat.LARGE, ReadingFormat.EASY_READ)
    return "" if reads in printed else str(reads.label)


def _layout(request: ScopedRequest, page: dict[str, Any]) -> Layout:
    case: CaseRow = page["case"]
    return people.layout_for(request.scope, case.person_id, request.GET.get("layout", ""))


def _printed(request: ScopedRequest, page: dict[str, Any], found: PlanRow) -> document.PlanDocument:
    case: CaseRow = page["case"]
    team = accounts.team(case.team_id)
    about = people.about_me(request.scope, case.person_id)
    contact = document.Contact(name=case.worker_name, organisation=team.organisation_name, phone=team.phone)
    return present.printed(
        found,
        name=page["given_name"],
        what_matters=about.words.matters_most,
        contact=contact if case.worker_name else None,
    )
