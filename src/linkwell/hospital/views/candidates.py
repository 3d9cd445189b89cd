"""People we could offer support to: the list, what is said of each, and the step to a referral."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from linkwell.accounts import queries as accounts
from linkwell.core.paging import page_number, to_the_first
from linkwell.core.plain_forms import PlainForm
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import posted, saved, status_of
from linkwell.hospital import candidate_words
from linkwell.hospital.actions import candidates as actions
from linkwell.hospital.candidate_forms import NotSuitableForm, OfferForm, RestrictedForm
from linkwell.hospital.permissions import SAY_NOT_SUITABLE
from linkwell.hospital.queries import candidates as queries
from linkwell.hospital.queries import freshness, referring
from linkwell.hospital.queries.rules import rules_in_use
from linkwell.hospital.views.referring import refer_page
from linkwell.kernel.errors import Conflict, InvalidMove
from linkwell.referrals.details import Reference, ReferralDetails
from linkwell.referrals.forms import VersionForm

LIST = "hospital:candidates"
RESTRICTED_NOTE = "Their record is restricted: keep them off shared lists, and say nothing of where they are."


@one_read
def candidates(request: ScopedRequest) -> HttpResponse:
    """Who is here now and could be offered support, and why."""
    summary = queries.candidates_summary(request.scope)
    filters = candidate_words.from_address(request.GET, summary)
    page = queries.candidates(request.scope, filters, page_number(request))
    if past_the_end := to_the_first(request, page):
        return past_the_end
    query = candidate_words.address(filters)
    narrowed = candidate_words.narrowed(filters)
    counts = queries.counts_of(request.scope, filters) if narrowed else summary.counts
    clinical = _clinical(request.scope)
    context = {
        "page": page.map(lambda row: candidate_words.line(row, clinical=clinical)),
        "filters": filters,
        "tabs": candidate_words.tabs(counts, filters),
        "wards": candidate_words.places(summary),
        "reasons": [(rule, candidate_words.reason_words(rule)) for rule in summary.reasons],
        "query": query,
        "here": f"?{query}&page={page.number}" if page.has_previous else f"?{query}",
        "feeds": candidate_words.feeds(freshness(request.scope)),
        "clinical": clinical,
        "rules": [row for row in rules_in_use(request.scope) if row.asked],
        "empty": candidate_words.EMPTY[filters.show],
        "narrowed": narrowed,
    }
    return render(request, "hospital/candidates.jinja", context)


def _narrowed(request: ScopedRequest) -> str:
    """How they had narrowed the list, at the end of an address: every step from it leads back to where they were."""
    given = {name: request.GET[name] for name in ("show", "ward", "reason", "q", "page") if request.GET.get(name)}
    return f"?{urlencode(given)}" if given else ""


def _back(request: ScopedRequest) -> str:
    return reverse(LIST) + _narrowed(request)


def _clinical(scope: Scope) -> bool:
    return scope.may(SAY_NOT_SUITABLE)


def offer(request: ScopedRequest, candidate_id: UUID) -> HttpResponse:
    """What they said when support was offered. A yes leads on to the referral."""
    row = queries.candidate(request.scope, candidate_id)
    form = OfferForm(posted(request), initial={"version": row.version})

    def act() -> None:
        actions.offer(
            scope=request.scope,
            candidate_id=candidate_id,
            expected_version=form.cleaned_data["version"],
            answer=form.said,
            asked_alone=form.cleaned_data["asked_alone"],
        )

    def onwards() -> HttpResponse:
        if form.said == "accepted":
            messages.success(request, f"Noted: {row.name} said yes. Refer them now, or later from “Said yes”.")
            return redirect(reverse("hospital:candidate_refer", args=[candidate_id]) + _narrowed(request))
        messages.success(request, f"Noted for {row.name}.")
        return redirect(_back(request))

    return _form_page(request, "hospital/candidate_offer.jinja", row, form, act, onwards)


def not_suitable(request: ScopedRequest, candidate_id: UUID) -> HttpResponse:
    """A clinician says why not now, and when to look again."""
    row = queries.candidate(request.scope, candidate_id)
    form = NotSuitableForm(posted(request), initial={"version": row.version})

    def act() -> None:
        actions.not_suitable(
            scope=request.scope,
            candidate_id=candidate_id,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            review_on=form.review_on,
        )

    return _form_page(
        request, "hospital/candidate_not_suitable.jinja", row, form, act, lambda: _noted(request, row.name)
    )


def ask_not(request: ScopedRequest, candidate_id: UUID) -> HttpResponse:
    """They asked us not to offer."""
    row = queries.candidate(request.scope, candidate_id)
    form = VersionForm(posted(request), initial={"version": row.version})

    def act() -> None:
        actions.ask_not(scope=request.scope, candidate_id=candidate_id, expected_version=form.cleaned_data["version"])

    return _form_page(request, "hospital/candidate_ask_not.jinja", row, form, act, lambda: _noted(request, row.name))


def _noted(request: ScopedRequest, name: str) -> HttpResponse:
    messages.success(request, f"Noted for {name}. It can be taken back from the list they are on now.")
    return redirect(_back(request))


def _form_page(
    request: ScopedRequest,
    template: str,
    row: queries.CandidateRow,
    form: PlainForm,
    act: Callable[[], None],
    onwards: Callable[[], HttpResponse],
) -> HttpResponse:
    try:
        if saved(form, act):
            return onwards()
    except (Conflict, InvalidMove) as error:
        return _changed(request, error)
    line = candidate_words.line(row, clinical=_clinical(request.scope))
    page = {"form": form, "line": line, "back": _back(request)}
    return render(request, template, page, status=status_of(form))


def _changed(request: ScopedRequest, error: Conflict | InvalidMove) -> HttpResponse:
    messages.warning(request, f"{error.message} This is how it stands now.")
    return redirect(_back(request))


BACK = {
    "offered": (actions.take_back_offer, "The offer is taken back."),
    "accepted": (actions.take_back_yes, "The yes is taken back. They are on the list again."),
    "not_suitable": (actions.look_again, "They are on the list again."),
    "asked_not": (actions.may_ask_again, "Support can be offered to them again."),
}


@require_POST
def put_back(request: ScopedRequest, candidate_id: UUID) -> HttpResponse:
    """Take back an offer without an answer, a yes without a referral, “not suitable now” or “asked us not to”."""
    row = queries.candidate(request.scope, candidate_id)
    form = VersionForm(request.POST)
    if row.state not in BACK or not form.is_valid():
        messages.warning(request, "There is nothing to take back. This is how it stands now.")
        return redirect(_back(request))
    undo, said = BACK[row.state]
    try:
        undo(scope=request.scope, candidate_id=candidate_id, expected_version=form.cleaned_data["version"])
        messages.success(request, f"{row.name}: {said}")
    except (Conflict, InvalidMove) as error:
        return _changed(request, error)
    return redirect(_back(request))


def refer(request: ScopedRequest, candidate_id: UUID) -> HttpResponse:
    """Somebody who said yes is referred: what the hospital knows is filled in, and no reason of a rule goes along."""
    row = queries.candidate(request.scope, candidate_id)
    if not row.to_refer:
        said_yes = row.state == "accepted"
        said = f"{row.name} has been referred already." if said_yes else f"Note first that {row.name} said yes."
        messages.info(request, said)
        return redirect(_back(request))
    patient = referring.to_refer(request.scope, candidate_id)

    def send(team: accounts.TeamRow, key: UUID, details: ReferralDetails, version: int) -> Reference:
        return actions.refer(
            scope=request.scope,
            candidate_id=candidate_id,
            expected_version=version,
            team=team,
            submission_key=key,
            details=details,
        )

    return refer_page(request, patient, row.version, send, _back(request), knows="agrees")


def restricted(request: ScopedRequest) -> HttpResponse:
    """The way to refer somebody whose record is restricted: by their whole number, by a clinician."""
    form = RestrictedForm(posted(request))
    if form.is_bound and form.is_valid():
        found = referring.restricted_by_number(request.scope, form.cleaned_data["number"])
        if found is not None:
            return redirect("hospital:restricted_refer", restricted_id=found)
        form.add_error("number", "We could not find a restricted record with this number. For anybody else, use Refer.")
    elif not form.is_bound:
        referring.restricted_by_number(request.scope, "")
    return render(request, "hospital/restricted.jinja", {"form": form}, status=status_of(form))


def restricted_refer(request: ScopedRequest, restricted_id: UUID) -> HttpResponse:
    patient = referring.restricted_patient(request.scope, restricted_id)

    def send(team: accounts.TeamRow, key: UUID, details: ReferralDetails, version: int) -> Reference:
        return actions.refer_restricted(
            scope=request.scope, patient_id=restricted_id, team=team, submission_key=key, details=details
        )

    return refer_page(request, patient, 1, send, reverse(LIST), safe_notes=RESTRICTED_NOTE)
