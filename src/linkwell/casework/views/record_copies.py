"""Pages of what goes into the GP record."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from linkwell.casework.actions import record_copies as actions
from linkwell.casework.forms.record_copies import EnteredForm, RecordCodesForm
from linkwell.casework.queries import record_copies as queries
from linkwell.casework.views.common import opened_case
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.kernel.nhs_number import NhsNumber

LONGEST_ASKED = 200


def of_case(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Everything of one support, ready to paste, and a tick for each that was entered."""
    _, page = opened_case(request, case_id)
    back = reverse("casework:gp_record", kwargs={"case_id": case_id})
    return _page(request, queries.for_the_record(request.scope, case_id), back, page)


def of_declined(request: ScopedRequest, declined_id: UUID) -> HttpResponse:
    """A referral the person did not want."""
    back = reverse("casework:gp_record_declined", kwargs={"declined_id": declined_id})
    return _page(
        request, queries.declined_for_the_record(request.scope, declined_id), back, {"referral_id": declined_id}
    )


def _page(request: ScopedRequest, found: queries.RecordPage, back: str, page: dict[str, Any]) -> HttpResponse:
    asked = f"{request.POST.get('kind', '')}:{request.POST.get('object_id', '')}"
    status, lines, wrong = 200, [], None
    for row in found.entries:
        key = f"{row.kind}:{row.object_id}"
        form = EnteredForm(
            posted(request) if key == asked else None,
            auto_id=f"entry-{row.kind}-{row.object_id}-%s",
            initial={"initials": _initials(request.scope.actor_name), "entered_on": clock.today()},
        )
        if form.is_bound and form.is_valid() and _enter(request, row, form):
            messages.success(request, "Kept: it is in the GP record.")
            return redirect(back)
        if form.is_bound:
            status, wrong = status_of(form), form
        lines.append({"row": row, "form": form})
    if request.method == "POST" and wrong is None:
        raise NotFound
    number = str(NhsNumber(found.nhs_number)) if found.nhs_number else ""
    full = page | {"found": found, "lines": lines, "number": number, "wrong": wrong}
    template = "casework/gp_record.jinja" if "case" in page else "casework/gp_record_declined.jinja"
    return render(request, template, full, status=status)


def _enter(request: ScopedRequest, row: queries.ToEnter, form: EnteredForm) -> bool:
    try:
        actions.enter_in_record(
            scope=request.scope,
            kind=row.kind,
            object_id=row.object_id,
            initials=form.cleaned_data["initials"],
            entered_on=form.cleaned_data["entered_on"],
        )
    except Invalid as error:
        add_findings(form, error)
        return False
    return True


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isalpha()).upper()[:6]


@require_POST
def take_back(request: ScopedRequest, copy_id: UUID) -> HttpResponse:
    """A tick that was wrong."""
    actions.not_entered_after_all(scope=request.scope, copy_id=copy_id)
    messages.success(request, "The tick is taken away.")
    case_id, referral_id = request.POST.get("case", ""), request.POST.get("referral", "")
    if _is_id(case_id):
        return redirect("casework:gp_record", case_id=case_id)
    if _is_id(referral_id):
        return redirect("casework:gp_record_declined", declined_id=referral_id)
    return redirect("journey:today")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_safe
def not_entered(request: ScopedRequest) -> HttpResponse:
    """What is not in the GP record yet, by practice."""
    practice = request.GET.get("practice", "").replace("\0", "")[:LONGEST_ASKED]
    page = queries.not_entered(request.scope, practice, page_number(request))
    practices = queries.practices_not_entered(request.scope)
    return render(request, "casework/not_entered.jinja", {"page": page, "practices": practices, "practice": practice})


def record_codes(request: ScopedRequest) -> HttpResponse:
    """The organisation's own codes."""
    now = queries.record_codes(request.scope)
    initial = {f"{kind}_{part}": value[n] for kind, value in now.items() for n, part in enumerate(("code", "words"))}
    form = RecordCodesForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            for kind in ("conversation", "ended"):
                actions.say_record_code(
                    scope=request.scope, kind=kind, code=given[f"{kind}_code"], words=given[f"{kind}_words"]
                )
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "The codes are kept.")
            return redirect("casework:not_entered")
    return render(request, "casework/record_codes.jinja", {"form": form}, status=status_of(form))
