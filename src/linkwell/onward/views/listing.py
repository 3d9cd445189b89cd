"""A community group keeps its listing from links in e-mails, on a phone, without an account.

GET changes nothing (mail scanners open links); every effect is a POST. What is more than one tap asks for a code once.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.accounts.queries import organisation_by_code
from linkwell.accounts.scopes import group_asking_scope, link_scope
from linkwell.core.paging import page_number
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings
from linkwell.directory import queries as directory
from linkwell.directory.actions import DatesSaid, LimitsSaid
from linkwell.directory.editing import changes
from linkwell.directory.models import LinkPurpose
from linkwell.documents.report import render_report
from linkwell.kernel.errors import Invalid, TooMany
from linkwell.onward import listing_forms as forms
from linkwell.onward import listing_presenters as presenters
from linkwell.onward.actions import listing_group, listing_team
from linkwell.onward.forms import CodeForm
from linkwell.onward.queries import listing as queries

KEY = "listing_key"
HOURS_2 = 2 * 60 * 60


class Opened:
    """What a view is given: the scope of the link, its token, its purpose, and this browser's key after the code."""

    def __init__(self, scope: Scope, token: str, link: queries.OpenedListing, key: str) -> None:
        self.scope, self.token, self.link, self.key = scope, token, link, key

    @property
    def service_id(self) -> UUID:
        return self.link.service_id


LinkView = Callable[..., HttpResponse]


def with_listing(*purposes: str, code: bool = False) -> Callable[[LinkView], LinkView]:
    """From a token to what it opens. Unknown, closed and other links look the same. Without its code: the code page."""

    def decorate(view: LinkView) -> LinkView:
        @wraps(view)
        def run(request: HttpRequest, listing_token: str, **more: object) -> HttpResponse:
            key = request.COOKIES.get(KEY, "")
            link = queries.opened_listing(listing_token, key)
            if link is None or not link.usable or (purposes and link.purpose not in purposes):
                return render(request, "onward/listing_closed.jinja", {"quick_exit": False}, status=404)
            if code and not link.opened:
                return redirect("onward:listing_code", listing_token=listing_token)
            scope = link_scope(link.organisation_id, link.id, link.service_id)
            return view(request, Opened(scope, listing_token, link, key), **more)

        return run

    return decorate


@with_listing()
def listing(request: HttpRequest, here: Opened) -> HttpResponse:
    """One page for each purpose: one tap, taking over, or the group's own page."""
    row = directory.listing(here.scope, here.service_id)
    context = {"row": row, "token": here.token, "quick_exit": False, "opened": here.link.opened}
    context["rooms"] = forms.ROOM_WORDS
    if here.link.purpose == LinkPurpose.KEEP:
        return render(request, "onward/listing_keep.jinja", context | _own_page(here, row))
    page = {LinkPurpose.RIGHT: "right", LinkPurpose.ROOM: "room", LinkPurpose.CLAIM: "claim"}[
        LinkPurpose(here.link.purpose)
    ]
    context["facts"] = presenters.listing_facts(row)
    if page == "claim":
        context["form"] = forms.TakeOverForm()
    return render(request, f"onward/listing_{page}.jinja", context)


def _own_page(here: Opened, row: directory.ListingRow) -> dict[str, object]:
    service = directory.service(here.scope, here.service_id)
    return {
        "trust": presenters.trust_tag(row),
        "room": presenters.room_said(service),
        "limits": presenters.limits_lines(row.limits),
        "dates": [presenters.dates_line(each) for each in row.dates],
    }


@require_POST
@with_listing(LinkPurpose.ROOM, LinkPurpose.KEEP)
def room(request: HttpRequest, here: Opened) -> HttpResponse:
    form = forms.RoomTapForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Please say it again: that was not a number of weeks or places we can keep.")
        return redirect("onward:listing", listing_token=here.token)
    listing_group.tap_room(scope=here.scope, **form.cleaned_data)
    messages.success(request, "Thank you. Everybody who searches now sees this.")
    return redirect("onward:listing", listing_token=here.token)


@require_POST
@with_listing(LinkPurpose.RIGHT, LinkPurpose.KEEP)
def right(request: HttpRequest, here: Opened) -> HttpResponse:
    listing_group.tap_right(scope=here.scope)
    messages.success(request, "Thank you. Your details are marked as right today.")
    return redirect("onward:listing", listing_token=here.token)


@require_POST
@with_listing(LinkPurpose.CLAIM)
def claim(request: HttpRequest, here: Opened) -> HttpResponse:
    form = forms.TakeOverForm(request.POST)
    if form.is_valid():
        address = listing_group.take_listing_over(scope=here.scope, name=form.cleaned_data["name"])
        messages.success(request, "Thank you. This is your own page. Keep its address: it works for 60 days.")
        return redirect(address)
    row = directory.listing(here.scope, here.service_id)
    facts = presenters.listing_facts(row)
    context = {"row": row, "token": here.token, "quick_exit": False, "form": form, "facts": facts}
    return render(request, "onward/listing_claim.jinja", context, status=422)


@with_listing(LinkPurpose.KEEP)
def code(request: HttpRequest, here: Opened) -> HttpResponse:
    """Ask for a code and enter it. It opens the rest of the page for two hours in this browser."""
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and "code" not in request.POST:
        try:
            listing_group.send_listing_code(scope=here.scope)
            messages.success(request, "We have sent a code to your group's e-mail address.")
        except TooMany as problem:
            messages.error(request, str(problem))
        return redirect("onward:listing_code", listing_token=here.token)
    if form.is_bound and form.is_valid():
        try:
            key = listing_group.enter_code(scope=here.scope, code=form.cleaned_data["code"])
        except Invalid as invalid:
            form.add_error("code", invalid.message)
        else:
            if key is not None:
                return _with_key(request, redirect("onward:listing", listing_token=here.token), here.token, key)
            form.add_error("code", "That is not the code we sent. Check the newest e-mail.")
    where = queries.where_the_code_goes(here.scope)
    context = {"form": form, "token": here.token, "quick_exit": False, "where": where}
    return render(request, "onward/listing_code.jinja", context, status=422 if form.errors else 200)


