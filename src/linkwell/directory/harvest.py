"""Work that talks to servers outside: fetching feeds that are due, and trying the web addresses of services."""

from __future__ import annotations

import time
from collections import defaultdict
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.directory import actions, queries
from linkwell.directory.actions import links, sources
from linkwell.interop.openreferral import look, read_url

NOT_MODIFIED = 304
# Some servers know only how to send the whole page.
_NO_HEAD = (400, 403, 404, 405, 406, 429, 500, 501, 503)
REST_SECONDS = 1.0
MOST_OF_ONE_HOST = 10


def fetch(scope: Scope, source_id: UUID, *, allow_private_addresses: bool = False) -> None:
    """Fetch one feed and load it, unless its server says that it is as it was."""
    row = sources.begin_fetch(scope=scope, source_id=source_id)
    if row is None:
        return
    known = {"If-None-Match": row.etag, "If-Modified-Since": row.last_modified}
    said = look(
        row.location,
        headers={name: value for name, value in known.items() if value},
        allow_private_addresses=allow_private_addresses,
    )
    if said.status == NOT_MODIFIED:
        sources.end_fetch(scope=scope, source_id=source_id, unchanged=True)
        return
    result = actions.import_feed(
        scope=scope,
        reading=read_url(
            row.location, queries.plan_of(scope, row.name), allow_private_addresses=allow_private_addresses
        ),
        source_name=row.name,
        location=row.location,
        accept_smaller=row.accept_smaller,
    )
    whole = result.complete and not result.held
    sources.end_fetch(
        scope=scope,
        source_id=source_id,
        etag=said.etag if whole else "",
        last_modified=said.last_modified if whole else "",
    )


def try_links(scope: Scope, *, allow_private_addresses: bool = False) -> int:
    """Try the web addresses whose turn it is, one at a time and slowly at each server; how many."""
    tried = 0
    last: dict[str, float] = {}
    of_host: dict[str, int] = defaultdict(int)
    for each in links.due(scope):
        of_host[each.host] += 1
        if of_host[each.host] > MOST_OF_ONE_HOST:
            continue
        time.sleep(max(0.0, last.get(each.host, 0.0) + REST_SECONDS - time.monotonic()))
        said = look(each.url, method="HEAD", allow_private_addresses=allow_private_addresses)
        if said.status in _NO_HEAD:
            said = look(each.url, allow_private_addresses=allow_private_addresses)
        last[each.host] = time.monotonic()
        works = 200 <= said.status < 400 or said.status in (401, 403, 429)
        why = said.why or ("" if works else f"The server answered {said.status}.")
        links.note(scope=scope, service_id=each.service_id, url=each.url, works=works, why=why)
        tried += 1
    return tried
