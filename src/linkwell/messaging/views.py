"""The page of messages, and what a person decides about one that did not go."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.routes import ScopedRequest
from linkwell.kernel.errors import Conflict, InvalidMove
from linkwell.messaging import actions, presenters, queries
from linkwell.messaging.permissions import DEMO_SEE, SENT_SEE
from linkwell.messaging.states import MESSAGE

DECISIONS = {
    "again": ("queued", "Send it again", actions.send_again, "It is waiting to go."),
    "arrived": ("sent", "It arrived", actions.say_it_arrived, "Noted that it arrived."),
    "cancel": ("cancelled", "It is not needed", actions.cancel_message, "It will not be sent."),
}


def sent(request: ScopedRequest) -> HttpResponse:
    """In the demonstration every message with its words; otherwise states alone, for those who look after them."""
    number = _number(request)
    attention = request.GET.get("show") == "attention"
    if settings.DEMO and request.scope.may(DEMO_SEE):
        page = queries.kept_messages(request.scope, number, needs_attention=attention)
    elif request.scope.may(SENT_SEE):
        page = queries.sent_messages(request.scope, number, needs_attention=attention)
    else:
        raise Http404
    return render(request, "messaging/sent.jinja", {"page": page.map(presenters.message), "attention": attention})


def message(request: ScopedRequest, message_id: UUID) -> HttpResponse:
    row = queries.message(request.scope, message_id)
    can = [(name, words) for name, (to, words, _, _) in DECISIONS.items() if to in MESSAGE.allowed[row.state]]
    page = {"view": presenters.message(row), "row": row, "can": can}
    return render(request, "messaging/message.jinja", page)


def decide(request: ScopedRequest, message_id: UUID, name: str) -> HttpResponse:
    version = request.POST.get("version", "")
    if name not in DECISIONS or not (version.isascii() and version.isdigit() and len(version) < 10):
        raise Http404
    _, _, act, done = DECISIONS[name]
    try:
        act(scope=request.scope, message_id=message_id, expected_version=int(version))
    except (Conflict, InvalidMove):
        messages.error(request, "This message has changed since you opened it. Look again before you decide.")
        return redirect("messaging:message", message_id)
    messages.success(request, done)
    return redirect("messaging:sent")


def _number(request: ScopedRequest) -> int:
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1
