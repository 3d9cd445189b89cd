"""Somebody's own appointment, from the link in their message: as it stands now, and for their calendar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.casework import calendar_file, queries
from linkwell.casework.queries.calendars import CalendarEntry
from linkwell.core import languages
from linkwell.core.scope import system_scope
from linkwell.kernel import clock, words
from linkwell.kernel.errors import NotFound
from linkwell.kernel.tongue import Tongue
from linkwell.people import queries as people


@require_safe
def own(request: HttpRequest, time_token: str) -> HttpResponse:
    """When, with whom, and the file. A link that is over, made up or not safe any more looks the same."""
    found = _found(time_token)
    if found is None:
        return render(request, "casework/time_closed.jinja", status=404)
    entry, tongue = found
    spoken = languages.asked_for(request) or tongue
    with languages.speaking(spoken):
        page = {
            "entry": entry,
            "token": time_token,
            "when": words.written_datetime(entry.now.starts_at),
            "until": words.written_time(entry.now.ends_at),
        }
        answer = render(request, "casework/time.jinja", page)
        answer.headers["Content-Language"] = spoken.value
        return answer


@require_safe
def file(request: HttpRequest, time_token: str) -> HttpResponse:
    """The file itself. Its name says nothing either."""
    found = _found(time_token)
    if found is None:
        return render(request, "casework/time_closed.jinja", status=404)
    entry, tongue = found
    with languages.speaking(tongue):
        return as_file(entry)


def as_file(entry: CalendarEntry) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{calendar_file.FILE_NAME}"'}
    content = calendar_file.calendar_file(entry, clock.now())
    return HttpResponse(content, content_type=calendar_file.CONTENT_TYPE, headers=headers)


def _found(token: str) -> tuple[CalendarEntry, Tongue] | None:
    """The time and the language of whoever's it is; None once it is over, or where they may not be written to."""
    opened = calendar_file.opened(token)
    if opened is None:
        return None
    organisation_id, appointment_id = opened
    scope = system_scope(organisation_id, "their own time, from a link")
    try:
        entry = queries.calendar_entry(scope, appointment_id)
    except NotFound:
        return None
    person_id = entry.now.person_id
    if entry.now.ends_at <= clock.now() or not queries.may_be_shown(scope, person_id):
        return None
    return entry, people.tongue_of(scope, person_id)
