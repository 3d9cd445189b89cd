"""A community group answers from the link in its e-mail, on a phone, without an account.

GET changes nothing (mail scanners open links); every effect is a POST.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.accounts.scopes import link_scope
from linkwell.attachments.presenters import file_lines
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove
from linkwell.messaging import queries as messaging
from linkwell.onward import actions, forms, presenters, queries
from linkwell.onward.actions.answering import send_own_page
from linkwell.onward.actions.codes import AFTER_YES
from linkwell.onward.proofs import proof
from linkwell.onward.queries.files import files_for_group

LinkView = Callable[..., HttpResponse]


def with_link(view: LinkView) -> LinkView:
    """From a token to the scope of its one thing. An unknown and a closed link look the same."""

    @wraps(view)
    def run(request: HttpRequest, token: str, **more: str) -> HttpResponse:
        link = queries.opened_link(token)
        if link is None or not link.usable:
            return render(request, "onward/closed.jinja", {"quick_exit": False}, status=404)
        scope = link_scope(link.organisation_id, link.id, link.onward_referral_id)
        return view(request, scope, token, **more)

    return run


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing a group can say: the page's title, its form, what is done, and the thanks."""

    title: str
    form: type[forms.GroupForm]
    act: Callable[[Scope, dict[str, Any]], None]
    thanks: str
    button: str


def _no(scope: Scope, data: dict[str, Any]) -> None:
    reason = data["other"] if data["reason"] == "other" else data["reason"]
    actions.answer_no(scope=scope, expected_version=data["version"], reason=reason)


def _worried(scope: Scope, data: dict[str, Any]) -> None:
    told = {name: data[name] for name in ("submission_key", "what", "their_words", "danger_now", "name")}
    actions.say_worried(scope=scope, **told)


ANSWERS = {
    "yes": Answer(
        "Yes, we have room",
        forms.YesForm,
        lambda scope, data: actions.answer_yes(
            scope=scope, expected_version=data["version"], starts_on=data["starts_on"]
        ),
        "Thank you. The link worker has been told that you have room.",
        "Say yes",
    ),
    "waiting": Answer(
        "Put them on our waiting list",
        forms.WaitingForm,
        lambda scope, data: actions.answer_waiting(scope=scope, expected_version=data["version"], weeks=data["weeks"]),
        "Thank you. The link worker knows about the wait. You can say yes from this link later.",
        "Put them on the list",
    ),
    "no": Answer(
        "We can't help this time",
        forms.NoForm,
        _no,
        "Thank you for saying so. The link worker will look elsewhere.",
        "Send this answer",
    ),
    "ask": Answer(
        "Ask a question",
        forms.AskForm,
        lambda scope, data: actions.answer_ask(scope=scope, expected_version=data["version"], text=data["text"]),
        "Thank you. You will get an e-mail when the link worker has answered.",
        "Send the question",
    ),
    "came": Answer(
        "Did they come?",
        forms.CameForm,
        lambda scope, data: actions.say_attendance(
            scope=scope, expected_version=data["version"], on=data["on"], came=data["came"], note=data["note"]
        ),
        "Thank you. That helps us to know what works.",
        "Save",
    ),
    "worried": Answer(
        "I am worried about this person",
        forms.WorriedForm,
        _worried,
        "Thank you. This has gone to the safeguarding lead, and to nobody else.",
        "Tell the safeguarding lead",
    ),
}


@with_link
def answer(request: HttpRequest, scope: Scope, token: str) -> HttpResponse:
    """First name, why, what would make it work, and what the group can say."""
    seen = queries.seen_by_group(scope)
    context = {
        "seen": seen,
        "token": token,
        "quick_exit": False,
        "choices": presenters.choices(seen, token),
        "said": presenters.said(seen),
        "posts": presenters.posts(messaging.thread(scope, seen.onward_id), scope),
        "after_yes": seen.state in AFTER_YES,
    }
    return render(request, "onward/answer.jinja", context)


@with_link
def give(request: HttpRequest, scope: Scope, token: str, what: str) -> HttpResponse:
    """One answer on a page of its own."""
    chosen = ANSWERS.get(what)
    if chosen is None:
        raise Http404
    seen = queries.seen_by_group(scope)
    form = chosen.form(request.POST or None, initial={"version": seen.version})
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            chosen.act(scope, form.cleaned_data)
        except Invalid as invalid:
            add_findings(form, invalid)
        except (Conflict, InvalidMove):
            conflict = True
            form = chosen.form({**request.POST.dict(), "version": str(seen.version)})
        else:
            messages.success(request, chosen.thanks)
            return redirect("onward:thanks" if what == "no" else "onward:answer", token=token)
    context = {"seen": seen, "token": token, "form": form, "page": chosen, "conflict": conflict, "quick_exit": False}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "onward/give.jinja", context, status=status)


def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """After the last answer, when the link has closed."""
    return render(request, "onward/thanks.jinja", {"quick_exit": False})


@require_POST
@with_link
def full(request: HttpRequest, scope: Scope, token: str) -> HttpResponse:
    actions.say_full(scope=scope)
    messages.success(request, "Thank you. Everybody who searches now sees that you are full.")
    return redirect("onward:answer", token=token)


@require_POST
@with_link
def right(request: HttpRequest, scope: Scope, token: str) -> HttpResponse:
    actions.say_details_right(scope=scope)
    messages.success(request, "Thank you. Your details are marked as right today.")
    return redirect("onward:answer", token=token)


@require_POST
@with_link
def own_page(request: HttpRequest, scope: Scope, token: str) -> HttpResponse:
    """The link to the group's own page goes by e-mail to the address it is known by, never onto this page."""
    send_own_page(scope=scope)
    messages.success(request, "Thank you. We have sent the link to your group's e-mail address.")
    return redirect("onward:answer", token=token)


@with_link
def contact(request: HttpRequest, scope: Scope, token: str) -> HttpResponse:
    """Surname and telephone, after a yes, with a code sent to the group's own address."""
    seen = queries.seen_by_group(scope)
    if seen.state not in AFTER_YES:
        raise Http404
    form = forms.CodeForm(request.POST or None)
    card = None
    if request.method == "POST" and form.is_valid():
        try:
            card = actions.reveal(scope=scope, code=form.cleaned_data["code"])
        except Invalid as invalid:
            form.add_error("code", invalid.message)
        else:
            if card is None:
                form.add_error("code", "That is not the code we sent. Check the newest e-mail.")
    context = {"seen": seen, "token": token, "form": form, "card": card, "quick_exit": False}
    context["files"] = file_lines(files_for_group(scope)) if card is not None else []
    context["proof"] = proof(scope) if card is not None else ""
    return render(request, "onward/contact.jinja", context, status=422 if form.errors else 200)


@require_POST
@with_link
def code(request: HttpRequest, scope: Scope, token: str) -> HttpResponse:
    actions.send_code(scope=scope)
    messages.success(request, "We have sent a code to your group's e-mail address.")
    return redirect("onward:contact", token=token)
