"""A directory feed from a web address that somebody typed: public servers only, within limits.

The name is looked up once, every address it has is checked, and the connection goes to the checked
address itself, so that a second look-up cannot lead elsewhere.
"""

from __future__ import annotations

import ipaddress
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import httpx

from linkwell.interop.openreferral.errors import FeedStopped
from linkwell.interop.openreferral.reader import Reading
from linkwell.interop.openreferral.stream import Page

MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IN_MEMORY = 1_000_000
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Linkwell"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a feed is taken, all its pages together. Bytes and seconds."""

    most_bytes: int = 500_000_000
    most_seconds: float = 900
    most_pages: int = 5_000


def read_url(url: str, *, allow_private_addresses: bool = False, limits: Limits = Limits()) -> Reading:
    """Read the feed at `url`, following its further pages. Nothing raises: trouble is a Rejected.

    `allow_private_addresses` is for tests and for a feed on the same machine or network.
    """
    page = Page()
    return Reading(_pages(_Source(url, page, allow_private_addresses, limits)), page)


class _Source:
    def __init__(self, url: str, page: Page, allow_private: bool, limits: Limits) -> None:
        self.url = url
        self.page = page
        self.allow_private = allow_private
        self.limits = limits
        self.taken = 0
        self.ends_at = time.monotonic() + limits.most_seconds

    def count(self, chunk: bytes) -> None:
        self.check_time()
        self.taken += len(chunk)
        if self.taken > self.limits.most_bytes:
            raise FeedStopped(f"The feed is larger than {self.limits.most_bytes // 1_000_000} MB.")

    def check_time(self) -> None:
        if time.monotonic() > self.ends_at:
            raise FeedStopped("The feed took too long to answer. Try again later.")


def _pages(source: _Source) -> Iterator[BinaryIO]:
    with httpx.Client(timeout=30, follow_redirects=False, trust_env=False, http2=False) as client:
        number = 1
        url = source.url
        while True:
            with closing(_download(client, source, url)) as file:
                yield file
            if number >= _last_page(source.page):
                return
            number += 1
            if number > source.limits.most_pages:
                raise FeedStopped(f"The feed has more than {source.limits.most_pages:,} pages.")
            url = _with_page(source.url, number)


def _last_page(page: Page) -> int:
    """How many pages there are: what the feed says, 1 when it says nothing usable."""
    for name in ("total_pages", "totalPages"):
        said = page.about.get(name)
        if isinstance(said, int) and not isinstance(said, bool):
            return said
    return 1


def _with_page(url: str, number: int) -> str:
    parts = urlsplit(url)
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "page"]
    return urlunsplit(parts._replace(query=urlencode([*asked, ("page", str(number))])))


def _download(client: httpx.Client, source: _Source, url: str) -> BinaryIO:
    """One page in a temporary file, so that a slow server never holds a database transaction open."""
    scheme = ""
    for _ in range(MOST_REDIRECTS + 1):
        source.check_time()
        scheme = _checked_scheme(url, scheme)
        try:
            with closing(_ask(client, source, url)) as answer:
                if answer.status_code in _REDIRECTS and "location" in answer.headers:
                    url = urljoin(url, answer.headers["location"])
                    continue
                return _saved(answer, source)
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


def _ask(client: httpx.Client, source: _Source, url: str) -> httpx.Response:
    asked = httpx.URL(url)
    address = _checked_address(asked.host, asked.port or (443 if asked.scheme == "https" else 80), source.allow_private)
    request = client.build_request(
        "GET",
        asked.copy_with(host=address),
        headers={**_HEADERS, "Host": asked.netloc.decode("ascii")},
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


def _saved(answer: httpx.Response, source: _Source) -> BinaryIO:
    if answer.status_code != 200:
        raise FeedStopped(f"The server answered {answer.status_code} instead of sending the feed.")
    if answer.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise FeedStopped("The server sent the feed compressed, although we asked it not to.")
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller reads it, then closes it
    try:
        for chunk in answer.iter_raw():
            source.count(chunk)
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file  # type: ignore[return-value]  # SpooledTemporaryFile is a binary file in all but its declared type
