"""Time-limited teams: set up and changed, people taken on and off, and the weeks beside those of earlier years."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linkwell.core.paging import page_number, to_the_first
from linkwell.core.plain_forms import PlainForm
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted, saved, status_of
from linkwell.hospital import home_words
from linkwell.hospital.actions import programmes as actions
from linkwell.hospital.home_forms import ChangeProgrammeForm, ProgrammeForm, TakeOnForm, of_programme
from linkwell.hospital.queries import programmes as queries
from linkwell.hospital.queries.going_home import going_home
from linkwell.hospital.views.common import at_version, news_of_wards, of_a_hospital, of_a_planned_stay
from linkwell.kernel.errors import Conflict


@require_safe
@of_a_hospital
@one_read
def programmes(request: ScopedRequest) -> HttpResponse:
    page = queries.programmes(request.scope, page_number(request))
    if past_the_end := to_the_first(request, page):
        return past_the_end
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
    people = queries.taken_on(request.scope, programme_id, page_number(request))
    if past_the_end := to_the_first(request, people):
        return past_the_end
    page = {
        "line": home_words.programme(row),
        "people": people.map(home_words.place_taken),
        "weeks": [home_words.week(each) for each in weeks],
        "feeds": news_of_wards(request),
    }
    return render(request, "hospital/programme.jinja", page)


@of_a_hospital
def change(request: ScopedRequest, programme_id: UUID) -> HttpResponse:
    """What a programme says of itself, and its last day: an earlier one ends it early."""
    row = queries.programme_to_change(request.scope, programme_id)
    form = ChangeProgrammeForm(posted(request), initial=of_programme(row))

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.change_programme(
            scope=request.scope, programme_id=programme_id, expected_version=version, details=form.details()
        )

    conflict = False
    try:
        if saved(form, act):
            messages.success(request, "Saved.")
            return redirect("hospital:programme", programme_id=programme_id)
    except Conflict:
        conflict = True
        row = queries.programme_to_change(request.scope, programme_id)
        form = ChangeProgrammeForm(at_version(request, row.version))
        form.is_valid()
    page = {"form": form, "row": row, "conflict": conflict}
    return render(request, "hospital/change_programme.jinja", page, status=status_of(form, conflict=conflict))


@of_a_hospital
def take_off(request: ScopedRequest, programme_id: UUID, stay_id: UUID) -> HttpResponse:
    """Somebody who was taken on by mistake is taken off."""
    line = home_words.place_taken(queries.one_taken_on(request.scope, programme_id, stay_id))
    form = PlainForm(posted(request))
    if saved(form, lambda: actions.take_off(scope=request.scope, programme_id=programme_id, stay_id=stay_id)):
        messages.success(request, f"{line['name']} is taken off.")
        return redirect("hospital:programme", programme_id=programme_id)
    return render(request, "hospital/take_off.jinja", {"form": form, "line": line}, status=status_of(form))


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
