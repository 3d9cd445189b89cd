"""Triage: the list, one referral, and what is decided about it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from linkwell.accounts.queries import my_team, rules
from linkwell.attachments.presenters import file_lines
from linkwell.attachments.queries import files_of
from linkwell.core.paging import page_number
from linkwell.core.plain_forms import PlainForm
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.saved import saved_lists
from linkwell.core.scope import Scope
from linkwell.kernel import clock, codes
from linkwell.kernel.errors import Conflict, InvalidMove
from linkwell.people.queries import kept_apart, possible_duplicates
from linkwell.referrals import actions, presenters, queries, thread_words
from linkwell.referrals.forms import (
    AnswerForm,
    AskForm,
    DeclineForm,
    DuplicateForm,
    ReopenForm,
    VersionForm,
    WhyNotForm,
)
from linkwell.referrals.permissions import DECIDE_REFERRALS
from linkwell.referrals.queries import Filters
from linkwell.referrals.queries.threads import new_from_senders
from linkwell.referrals.reasons import BY_CODE
from linkwell.referrals.rows import ReferralRow

SHOWN = ("waiting", "danger", "overdue", "asked", "declined", "accepted")


@one_read
def triage(request: ScopedRequest) -> HttpResponse:
    """Who waits, for how long, and what to do next."""
    team = my_team(request.scope)
    filters = _filters(request, team.id if team else None)
    summary = queries.triage_summary(request.scope, filters.team_id)
    page = queries.triage(request.scope, filters, page_number(request))
    now = clock.now()
    of_team = rules(team.id) if team else None
    new = new_from_senders(request.scope, [row.id for row in page])
    return render(
        request,
        "referrals/triage.jinja",
        {
            "page": page.map(lambda row: presenters.waiting_line(row, now, of_team) | {"is_new": row.id in new}),
            "cards": presenters.triage_cards(summary, now),
            "filters": filters,
            "tabs": presenters.triage_tabs(summary, filters, _address(filters)),
            "areas": summary.areas,
            "needs": codes.choices(codes.NEEDS),
            "query": _address(filters),
            "saved": saved_lists(request.scope, "referrals:triage"),
            "may_decide": request.scope.may(DECIDE_REFERRALS),
        },
    )


def _filters(request: ScopedRequest, team_id: UUID | None) -> Filters:
    show = request.GET.get("show", "waiting")
    need = request.GET.get("need", "")
    area = request.GET.get("area", "")
    return Filters(
        show=show if show in SHOWN else "waiting",
        need=need if need in codes.by_code(codes.NEEDS) else "",
        area=area if area.isascii() and area.isalnum() and len(area) <= 4 else "",
        team_id=team_id,
    )


def _address(filters: Filters) -> str:
    given = {"show": filters.show, "need": filters.need, "area": filters.area}
    return urlencode({name: value for name, value in given.items() if value})


@one_read
def referral(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Everything that was given, and what may be about the same person."""
    return _page(request, queries.referral(request.scope, referral_id))


def _page(
    request: ScopedRequest, row: ReferralRow, *, answer: PlainForm | None = None, status: int = 200
) -> HttpResponse:
    is_open = row.state in ("received", "asked")
    given = row.details
    alike = (
        possible_duplicates(
            request.scope,
            given_name=given.given_name,
            family_name=given.family_name,
            date_of_birth=given.date_of_birth,
            nhs_number=given.nhs_number,
            phone=given.phone,
            postcode=given.postcode,
        )
        if is_open
        else ()
    )
    decisions = queries.decisions_on(request.scope, row.id)
    others = queries.other_referrals(request.scope, row.id)
    return render(
        request,
        "referrals/referral.jinja",
        {
            "row": row,
            "open": is_open,
            "waited": presenters.waited(row.received_at, clock.now()),
            "danger": presenters.danger_words(row.dangers),
            "urgent": presenters.urgent_for_team(row.dangers),
            "needs": presenters.needs_words(given.needs),
            "given": presenters.given_facts(given),
            "safe": presenters.safe_facts(given),
            "referrer": presenters.referrer_facts(row),
            "decided": presenters.decided(row),
            "alike": [presenters.likeness_panel(given, each, decisions.get(each.person_id)) for each in alike],
            "others": [presenters.other_line(each) for each in others],
            "told": thread_words.told(row.answers),
            "files": _files(request.scope, row),
            "new_words": row.id in new_from_senders(request.scope, [row.id]),
            "answer_form": answer or AnswerForm(),
            "by_phone": row.state == "asked" and not row.sender_organisation,
            "may_decide": request.scope.may(DECIDE_REFERRALS),
            "accept_url": presenters.accept_url(row.id),
            "outside_ages": presenters.outside_ages(given.date_of_birth, rules(row.team_id)),
        },
        status=status,
    )


def _files(scope: Scope, row: ReferralRow) -> list[dict[str, Any]]:
    restricted = row.person_id is not None and kept_apart(scope, row.person_id)
    return file_lines(files_of(scope, [row.id], restricted=restricted))


@dataclass(frozen=True, slots=True)
class Decision:
    """One of the small forms with which a referral is decided."""

    name: str
    title: str
    button: str
    done: str
    form: type[PlainForm]


ASK = Decision("ask", "Ask whoever referred them", "Send the question", "Your question has been sent.", AskForm)
DECLINE = Decision("decline", "We cannot take this", "Tell whoever referred them", "They have been told.", DeclineForm)
# Whoever asked without an account hears nothing from here.
DONE_WITHOUT_ACCOUNT = {
    "ask": "Whoever asked has no account here. Phone them with your question, and write down what they say.",
    "decline": "Whoever asked has no account here. Telling them is on your to-do list now.",
}
REOPEN = Decision("reopen", "Look at this again", "Put it back in the list", "It is in the list again.", ReopenForm)


