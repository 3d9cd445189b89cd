"""Unusual opening of records: the list and one flag, for leads."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkwell.accounts.actions.browsing import look_at_flag
from linkwell.accounts.forms.admin import LookedAtForm
from linkwell.accounts.queries import browsing
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.kernel.errors import InvalidMove


@require_safe
def flags(request: ScopedRequest) -> HttpResponse:
    looked_at = request.GET.get("show") == "looked-at"
    page = browsing.flags(request.scope, page_number(request), looked_at=looked_at)
    return render(request, "accounts/opened.jinja", {"page": page, "looked_at": looked_at})


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: ScopedRequest, flag_id: UUID) -> HttpResponse:
    row = browsing.flag(request.scope, flag_id)
    form = LookedAtForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            look_at_flag(scope=request.scope, flag_id=flag_id, note=form.cleaned_data["note"])
        except InvalidMove as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, "Your note is kept.")
            return HttpResponseRedirect(reverse("accounts:opened"))
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/opened_one.jinja", {"flag": row, "form": form}, status=status)
