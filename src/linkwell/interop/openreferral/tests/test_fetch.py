"""A feed address is typed by a person: it may lead anywhere, and must not lead inside."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from linkwell.interop.openreferral import Rejected, ServiceRecord, read_url
from linkwell.interop.openreferral.fetch import Limits
from linkwell.interop.openreferral.tests.samples import CHOIR, OLD_LAYOUT

Answer = tuple[int, dict[str, str], bytes]


class Server:
    """A web server on this machine that answers as the test says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Callable[[str], Answer] = lambda path: (200, {}, json.dumps([CHOIR]).encode())
        self.asked: list[tuple[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, self.headers["Host"]))
                status, headers, body = outer.answer(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.httpd.server_port}"
        threading.Thread(target=self.httpd.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.httpd.shutdown()
    found.httpd.server_close()


def reason(url: str, **options: Any) -> str:
    (only,) = list(read_url(url, **options))
    assert isinstance(only, Rejected)
    return only.reason


def test_a_feed_is_read_from_its_address(server: Server) -> None:
    found = read_url(f"{server.url}/services", allow_private_addresses=True)
    assert [each.name for each in found if isinstance(each, ServiceRecord)] == ["Monday choir"]
    assert found.complete


@pytest.mark.parametrize("name", ["total_pages", "totalPages"])
def test_every_page_of_a_feed_is_followed(server: Server, name: str) -> None:
    def answer(path: str) -> Answer:
        page = int(parse_qs(urlsplit(path).query).get("page", ["1"])[0])
        return 200, {}, json.dumps({name: 3, "contents": [CHOIR | {"id": f"p{page}"}]}).encode()

    server.answer = answer
    found = read_url(f"{server.url}/services?per_page=1&page=1", allow_private_addresses=True)
    assert [each.id for each in found] == ["p1", "p2", "p3"]
    assert [path for path, _ in server.asked][1:] == ["/services?per_page=1&page=2", "/services?per_page=1&page=3"]


def test_a_page_that_fails_half_way_leaves_the_feed_incomplete(server: Server) -> None:
    def answer(path: str) -> Answer:
        if "page=2" in path:
            return 500, {}, b""
        return 200, {}, json.dumps({"total_pages": 2, "contents": [CHOIR, OLD_LAYOUT]}).encode()

    server.answer = answer
    found = read_url(server.url, allow_private_addresses=True)
    *records, last = list(found)
    assert len(records) == 2
    assert isinstance(last, Rejected)
    assert "500" in last.reason
    assert not found.complete


@pytest.mark.fault("F27")
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "0.0.0.0", "[::1]",  # noqa: S104
        "[::ffff:127.0.0.1]", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "2130706433",
        "0x7f.1", "100.64.0.1", "224.0.0.1",
    ],
)  # fmt: skip
def test_an_address_inside_a_private_network_is_never_read(host: str) -> None:
    assert "private network" in reason(f"http://{host}:9/feed") or "no server" in reason(f"http://{host}:9/feed")


@pytest.mark.fault("F27")
def test_a_public_name_that_points_inside_is_refused(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        return [(0, 0, 0, "", ("93.184.216.34", port)), (0, 0, 0, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert "private network" in reason(server.url.replace("127.0.0.1", "feed.example.org"))
    assert server.asked == []


@pytest.mark.fault("F27")
def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """A name that answers differently the second time (rebinding) gains nothing: it is asked once."""
    real = socket.getaddrinfo
    names: list[str] = []

    def look_up(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        names.append(host if isinstance(host, str) else host.decode())
        return real("127.0.0.1", port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    port = server.httpd.server_port
    assert len(list(read_url(f"http://feed.example.org:{port}/x", allow_private_addresses=True))) == 1
    assert names.count("feed.example.org") == 1
    assert server.asked == [("/x", f"feed.example.org:{port}")]


@pytest.mark.fault("F27")
@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://x",
        "//example.org",
        "",
        "http://",
        "http://[::1",
        "http://a:b:c",
    ],
)
def test_only_web_addresses_are_read(address: str) -> None:
    assert "web address" in reason(address)


def test_a_password_in_the_address_is_refused() -> None:
    assert "password" in reason("https://me:secret@example.org/feed")


def test_a_redirect_is_followed_and_checked_again(server: Server) -> None:
    server.answer = lambda path: (
        (200, {}, json.dumps([CHOIR]).encode()) if path == "/new" else (302, {"Location": "/new"}, b"")
    )
    assert len(list(read_url(server.url + "/old", allow_private_addresses=True))) == 1
    assert [path for path, _ in server.asked] == ["/old", "/new"]


@pytest.mark.fault("F27")
@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("https://example.org/", "sends us on from http to https"),
        ("http://u:p@127.0.0.1/", "password"),
        ("file:///etc/passwd", "web address"),
    ],
)
def test_a_redirect_cannot_change_the_rules(server: Server, target: str, words: str) -> None:
    server.answer = lambda path: (302, {"Location": target}, b"")
    assert words in reason(server.url, allow_private_addresses=True)


def test_redirects_in_a_circle_end(server: Server) -> None:
    server.answer = lambda path: (302, {"Location": "/again"}, b"")
    assert "too many times" in reason(server.url, allow_private_addresses=True)
    assert len(server.asked) == 4


@pytest.mark.fault("F25")
def test_a_feed_beyond_the_size_limit_is_given_up(server: Server) -> None:
    server.answer = lambda path: (200, {}, b"[" + b" " * 3_000_000 + b"]")
    assert "larger than 1 MB" in reason(server.url, allow_private_addresses=True, limits=Limits(most_bytes=1_000_000))


@pytest.mark.fault("F25")
def test_a_compressed_answer_is_refused_not_unpacked(server: Server) -> None:
    server.answer = lambda path: (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b")
    assert "compressed" in reason(server.url, allow_private_addresses=True)


@pytest.mark.fault("F25")
def test_a_feed_with_pages_without_end_is_given_up(server: Server) -> None:
    server.answer = lambda path: (200, {}, b'{"total_pages": 1000000, "contents": []}')
    assert "more than 3 pages" in reason(server.url, allow_private_addresses=True, limits=Limits(most_pages=3))


def test_a_slow_feed_is_given_up(server: Server) -> None:
    def slow(path: str) -> Answer:
        time.sleep(0.2)
        return 200, {}, b'{"total_pages": 50, "contents": []}'

    server.answer = slow
    assert "too long" in reason(server.url, allow_private_addresses=True, limits=Limits(most_seconds=0.3))


def test_a_server_that_is_not_there_is_said_plainly() -> None:
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
    assert "could not get the feed" in reason(f"http://127.0.0.1:{port}/", allow_private_addresses=True)
