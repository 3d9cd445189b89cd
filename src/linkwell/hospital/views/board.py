"""The discharge board, and the same for a wall."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.core.paging import page_number
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.hospital import home_words
from linkwell.hospital.queries import board as queries
from linkwell.hospital.views.common import news_of_wards, of_a_hospital
from linkwell.kernel import clock, words


@require_safe
@of_a_hospital
@one_read
def board(request: ScopedRequest) -> HttpResponse:
    """Everybody who is ready to go home and still in, by ward."""
    chosen = home_words.shown(request.GET)
    found = queries.board(request.scope, chosen, page_number(request))
    page = {**home_words.board(found, chosen), "feeds": news_of_wards(request)}
    return render(request, "hospital/board.jinja", page)


@require_safe
@of_a_hospital
@one_read
def wall(request: ScopedRequest) -> HttpResponse:
    """Bed and initials only, for a screen that anybody may read."""
    ward = home_words.shown(request.GET).ward
    page = {
        "wards": home_words.wall(queries.wall(request.scope, ward)),
        "feeds": news_of_wards(request),
        "now": words.written_datetime(clock.now()),
        "ward": ward,
    }
    return render(request, "hospital/wall.jinja", page)
