"""A directory feed from a web address that somebody typed: public servers only, within limits.

The name is looked up once, every address it has is checked, and the connection goes to the checked
address itself, so that a second look-up cannot lead elsewhere.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO, cast
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import httpx

from linkwell.interop.openreferral import details
from linkwell.interop.openreferral.errors import FeedStopped, NoSuchPage
from linkwell.interop.openreferral.formats import Plan, values_of
from linkwell.interop.openreferral.reader import Reading
from linkwell.interop.openreferral.stream import Page, records
from linkwell.kernel.limits import Readable

MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (404, 410)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IN_MEMORY = 1_000_000
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Linkwell"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a feed is taken, all its pages together. Bytes and seconds."""

    most_bytes: int = 500_000_000
    most_seconds: float = 900
    most_pages: int = 5_000
    # Where the list gives summaries only, each service is asked for on its own, one after the other with a rest.
    most_details: int = 20_000
    rest_seconds: float = 0.05


ORDINARY = Limits()


def read_url(
    url: str, plan: Plan | None = None, *, allow_private_addresses: bool = False, limits: Limits = ORDINARY
) -> Reading:
    """Read the feed at `url` with all its further pages. Nothing raises: trouble is a Rejected.

    Everything is fetched, into one temporary file, before the first record is given: a slow server
    then never holds up whoever loads the records. `allow_private_addresses` is for tests and for a
    feed on the same machine or network.
    """
    source = _Source(url, allow_private_addresses, limits)
    return Reading(lambda known: values_of(_gathered(source), known), plan)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a server said of an address, without what is there. `status` 0: it could not be asked, and `why` says it."""

    status: int
    etag: str = ""
    last_modified: str = ""
    why: str = ""


def look(
    url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, allow_private_addresses: bool = False
) -> Looked:
    """Ask for an address and close the door again at once. Follows a few redirects, each checked like the first."""
    source = _Source(url, allow_private_addresses, Limits(most_seconds=60))
    scheme = ""
    try:
        with _client() as client:
            for _ in range(MOST_REDIRECTS + 1):
                scheme = _checked_scheme(url, "" if url.startswith("https:") else scheme)
                with closing(_ask(client, source, url, method, headers)) as answer:
                    if answer.status_code in _REDIRECTS and "location" in answer.headers:
                        url = urljoin(url, answer.headers["location"])
                        continue
                    said = answer.headers
                    return Looked(answer.status_code, said.get("etag", ""), said.get("last-modified", ""))
    except FeedStopped as trouble:
        return Looked(0, why=trouble.reason)
    except httpx.TimeoutException:
        return Looked(0, why="The server took too long to answer.")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return Looked(0, why="The server could not be reached.")
    return Looked(0, why="The address sends us on to another one too many times.")


class _Slice:
    """One page within the temporary file."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file, self._place, self._end = file, start, end

    def read(self, size: int = -1, /) -> bytes:
        self._file.seek(self._place)
        left = self._end - self._place
        block = self._file.read(left if size < 0 else min(size, left))
        self._place += len(block)
        return block


def _gathered(source: _Source) -> Iterator[Readable]:
    """Every page, fetched now and given afterwards; what stopped the fetching is raised at its place."""
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - lives as long as its pages
    ends: list[int] = []
    stopped: FeedStopped | None = None
    try:
        _fetch_pages(source, file, ends)
        summaries = details.has_details(source.url) and details.only_summaries(_Slice(file, 0, ends[0]))
    except FeedStopped as trouble:
        stopped, summaries = trouble, False
    return _given_whole(source, file, ends) if summaries else _given(file, ends, stopped)


def _given_whole(source: _Source, file: BinaryIO, ends: list[int]) -> Iterator[Readable]:
    """The record of each service in place of the summaries; those fetched before anything stopped it come first."""
    whole = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - lives as long as its pages
    whole_ends: list[int] = []
    stopped: FeedStopped | None = None
    try:
        with file, _client() as client:
            for start, end in pairwise([0, *ends]):
                for identifier, summary in details.identifiers(_Slice(file, start, end)):
                    _add_whole(client, source, whole, identifier, summary)
                    whole_ends.append(whole.tell())
    except FeedStopped as trouble:
        stopped = trouble
    return _given(whole, whole_ends, stopped)


def _add_whole(client: httpx.Client, source: _Source, whole: BinaryIO, identifier: str, summary: object) -> None:
    """The whole record at the end of the file; the summary where the server has no more of this one."""
    source.count_detail()
    start = whole.tell()
    if identifier:
        time.sleep(source.limits.rest_seconds)
        try:
            _download(client, source, details.address_of(source.url, identifier), whole)
        except NoSuchPage:
            whole.seek(start)
            whole.truncate()
    if whole.tell() == start:
        whole.write(json.dumps(summary, default=str).encode())


def _given(file: BinaryIO, ends: list[int], stopped: FeedStopped | None) -> Iterator[Readable]:
    with file:
        for start, end in pairwise([0, *ends]):
            yield _Slice(file, start, end)
        if stopped is not None:
            raise stopped


