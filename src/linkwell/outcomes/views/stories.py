"""Stories: written, agreed to use by use, checked by a second person, used and taken back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotAllowed
from linkwell.outcomes import actions, forms, queries
from linkwell.outcomes.details import StoryRow
from linkwell.outcomes.presenters import stories as presenter
from linkwell.outcomes.views.common import about_person, opened_case


@require_safe
def of_case(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Every story of one support."""
    _, page = opened_case(request, case_id)
    lines = [presenter.line(row) for row in queries.stories_of_case(request.scope, case_id)]
    return render(request, "outcomes/stories.jinja", page | {"lines": lines})


@require_safe
def to_check(request: ScopedRequest) -> HttpResponse:
    """What others wrote and nobody has checked."""
    lines = [presenter.line(row) for row in queries.stories_to_check(request.scope)]
    return render(request, "outcomes/stories_to_check.jinja", {"lines": lines})


def write(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """A new story."""
    _, page = opened_case(request, case_id)
    form = forms.StoryForm(posted(request), initial={"submission_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["submission_key"] or uuid4()
        try:
            made = actions.write_story(scope=request.scope, case_id=case_id, submission_key=key, story=form.story())
        except Invalid as error:
            add_findings(form, error)
        except InvalidMove as error:
            messages.warning(request, error.message)
            return redirect("outcomes:stories", case_id=case_id)
        else:
            return redirect("outcomes:agreed", story_id=made)
    page |= {"form": form, "title": "Write down a story", "button": "Save it and ask how it may be used"}
    return render(request, "outcomes/story_form.jinja", page, status=status_of(form))


@require_safe
def story(request: ScopedRequest, story_id: UUID) -> HttpResponse:
    """One story, what was agreed, where it went, and what comes next."""
    row, page = _opened(request, story_id)
    page["mine"] = row.author_id == request.scope.user_id
    return render(request, "outcomes/story.jinja", page)


def change(request: ScopedRequest, story_id: UUID) -> HttpResponse:
    row, page = _opened(request, story_id, state=("draft", "checking", "checked"))
    first = {"version": row.version, "title": row.story.title, "called": row.story.called}
    first |= {"words": row.story.words, "tags": row.story.tags}
    form = forms.StoryForm(posted(request), initial=first)
    page |= {"title": "Change the story", "button": "Save"}
    return _acted(
        request,
        row,
        form,
        page,
        "outcomes/story_form.jinja",
        lambda: actions.change_story(
            scope=request.scope,
            story_id=story_id,
            expected_version=form.cleaned_data["version"] or row.version,
            story=form.story(),
        ),
        "Saved. Somebody else has to check it before it is used.",
    )


def agreed(request: ScopedRequest, story_id: UUID) -> HttpResponse:
    """Yes or no to each use."""
    row, page = _opened(request, story_id, state=("draft", "checking", "checked"))
    answers = {each.use: {True: "yes", False: "no", None: "ask"}[each.agreed] for each in row.consents}
    form = forms.ConsentForm(posted(request), initial={"how": "spoken", **answers})
    return _acted(
        request,
        row,
        form,
        page,
        "outcomes/story_agreed.jinja",
        lambda: actions.record_story_consent(
            scope=request.scope, story_id=story_id, answers=form.answers(), how=form.cleaned_data["how"]
        ),
        "Noted.",
    )


@require_POST
def ask_check(request: ScopedRequest, story_id: UUID) -> HttpResponse:
    row, _ = _opened(request, story_id)
    try:
        actions.ask_for_check(scope=request.scope, story_id=story_id, expected_version=row.version)
    except (Conflict, Invalid, InvalidMove) as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, "Asked. Somebody else in the team reads it first.")
    return redirect("outcomes:story", story_id=story_id)


def check(request: ScopedRequest, story_id: UUID) -> HttpResponse:
    """A second person reads it: identity and safety."""
    row, page = _opened(request, story_id, state=("checking",))
    if row.author_id == request.scope.user_id:
        raise Http404
    form = forms.CheckForm(posted(request), initial={"version": row.version})
    page["hints"] = queries.may_tell_who(request.scope, row)
    return _acted(
        request,
        row,
        form,
        page,
        "outcomes/story_check.jinja",
        lambda: actions.check_story(
            scope=request.scope,
            story_id=story_id,
            expected_version=form.cleaned_data["version"],
            note=form.cleaned_data["note"],
        ),
        "Noted. Whoever wrote it sees it on the story.",
    )


def used(request: ScopedRequest, story_id: UUID) -> HttpResponse:
    """A copy went out."""
    row, page = _opened(request, story_id, state=("checked",))
    form = forms.CopyForm(posted(request))
    return _acted(
        request,
        row,
        form,
        page,
        "outcomes/story_used.jinja",
        lambda: actions.record_copy(scope=request.scope, story_id=story_id, **form.cleaned_data),
        "Noted where it went.",
    )


def withdraw(request: ScopedRequest, story_id: UUID) -> HttpResponse:
    """Off our pages at once; what is out stays out."""
    row, page = _opened(request, story_id, state=("draft", "checking", "checked"))
    form = forms.WithdrawForm(posted(request), initial={"version": row.version})
    return _acted(
        request,
        row,
        form,
        page,
        "outcomes/story_withdraw.jinja",
        lambda: actions.withdraw_story(
            scope=request.scope,
            story_id=story_id,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        "Taken back. It is on none of our pages any more.",
    )


def _opened(request: ScopedRequest, story_id: UUID, state: tuple[str, ...] = ()) -> tuple[StoryRow, dict[str, Any]]:
    row = queries.story(request.scope, story_id)
    if state and row.state not in state:
        raise Http404
    _, page = about_person(request, row.person_id)
    return row, page | {"row": row, "story": presenter.page(row)}


def _acted(
    request: ScopedRequest,
    row: StoryRow,
    form: BaseForm,
    page: dict[str, Any],
    template: str,
    act: Callable[[], object],
    said: str,
) -> HttpResponse:
    """A form of a story: done and back to it, or the page again with what is wrong and what was typed."""
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Invalid as error:
            add_findings(form, error)
        except (Conflict, InvalidMove, NotAllowed) as error:
            conflict = error.message
        else:
            messages.success(request, said)
            return redirect("outcomes:story", story_id=row.id)
    page |= {"form": form, "conflict": conflict}
    return render(request, template, page, status=status_of(form, conflict=conflict))
