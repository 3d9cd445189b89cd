"""Finding anybody who is treated here, and noting that they asked us not to offer support."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from linkwell.core.paging import page_number, to_the_first
from linkwell.core.plain_forms import PlainForm
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted, saved, status_of
from linkwell.hospital import candidate_words
from linkwell.hospital.actions import candidates as actions
from linkwell.hospital.queries import freshness
from linkwell.hospital.queries import here as queries
from linkwell.hospital.views.common import of_a_hospital
from linkwell.kernel.errors import InvalidMove


@of_a_hospital
@one_read
def here(request: ScopedRequest) -> HttpResponse:
    """Anybody who is here or left lately, by a part of their name or a whole number."""
    words = _words(request)
    page = queries.people_here(request.scope, words, page_number(request))
    if past_the_end := to_the_first(request, page):
        return past_the_end
    context = {
        "page": page.map(candidate_words.here),
        "words": words,
        "too_short": bool(words) and len(words) < queries.FEWEST_LETTERS,
        "query": urlencode({"q": words}),
        "feeds": candidate_words.feeds(freshness(request.scope)),
    }
    return render(request, "hospital/here.jinja", context)


@of_a_hospital
def ask_not(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """They asked us not to offer, also in A&E and before any rule found them."""
    form = PlainForm(posted(request))

    def act() -> None:
        actions.ask_not_of(scope=request.scope, patient_id=patient_id)

    try:
        line = candidate_words.here(queries.person_here(request.scope, patient_id))
        if saved(form, act):
            return _back(request, f"Noted for {line['row'].name}. It can be taken back here.")
    except InvalidMove as error:
        return _back(request, error.message)
    page = {"form": form, "line": line, "back": _address(request)}
    return render(request, "hospital/candidate_ask_not.jinja", page, status=status_of(form))


@require_POST
@of_a_hospital
def may_ask_again(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    try:
        actions.may_ask_again_of(scope=request.scope, patient_id=patient_id)
    except InvalidMove as error:
        return _back(request, error.message)
    return _back(request, "Noted. Support can be offered to them again.")


def _words(request: ScopedRequest) -> str:
    return request.GET.get("q", "")[:100].replace("\x00", "").strip()


def _address(request: ScopedRequest) -> str:
    return f"{reverse('hospital:here')}?{urlencode({'q': _words(request)})}"


def _back(request: ScopedRequest, said: str) -> HttpResponse:
    messages.info(request, said)
    return redirect(_address(request))