class _Source:
    def __init__(self, url: str, allow_private: bool, limits: Limits) -> None:
        self.url = url
        self.allow_private = allow_private
        self.limits = limits
        self.taken = self.details = 0
        self.ends_at = time.monotonic() + limits.most_seconds

    def count(self, chunk: bytes) -> None:
        self.check_time()
        self.taken += len(chunk)
        if self.taken > self.limits.most_bytes:
            raise FeedStopped(f"The feed is larger than {self.limits.most_bytes // 1_000_000} MB.")

    def count_detail(self) -> None:
        self.details += 1
        if self.details > self.limits.most_details:
            raise FeedStopped(f"The feed has more than {self.limits.most_details:,} services.")

    def check_time(self) -> None:
        if time.monotonic() > self.ends_at:
            raise FeedStopped("The feed took too long to answer. Try again later.")


def _fetch_pages(source: _Source, file: BinaryIO, ends: list[int]) -> None:
    with _client() as client:
        number, last, url = 1, 1, source.url
        while True:
            start = file.tell()
            _download(client, source, url, file)
            ends.append(file.tell())
            last = _last_page(_Slice(file, start, ends[-1])) if number == 1 else last
            file.seek(ends[-1])
            if number >= last:
                return
            number += 1
            if number > source.limits.most_pages:
                raise FeedStopped(f"The feed has more than {source.limits.most_pages:,} pages.")
            url = _with_page(source.url, number)


def _client() -> httpx.Client:
    return httpx.Client(timeout=30, follow_redirects=False, trust_env=False, http2=False)


def _last_page(first: Readable) -> int:
    """How many pages there are: what the first one says, 1 when it says nothing usable."""
    page = Page()
    try:
        for _ in records(first, page):
            pass
    except FeedStopped:
        return 1
    for name in ("total_pages", "totalPages"):
        said = page.about.get(name)
        if isinstance(said, int) and not isinstance(said, bool):
            return said
    return 1


def _with_page(url: str, number: int) -> str:
    parts = urlsplit(url)
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "page"]
    return urlunsplit(parts._replace(query=urlencode([*asked, ("page", str(number))])))


def _download(client: httpx.Client, source: _Source, url: str, file: BinaryIO) -> None:
    """One page, added to the end of the temporary file."""
    scheme = ""
    for _ in range(MOST_REDIRECTS + 1):
        source.check_time()
        scheme = _checked_scheme(url, scheme)
        try:
            with closing(_ask(client, source, url)) as answer:
                if answer.status_code in _REDIRECTS and "location" in answer.headers:
                    url = urljoin(url, answer.headers["location"])
                    continue
                _save(answer, source, file)
                return
        except httpx.TimeoutException:
            raise FeedStopped("The server took too long to answer. Try again later.") from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise FeedStopped("We could not get the feed. Check the address, or try again later.") from None
    raise FeedStopped("The address sends us on to another one too many times.")


def _checked_scheme(url: str, before: str) -> str:
    try:
        parts = urlsplit(url)
        has_host, _ = bool(parts.hostname), parts.port
    except ValueError:
        raise FeedStopped("This is not a web address.") from None
    if parts.scheme not in ("http", "https") or not has_host:
        raise FeedStopped("A feed comes from a web address that begins with http:// or https://.")
    if before and parts.scheme != before:
        raise FeedStopped(f"The address sends us on from {before} to {parts.scheme}. Use the new address itself.")
    if parts.username is not None or parts.password is not None:
        raise FeedStopped("The address holds a user name or password. Take it out.")
    return parts.scheme


def _ask(
    client: httpx.Client, source: _Source, url: str, method: str = "GET", headers: Mapping[str, str] | None = None
) -> httpx.Response:
    asked = httpx.URL(url)
    address = _checked_address(asked.host, asked.port or (443 if asked.scheme == "https" else 80), source.allow_private)
    request = client.build_request(
        method,
        asked.copy_with(host=address),
        headers={**_HEADERS, **(headers or {}), "Host": asked.netloc.decode("ascii")},
        extensions={"sni_hostname": asked.raw_host.decode("ascii"), "timeout": httpx.Timeout(30).as_dict()},
    )
    return client.send(request, stream=True)


def _checked_address(host: str, port: int, allow_private: bool) -> str:
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise FeedStopped("There is no server with this name. Check the address.") from None
    addresses = sorted(str(each) for each in found)
    if not allow_private and not all(_is_public(each) for each in addresses):
        raise FeedStopped("This address leads into a private network, so we do not read from it.")
    return next((each for each in addresses if ":" not in each), addresses[0])


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return _is_public(str(inside))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _save(answer: httpx.Response, source: _Source, file: BinaryIO) -> None:
    if answer.status_code in _GONE:
        raise NoSuchPage(f"The server answered {answer.status_code} instead of sending the feed.")
    if answer.status_code != 200:
        raise FeedStopped(f"The server answered {answer.status_code} instead of sending the feed.")
    if answer.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise FeedStopped("The server sent the feed compressed, although we asked it not to.")
    for chunk in answer.iter_raw():
        source.count(chunk)
        file.write(chunk)
