"""A link worker finds a group for one person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from linkwell.casework import queries as casework
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.directory import queries as directory
from linkwell.directory.finding import look, shown
from linkwell.directory.forms import FindForm
from linkwell.directory.permissions import REPORT_GAP
from linkwell.kernel.danger import dangers_in
from linkwell.onward import presenters
from linkwell.onward.queries.known import fits_of, known_about
from linkwell.people import queries as people


def find(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Find a group for one person. A restricted person's home never shapes the order of the list."""
    scope = request.scope
    case = casework.case(scope, case_id)
    form = FindForm(request.GET or {"place": people.search_place(scope, case.person_id)})
    context: dict[str, object] = {"form": form, "case": case, "found": None}
    context |= {"dangers": dangers_in(request.GET.get("words", "")), "may_report_gap": scope.may(REPORT_GAP)}
    if form.is_valid():
        looked = look(scope, form, page_number(request))
        rows = [each.service for each in looked.found]
        fits = fits_of(scope, known_about(scope, case_id, case.person_id), rows)
        context |= shown(form, looked, request.GET)
        context["fits"] = {service_id: presenters.fit_words(each) for service_id, each in fits.items()}
        context["shortlisted"] = directory.shortlisted_ids(scope, case_id)
        context["takes_referrals"] = {row.id for row in rows if row.referral_email}
    return render(request, "onward/find.jinja", context)
