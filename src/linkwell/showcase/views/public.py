"""Pages for everybody. Their numbers come from published releases and from nothing else."""

import io
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.core.languages import in_english
from linkwell.core.scope import system_scope
from linkwell.documents.report import render_report
from linkwell.kernel import csv_safe
from linkwell.outcomes.details import PublicStory
from linkwell.outcomes.queries import public_stories
from linkwell.showcase import presenters, printed, queries
from linkwell.showcase.details import PublicRelease
from linkwell.showcase.pictures import pictures

MOST_STORIES = 2


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """The newest total of all areas, and the areas."""
    found = queries.newest_of_all_areas(settings.COUNTRY_PAGE) if settings.COUNTRY_PAGE else None
    if found:
        return _page(request, found, {"places": queries.places()})
    return _kept(render(request, "showcase/places.jinja", {"places": queries.places(), "quick_exit": False}))


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The newest release of a place. With `?embed`, the one page that others may show in a frame of theirs."""
    found = queries.newest(code)
    if "embed" not in request.GET:
        return _page(request, found)
    context = {
        "page": presenters.showcase(found),
        "told": presenters.told,
        "ranged": presenters.ranged,
        "address": request.build_absolute_uri(request.path),
    }
    answer = _kept(render(request, "showcase/embedded.jinja", context))
    # How the two middlewares are told that this one answer may be framed.
    answer.xframe_options_exempt = True
    answer._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
    return answer


@require_safe
def release(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """One release at its own address, for ever; a withdrawn one says so."""
    return _page(request, queries.published(code, period))


def _page(request: HttpRequest, found: PublicRelease, more: dict[str, object] | None = None) -> HttpResponse:
    page = presenters.showcase(found)
    context = {
        "page": page,
        "pictures": pictures(page),
        "stories": () if page.withdrawn else _stories(found),
        "others": presenters.links(queries.others_of(found.code), found),
        "told": presenters.told,
        "ranged": presenters.ranged,
        "not_known": presenters.NOT_KNOWN,
        "how_counted": presenters.HOW_COUNTED,
        "licence": presenters.LICENCE,
        "licence_url": presenters.LICENCE_URL,
        "quick_exit": False,
        "places": (),
        **(more or {}),
    }
    return _kept(render(request, "showcase/page.jinja", context))


def _stories(found: PublicRelease) -> tuple[PublicStory, ...]:
    """Asked each time, so that one taken back is gone at once. A total of areas has none of its own."""
    if found.of_all_areas:
        return ()
    return public_stories(system_scope(found.organisation_id, "stories on the public page"))[:MOST_STORIES]


@require_safe
@in_english
def figures_csv(request: HttpRequest, code: str, period: str) -> HttpResponse:
    found = queries.published(code, period)
    rows = printed.csv_rows(found, presenters.showcase(found))
    return _csv(f"what-changed-{code.lower()}-{found.key}", printed.HEADER, rows)


@require_safe
@in_english
def dictionary_csv(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """What the columns of the file mean."""
    queries.published(code, period)
    return _csv("what-changed-columns", printed.DICTIONARY_HEADER, printed.DICTIONARY)


@require_safe
@in_english
def briefing_pdf(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """One page for leaders."""
    found = queries.published(code, period)
    made = render_report(printed.briefing(presenters.showcase(found)))
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="what-changed-{code.lower()}-{found.key}.pdf"'
    return _kept(answer)


def _csv(name: str, header: tuple[str, ...], rows: Iterable[Sequence[str]]) -> HttpResponse:
    stream = io.StringIO(newline="")
    csv_safe.write_rows(stream, header, rows)
    answer = HttpResponse(f"{csv_safe.BYTE_ORDER_MARK}{stream.getvalue()}", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return _kept(answer)


def _kept(answer: HttpResponse) -> HttpResponse:
    """A story that was taken back may not live on in somebody's cache: pages are asked for anew."""
    answer["Cache-Control"] = "no-cache"
    return answer