def ask(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    return _decide(request, referral_id, ASK)


def decline(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """First why, then the words for it, which may be changed before they are sent."""
    reason = request.GET.get("reason", "")
    if request.method == "GET" and reason not in BY_CODE:
        return _why_not(request, referral_id, chosen="reason" in request.GET)
    if request.method == "GET":
        row = queries.referral(request.scope, referral_id)
        words = queries.words_for(request.scope, row.team_id, reason)
        first = {"reason": reason, "advice": words.advice, "person_words": words.person}
        return _decide(request, referral_id, DECLINE, first)
    return _decide(request, referral_id, DECLINE)


def _why_not(request: ScopedRequest, referral_id: UUID, *, chosen: bool) -> HttpResponse:
    row = queries.referral(request.scope, referral_id)
    form = WhyNotForm(request.GET if chosen else None, auto_id=f"why-{referral_id}-%s")
    part = _is_part(request)
    page = {"row": row, "form": form, "decision": DECLINE, "part": part}
    template = f"referrals/{'why_not_part' if part else 'why_not'}.jinja"
    return render(request, template, page, status=422 if chosen and not part else 200)


def reopen(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    return _decide(request, referral_id, REOPEN)


def _decide(
    request: ScopedRequest, referral_id: UUID, decision: Decision, first: dict[str, str] | None = None
) -> HttpResponse:
    """Show the form, or take what was typed. Somebody who comes second is told, and keeps their text."""
    changed: tuple[str, str] | None = None
    # Several of these forms may be open in one list: labels must find their own boxes.
    ids = f"{decision.name}-{referral_id}-%s"
    form = decision.form(request.POST if request.method == "POST" else None, auto_id=ids)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request, referral_id, decision, form)
        except (Conflict, InvalidMove):
            changed = presenters.changed_by(queries.last_change(request.scope, referral_id))
        else:
            return _decided(request, referral_id, decision)
    row = queries.referral(request.scope, referral_id)
    if not form.is_bound:
        form = decision.form(initial={"version": row.version, **(first or {})}, auto_id=ids)
    elif changed:
        # What they typed, over what is there now: sending again is a decision made knowingly.
        form = decision.form(initial={**form.cleaned_data, "version": row.version}, auto_id=ids)
    return render(
        request,
        f"referrals/{'decision_part' if _is_part(request) else 'decision'}.jinja",
        {
            "row": row,
            "form": form,
            "decision": decision,
            "changed": changed,
            "state": row.state,
            "why": presenters.why_declined(form["reason"].value()) if decision is DECLINE else "",
        },
        status=_status(request, form, changed),
    )


def _carry_out(request: ScopedRequest, referral_id: UUID, decision: Decision, form: PlainForm) -> None:
    given = form.cleaned_data
    scope, version = request.scope, given["version"]
    match decision.name:
        case "ask":
            actions.ask_referrer(
                scope=scope, referral_id=referral_id, expected_version=version, question=given["question"]
            )
        case "decline":
            actions.decline(
                scope=scope,
                referral_id=referral_id,
                expected_version=version,
                reason=given["reason"],
                advice=given["advice"],
                person_words=given["person_words"],
            )
        case _:
            actions.reopen_declined(
                scope=scope, referral_id=referral_id, expected_version=version, reason=given["reason"]
            )


def _decided(request: ScopedRequest, referral_id: UUID, decision: Decision) -> HttpResponse:
    if not queries.referral(request.scope, referral_id).sender_organisation:
        decision = replace(decision, done=DONE_WITHOUT_ACCOUNT.get(decision.name, decision.done))
    if _is_part(request):
        return render(request, "referrals/decided_part.jinja", {"decision": decision, "referral_id": referral_id})
    messages.success(request, decision.done)
    return redirect("referrals:triage")


def _is_part(request: ScopedRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _status(request: ScopedRequest, form: PlainForm, changed: tuple[str, str] | None) -> int:
    # Parts of a page are only put in place with a 200.
    if _is_part(request):
        return 200
    if changed:
        return 409
    return 422 if form.is_bound and form.errors else 200


@require_POST
def note_answer(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """What somebody without an account said when they were phoned."""
    row = queries.referral(request.scope, referral_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, answer=form, status=422)
    actions.note_answer(
        scope=request.scope, referral_id=referral_id, expected_version=row.version, text=form.cleaned_data["text"]
    )
    messages.success(request, "Their answer is written down, and the referral waits to be decided.")
    return redirect("referrals:referral", referral_id=referral_id)


@require_POST
def duplicate(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """A person decides: the same person, or different people."""
    queries.referral(request.scope, referral_id)
    form = DuplicateForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        actions.decide_duplicate(
            scope=request.scope, referral_id=referral_id, person_id=given["person_id"], same=given["same"]
        )
        messages.success(request, "Noted: the same person." if given["same"] else "Noted: different people.")
    else:
        messages.error(request, "Choose “same person” or “different people”.")
    return redirect("referrals:referral", referral_id=referral_id)


@require_POST
def take_over(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """The referral is with me from now on."""
    queries.referral(request.scope, referral_id)
    form = VersionForm(request.POST)
    try:
        if form.is_valid():
            actions.take_over(
                scope=request.scope, referral_id=referral_id, expected_version=form.cleaned_data["version"]
            )
            messages.success(request, "This referral is with you now.")
    except (Conflict, InvalidMove) as error:
        messages.warning(request, f"{error.message} This is how it stands now.")
    return redirect("referrals:referral", referral_id=referral_id)
