"""Time-limited teams: set up, people taken on, and the weeks beside those of earlier years."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linkwell.core.paging import page_number
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted, saved, status_of
from linkwell.hospital import home_words
from linkwell.hospital.actions import programmes as actions
from linkwell.hospital.home_forms import ProgrammeForm, TakeOnForm
from linkwell.hospital.queries import programmes as queries
from linkwell.hospital.queries.going_home import going_home
from linkwell.hospital.views.common import news_of_wards, of_a_hospital, of_a_planned_stay


@require_safe
@of_a_hospital
@one_read
def programmes(request: ScopedRequest) -> HttpResponse:
    page = queries.programmes(request.scope, page_number(request))
    context = {"page": page.map(home_words.programme), "feeds": news_of_wards(request)}
    return render(request, "hospital/programmes.jinja", context)


@of_a_hospital
def set_up(request: ScopedRequest) -> HttpResponse:
    form = ProgrammeForm(posted(request))
    made: list[UUID] = []
    if saved(form, lambda: made.append(actions.set_up_programme(scope=request.scope, details=form.details()))):
        messages.success(request, "The programme is set up.")
        return redirect("hospital:programme", programme_id=made[0])
    return render(request, "hospital/set_up_programme.jinja", {"form": form}, status=status_of(form))


@require_safe
@of_a_hospital
@one_read
def programme(request: ScopedRequest, programme_id: UUID) -> HttpResponse:
    row, weeks = queries.programme(request.scope, programme_id)
    page = {
        "line": home_words.programme(row),
        "weeks": [home_words.week(each) for each in weeks],
        "feeds": news_of_wards(request),
    }
    return render(request, "hospital/programme.jinja", page)


@of_a_planned_stay
def take_on(request: ScopedRequest, stay_id: UUID) -> HttpResponse:
    """Somebody on the board is taken on."""
    line = home_words.stay(going_home(request.scope, stay_id))
    form = TakeOnForm(posted(request), running=queries.running_programmes(request.scope))

    def act() -> None:
        programme_id = UUID(form.cleaned_data["programme"])
        actions.take_on(scope=request.scope, programme_id=programme_id, stay_id=stay_id)

    if saved(form, act):
        messages.success(request, "Taken on.")
        return redirect("hospital:stay", stay_id=stay_id)
    return render(request, "hospital/take_on.jinja", {"form": form, "line": line}, status=status_of(form))