def _with_key(request: HttpRequest, answer: HttpResponse, token: str, key: str) -> HttpResponse:
    path = f"/listing/{token}/"
    answer.set_cookie(KEY, key, max_age=HOURS_2, path=path, httponly=True, secure=request.is_secure(), samesite="Lax")
    return answer


@with_listing(LinkPurpose.KEEP, code=True)
def change(request: HttpRequest, here: Opened) -> HttpResponse:
    """Change, look at what changed, and only then keep it."""
    row = directory.listing(here.scope, here.service_id)
    form = forms.ListingForm(request.POST or None, initial=forms.ListingForm.of(row.values))
    review = None
    if request.method == "POST" and form.is_valid():
        review = changes(row.values, form.given())
        if "save" in request.POST:
            try:
                asked = listing_group.change_own_listing(scope=here.scope, key=here.key, given=form.given())
            except Invalid as invalid:
                add_findings(form, invalid)
                review = None
            else:
                _thank(request, len(asked.taken), len(asked.waiting))
                return redirect("onward:listing", listing_token=here.token)
        elif "back" in request.POST:
            review = None
    context = {"form": form, "row": row, "token": here.token, "review": review, "quick_exit": False}
    return render(request, "onward/listing_change.jinja", context, status=422 if form.errors else 200)


def _thank(request: HttpRequest, taken: int, waiting: int) -> None:
    if taken:
        messages.success(request, "Thank you. What you changed is in the directory now.")
    if waiting:
        messages.success(request, "Somebody in our team looks at the rest first. We write to you when it is done.")
    if not taken and not waiting:
        messages.success(request, "Thank you. Nothing was changed, and your details are marked as right today.")


@with_listing(LinkPurpose.KEEP, code=True)
def limits(request: HttpRequest, here: Opened) -> HttpResponse:
    row = directory.listing(here.scope, here.service_id)
    form = forms.LimitsForm(request.POST or None, initial=forms.LimitsForm.of(row.limits))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["areas"] = data["areas"].replace(",", "\n").splitlines()
        try:
            listing_group.set_own_limits(scope=here.scope, key=here.key, said=LimitsSaid(**data))
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "Thank you. We keep to this from the next referral on.")
            return redirect("onward:listing", listing_token=here.token)
    context = {"form": form, "row": row, "token": here.token, "quick_exit": False}
    return render(request, "onward/listing_limits.jinja", context, status=422 if form.errors else 200)


@with_listing(LinkPurpose.KEEP, code=True)
def dates(request: HttpRequest, here: Opened) -> HttpResponse:
    row = directory.listing(here.scope, here.service_id)
    form = forms.DatesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["last_day"] = data["last_day"] or data["first_day"]
        try:
            listing_group.add_own_dates(scope=here.scope, key=here.key, said=DatesSaid(**data))
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "Thank you. These days are in the directory now.")
            return redirect("onward:listing_dates", listing_token=here.token)
    lines = [presenters.dates_line(each) for each in row.dates]
    context = {"form": form, "row": row, "token": here.token, "quick_exit": False, "dates": lines}
    return render(request, "onward/listing_dates.jinja", context, status=422 if form.errors else 200)


@require_POST
@with_listing(LinkPurpose.KEEP, code=True)
def dates_away(request: HttpRequest, here: Opened, dates_id: UUID) -> HttpResponse:
    listing_group.take_own_dates_away(scope=here.scope, key=here.key, dates_id=dates_id)
    messages.success(request, "Those days are as usual again.")
    return redirect("onward:listing_dates", listing_token=here.token)


@with_listing(LinkPurpose.KEEP, code=True)
def people(request: HttpRequest, here: Opened) -> HttpResponse:
    """Who was referred to the group, whether they came, and the group's own numbers."""
    found = queries.referred_to(here.scope, here.key, page_number(request))
    numbers = queries.numbers_of_group(here.scope, here.key)
    context = {
        "page": found,
        "rows": [presenters.referred_cells(each) for each in found.rows],
        "numbers": presenters.numbers_rows(numbers),
        "next": presenters.next_rows(numbers),
        "reasons": presenters.misfit_rows(numbers),
        "since": numbers.since,
        "service": numbers.service,
        "token": here.token,
        "quick_exit": False,
    }
    return render(request, "onward/listing_people.jinja", context)


@with_listing(LinkPurpose.KEEP, code=True)
def numbers_pdf(request: HttpRequest, here: Opened) -> HttpResponse:
    """The numbers for the group's funders."""
    found = queries.numbers_of_group(here.scope, here.key)
    made = render_report(presenters.for_funders(found, found.service))
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="our-numbers.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def ask(request: HttpRequest, code: str, service_id: UUID) -> HttpResponse:
    """Anybody may ask to keep a listing. What they are told does not give away which addresses we know."""
    organisation = organisation_by_code(code)
    scope = group_asking_scope(organisation.id)
    name = directory.name_of_listing(scope, service_id)
    form = forms.AskForListingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        listing_team.ask_for_listing(scope=scope, service_id=service_id, **form.cleaned_data)
        return redirect("onward:listing_asked")
    context = {"form": form, "name": name, "organisation": organisation.name, "quick_exit": False}
    return render(request, "onward/listing_ask.jinja", context, status=422 if form.errors else 200)


def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "onward/listing_asked.jinja", {"quick_exit": False})
