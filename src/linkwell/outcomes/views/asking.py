"""Asking somebody a questionnaire, and reading and correcting what they answered."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from linkwell.casework import queries as casework
from linkwell.casework.rows import CaseRow
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Finding, Invalid, InvalidMove
from linkwell.outcomes import actions, forms, queries
from linkwell.outcomes.details import ResponseRow
from linkwell.outcomes.forms.asking import typed
from linkwell.outcomes.presenters import answers as answer_words
from linkwell.outcomes.presenters import scores as score_words
from linkwell.outcomes.queries.answers import corrected_to
from linkwell.outcomes.schedule import most_likely
from linkwell.outcomes.views.common import about_person, opened_case


@require_safe
def choose(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Which questionnaire."""
    case, page = opened_case(request, case_id)
    page |= {"rows": queries.packs_to_ask(request.scope), "ways": casework.ways_to_write(request.scope, case.person_id)}
    return render(request, "outcomes/choose.jinja", page)


@require_POST
def send(request: ScopedRequest, case_id: UUID, pack: str) -> HttpResponse:
    """A link to answer alone, for the occasion this most likely is."""
    case = casework.case_row(request.scope, case_id)
    before = [each for each in queries.responses_of(request.scope, [case.person_id]) if each.case_id == case_id]
    try:
        actions.send_questionnaire(
            scope=request.scope, case_id=case_id, pack=pack, occasion=_occasion(case, before, pack)
        )
    except (Invalid, InvalidMove) as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "They get a message with a link. It says neither who they are nor what it is about.")
    return redirect("outcomes:choose", case_id=case_id)


def ask(request: ScopedRequest, case_id: UUID, pack: str) -> HttpResponse:
    """One questionnaire on one page."""
    case, page = opened_case(request, case_id)
    row = queries.pack_to_ask(request.scope, pack)
    if row.why_not:
        messages.warning(request, row.why_not)
        return redirect("outcomes:choose", case_id=case_id)
    before = [each for each in queries.responses_of(request.scope, [case.person_id]) if each.case_id == case_id]
    first = {"submission_key": uuid4(), "occasion": _occasion(case, before, pack)}
    form = forms.AskForm(posted(request), pack=row.pack, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_answers(
                scope=request.scope,
                case_id=case_id,
                submission_key=form.cleaned_data["submission_key"],
                given=form.given(),
            )
        except Invalid as error:
            _show(form, error)
        except InvalidMove as error:
            messages.warning(request, error.message)
            return redirect("casework:case", case_id=case_id)
        else:
            return redirect("outcomes:response", response_id=made)
    page |= _questions(form) | {"pack": row.pack, "title": row.pack.title, "correcting": False}
    page["back"] = reverse("outcomes:choose", args=[case_id])
    return render(request, "outcomes/ask.jinja", page, status=status_of(form))


def _occasion(case: CaseRow, before: list[ResponseRow], pack: str) -> str:
    asked = frozenset(each.occasion for each in before if each.pack.name == pack)
    first = clock.london(case.first_spoken_at).date() if case.first_spoken_at else None
    return most_likely(asked, first, clock.today()).value


def _show(form: forms.AskForm, error: Invalid) -> None:
    """Findings about a question are named by its code."""
    add_findings(form, Invalid([_of_form(each, form) for each in error.findings]))


def _of_form(finding: Finding, form: forms.AskForm) -> Finding:
    (name,) = typed({finding.where: None})
    return Finding(name, finding.message) if name in form.fields else finding


def _questions(form: forms.AskForm) -> dict[str, Any]:
    crisis = set(form.pack.crisis)
    return {
        "form": form,
        "questions_asked": [(item, bound, item.code in crisis) for item, bound in form.questions()],
        "crisis_words": answer_words.beside_question(),
    }


@require_safe
def response(request: ScopedRequest, response_id: UUID) -> HttpResponse:
    """What was answered, what it comes to, and what cannot wait."""
    row = queries.response(request.scope, response_id)
    case = casework.case_row(request.scope, row.case_id)
    _, page = about_person(request, row.person_id)
    told = queries.who_is_told(request.scope) if row.needs_help else ""
    page |= {
        "case": case,
        "row": row,
        "facts": answer_words.facts(row),
        "answers": answer_words.answers(row),
        "scores": answer_words.scores(row),
        "urgent": answer_words.act_now(told=told) if row.needs_help else None,
        "newer": corrected_to(request.scope, response_id),
        "earlier": [answer_words.line(each) for each in queries.earlier_answers(request.scope, response_id)],
    }
    return render(request, "outcomes/response.jinja", page)


def correct(request: ScopedRequest, response_id: UUID) -> HttpResponse:
    """What was typed wrongly is put right; the earlier answers are kept."""
    row = queries.response(request.scope, response_id)
    if corrected_to(request.scope, response_id) is not None:
        raise Http404
    _, page = about_person(request, row.person_id)
    first = {"submission_key": uuid4(), "occasion": row.occasion, "how": row.how, "proxy": row.proxy}
    first |= {"answered_on": row.answered_on, **typed(dict(row.answers))}
    form = forms.CorrectForm(posted(request), pack=row.pack, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.correct_answers(
                scope=request.scope, response_id=response_id, given=form.given(), reason=form.cleaned_data["reason"]
            )
        except Invalid as error:
            _show(form, error)
        except Conflict as error:
            messages.warning(request, error.other or error.message)
            return redirect("outcomes:response", response_id=response_id)
        else:
            messages.success(request, "Put right. The earlier answers are kept beside it.")
            return redirect("outcomes:response", response_id=made)
    page |= _questions(form) | {"pack": row.pack, "title": "Put these answers right", "correcting": True}
    page["back"] = reverse("outcomes:response", args=[response_id])
    return render(request, "outcomes/ask.jinja", page, status=status_of(form))


@require_safe
@one_read
def scores(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Everything somebody answered, over time."""
    records, page = about_person(request, person_id)
    rows = queries.responses_of(request.scope, records)
    case = casework.open_case_of(request.scope, person_id)
    page |= {"series": score_words.series(rows), "case": case, "person_id": person_id}
    return render(request, "outcomes/scores.jinja", page)
