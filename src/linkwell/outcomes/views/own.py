"""Somebody answers alone, from the link in their message. GET changes nothing; the link works once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from linkwell.accounts.scopes import own_link_scope
from linkwell.core import languages
from linkwell.core.scope import system_scope
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import tongue
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.kernel.tongue import Tongue
from linkwell.outcomes.actions.sending import answer_own
from linkwell.outcomes.forms.asking import QuestionsForm
from linkwell.outcomes.presenters import answers as answer_words
from linkwell.outcomes.presenters.scores import series
from linkwell.outcomes.queries.own import OpenedOwn, OwnQuestions, opened_own, own_questions


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, own_token: str) -> HttpResponse:
    """The questions; after answering, their own scores for a while. A link that is over or made up looks the same."""
    link = opened_own(own_token)
    found = _questions_of(link) if link else None
    if link is None or found is None:
        return render(request, "outcomes/own_closed.jinja", status=404)
    spoken = languages.asked_for(request) or found.tongue
    with languages.speaking(spoken):
        page = _done(request, found) if link.used else _questions(request, link, found)
        page.headers["Content-Language"] = spoken.value
        return page


def _questions_of(link: OpenedOwn) -> OwnQuestions | None:
    return own_questions(system_scope(link.organisation_id, "their own answers, from a link"), link.sent_id)


def _questions(request: HttpRequest, link: OpenedOwn, found: OwnQuestions) -> HttpResponse:
    form = QuestionsForm(posted(request), pack=found.pack)
    if request.method == "POST" and form.is_valid():
        scope = own_link_scope(link.organisation_id, link.id, link.sent_id)
        try:
            answer_own(scope=scope, answers=form.answers())
        except Invalid as error:
            add_findings(form, error)
        except NotFound:
            return render(request, "outcomes/own_closed.jinja", status=404)
        else:
            return redirect(request.get_full_path())
    crisis = set(found.pack.crisis)
    page = {
        "form": form,
        "found": found,
        "in_english": tongue.current() is Tongue.ENGLISH,
        "questions_asked": [(item, bound, item.code in crisis) for item, bound in form.questions()],
        "crisis_words": answer_words.beside_question(),
    }
    return render(request, "outcomes/own.jinja", page, status=status_of(form))


def _done(request: HttpRequest, found: OwnQuestions) -> HttpResponse:
    urgent = answer_words.help_now() if found.answered and found.answered.needs_help else []
    page = {"series": series(found.before), "urgent": urgent, "found": found}
    return render(request, "outcomes/own_done.jinja", page)
