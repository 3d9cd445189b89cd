"""Open Referral UK 3.0: the directory of an organisation that gives it to everybody, without signing in."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_response_headers
from django.utils.http import parse_etags

from linkwell.accounts.queries import organisation_by_code
from linkwell.core.permissions import Role
from linkwell.core.scope import ActorKind, Scope
from linkwell.core.throttle import A_MINUTE, count_one
from linkwell.directory import publishing
from linkwell.directory.mapping import DAY_NAMES
from linkwell.directory.queries import published
from linkwell.directory.queries.published import MOST_A_PAGE, Filters, Listed
from linkwell.kernel.csv_safe import safe
from linkwell.kernel.errors import Invalid, LinkwellError, NotFound, TooMany

USUAL_A_PAGE = 50
FURTHEST_PAGE = 100_000
MOST_A_MINUTE = 120
SORRY = "You have asked too often. Wait a minute, or take the whole directory with /export.jsonl."
KEPT_SECONDS = 300
EXPORT_BATCH = 200
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PROFILE = "https://docs.openreferraluk.org/en/latest/"
_OPENAPI = "https://raw.githubusercontent.com/openreferral/uk-profile/main/schema/openapi.json"

Answer = Callable[[HttpRequest, Scope], Any]


def root(request: HttpRequest, code: str) -> HttpResponseBase:
    def answer(request: HttpRequest, scope: Scope) -> Any:
        if not published.gives_its_directory(scope):
            raise NotFound
        return {"version": "HSDS-UK-3.0", "profile": _PROFILE, "openapi_url": _OPENAPI}

    return _json(request, code, answer)


def services(request: HttpRequest, code: str) -> HttpResponseBase:
    return _json(
        request, code, _paged(lambda scope, *page: published.published_services(scope, _filters(request), *page))
    )


def service(request: HttpRequest, code: str, service_id: UUID) -> HttpResponseBase:
    now = published.service_now
    return _json(request, code, _one_or_moved("service_id", service_id, published.published_service, now))


def organisations(request: HttpRequest, code: str) -> HttpResponseBase:
    return _json(request, code, _paged(published.published_organisations))


def organisation(request: HttpRequest, code: str, runner_id: UUID) -> HttpResponseBase:
    now = published.organisation_now
    return _json(request, code, _one_or_moved("runner_id", runner_id, published.published_organisation, now))


def places(request: HttpRequest, code: str) -> HttpResponseBase:
    return _json(
        request, code, _paged(lambda scope, *page: published.published_places(scope, _filters(request), *page))
    )


def place(request: HttpRequest, code: str, venue_id: UUID) -> HttpResponseBase:
    now = published.place_now
    return _json(request, code, _one_or_moved("venue_id", venue_id, published.published_place, now))


def taxonomies(request: HttpRequest, code: str) -> HttpResponseBase:
    return _json(request, code, _paged(_listed(publishing.taxonomies)))


def taxonomy(request: HttpRequest, code: str, taxonomy_id: UUID) -> HttpResponseBase:
    return _json(request, code, lambda _, scope: _one(scope, publishing.taxonomies(), str(taxonomy_id)))


def taxonomy_terms(request: HttpRequest, code: str) -> HttpResponseBase:
    return _json(request, code, _paged(_listed(publishing.taxonomy_terms)))


def taxonomy_term(request: HttpRequest, code: str, term_id: UUID) -> HttpResponseBase:
    return _json(request, code, lambda _, scope: _one(scope, publishing.taxonomy_terms(), str(term_id)))


def export(request: HttpRequest, code: str, layout: str) -> HttpResponseBase:
    """Every service whole, streamed: JSON of the standard, JSON lines, or the main facts as CSV."""
    kinds = {
        "json": ("application/json", _as_json),
        "jsonl": ("application/jsonl", _as_lines),
        "csv": ("text/csv", _as_csv),
    }

    def answer(request: HttpRequest, scope: Scope) -> Any:
        if layout not in kinds or not published.gives_its_directory(scope):
            raise NotFound
        mime, write = kinds[layout]
        sent = StreamingHttpResponse(write(_everything(scope)), content_type=f"{mime}; charset=utf-8")
        sent["Content-Disposition"] = f'attachment; filename="services.{layout}"'
        return sent

    return _json(request, code, answer)


def _json(request: HttpRequest, code: str, answer: Answer) -> HttpResponseBase:
    """Answer a machine in its own tongue, trouble too; with a mark, so that what it has already is not sent again."""
    try:
        if request.method not in ("GET", "HEAD"):
            sent: HttpResponseBase = _problem("This address is only read from.", 405)
            sent["Allow"] = "GET, HEAD"
            return sent
        count_one(request, "api", MOST_A_MINUTE, SORRY)
        organisation = organisation_by_code(code)
        scope = Scope(ActorKind.PUBLIC, None, organisation.id, Role.PUBLIC, "reading the published directory")
        said = answer(request, scope)
    except TooMany as trouble:
        sent = _problem(trouble.message, 429)
        sent["Retry-After"] = str(A_MINUTE)
        return sent
    except Invalid as trouble:
        return _problem(" ".join(trouble.by_field.values()), 400)
    except LinkwellError:
        return _problem("There is nothing at this address.", 404)
    return _kept(said if isinstance(said, HttpResponseBase) else _unless_known(request, said))


def _unless_known(request: HttpRequest, said: Any) -> HttpResponse:
    body = orjson.dumps(said)
    mark = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    if mark in parse_etags(request.headers.get("If-None-Match", "")):
        sent = HttpResponse(status=304)
    else:
        sent = HttpResponse(body, content_type="application/json; charset=utf-8")
    sent["ETag"] = mark
    return sent


def _kept(sent: HttpResponseBase) -> HttpResponseBase:
    sent["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    # Public facts: a page of any other origin may read them.
    sent["Access-Control-Allow-Origin"] = "*"
    patch_response_headers(sent, KEPT_SECONDS)
    return sent


def _problem(words: str, status: int) -> HttpResponse:
    return HttpResponse(orjson.dumps({"error": words}), status=status, content_type="application/json; charset=utf-8")


def _paged(listed: Callable[..., Listed]) -> Answer:
    def answer(request: HttpRequest, scope: Scope) -> Any:
        number = _whole(request, "page", 1, FURTHEST_PAGE) or 1
        size = min(_whole(request, "per_page", 1, 10**9) or USUAL_A_PAGE, MOST_A_PAGE)
        found = listed(scope, number, size)
        pages = -(-found.total // size)
        return {
            "total_items": found.total,
            "total_pages": pages,
            "page_number": number,
            "size": len(found.contents),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not found.contents,
            "contents": found.contents,
        }

    return answer


def _listed(all_of_it: Callable[[], list[dict[str, Any]]]) -> Callable[..., Listed]:
    def listed(scope: Scope, number: int, size: int) -> Listed:
        if not published.gives_its_directory(scope):
            raise NotFound
        found = all_of_it()
        return Listed(found[(number - 1) * size : number * size], len(found))

    return listed


def _one(scope: Scope, listed: list[dict[str, Any]], identifier: str) -> dict[str, Any]:
    found = next((each for each in listed if each["id"] == identifier), None)
    if found is None or not published.gives_its_directory(scope):
        raise NotFound
    return found


def _one_or_moved(
    name: str, identifier: UUID, read: Callable[[Scope, UUID], Any], now: Callable[[Scope, UUID], UUID]
) -> Answer:
    """One object; where another speaks for it since two listings were found to be one, the way to that one.

    For as long as the answer may be kept: a keeper can take the two apart again.
    """

    def answer(request: HttpRequest, scope: Scope) -> Any:
        try:
            return read(scope, identifier)
        except NotFound:
            here = request.resolver_match
            if here is None:
                raise
            there = {**here.kwargs, name: now(scope, identifier)}
            return HttpResponsePermanentRedirect(reverse(here.view_name, kwargs=there))

    return answer


def _filters(request: HttpRequest) -> Filters:
    given = request.GET
    return Filters(
        search=given.get("search", "").replace("\x00", "")[:200],
        term_ids=tuple(filter(None, given.get("taxonomy_term_id", "").split(",")))[:20],
        minimum_age=_whole(request, "minimum_age", 0, 150),
        maximum_age=_whole(request, "maximum_age", 0, 150),
        day=_day(given.get("day", "")),
        starts=_time(given.get("start_time", "")),
        ends=_time(given.get("end_time", "")),
        postcode=given.get("postcode", "").replace("\x00", "")[:10],
        metres=_whole(request, "proximity", 0, 1_000_000),
    )


def _whole(request: HttpRequest, name: str, lowest: int, highest: int) -> int | None:
    said = request.GET.get(name, "").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < 12 and lowest <= int(said) <= highest):
        raise Invalid({name: f"{name} should be a whole number from {lowest} to {highest}."})
    return int(said)


def _day(said: str) -> int | None:
    if not said:
        return None
    code = said.strip()[:2].upper()
    if code not in _DAYS:
        raise Invalid({"day": f"day should be one of {', '.join(_DAYS)}, or a day's name like {DAY_NAMES[0]}."})
    return _DAYS.index(code)


def _time(said: str) -> dt.time | None:
    try:
        return dt.time.fromisoformat(said).replace(tzinfo=None) if said else None
    except ValueError:
        raise Invalid({"start_time": "A time should be like 14:30."}) from None


def _everything(scope: Scope) -> Iterator[dict[str, Any]]:
    """A part at a time, each in a transaction of its own: a slow reader holds nothing open."""
    last: UUID | None = None
    while batch := published.published_whole(scope, last, EXPORT_BATCH):
        yield from batch
        last = UUID(batch[-1]["id"])


def _as_json(items: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    yield b'{"contents":['
    for number, each in enumerate(items):
        yield (b"," if number else b"") + orjson.dumps(each)
    yield b"]}"


def _as_lines(items: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    return (orjson.dumps(each) + b"\n" for each in items)


def _as_csv(items: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    for number, each in enumerate(items):
        row = publishing.flat(each)
        text = io.StringIO()
        writer = csv.writer(text)
        if not number:
            writer.writerow(row)
        writer.writerow([safe(value) for value in row.values()])
        yield text.getvalue().encode()
