"""If these fail, a group whose feed lists only names comes in without times and places, or its server is pestered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from linkwell.interop.openreferral import Rejected, ServiceRecord, read_url
from linkwell.interop.openreferral.fetch import Limits
from linkwell.interop.openreferral.tests.samples import CHOIR
from linkwell.interop.openreferral.tests.test_fetch import Answer, Server

QUICK = Limits(rest_seconds=0)


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.httpd.shutdown()
    found.httpd.server_close()


def summaries(*ids: str, pages: int = 1, gone: str = "", broken: str = "") -> Callable[[str], Answer]:
    """A feed of the standard: a list of summaries, and each service at its own address."""

    def answer(path: str) -> Answer:
        parts = urlsplit(path)
        last = parts.path.rsplit("/", 1)[-1]
        if last == "services":
            page = 2 if "page=2" in parts.query else 1
            own = [each for number, each in enumerate(ids) if number % pages == page - 1]
            listed = [{"id": each, "name": f"Summary {each}", "status": "active"} for each in own]
            return 200, {}, json.dumps({"total_pages": pages, "contents": listed}).encode()
        if last == gone:
            return 404, {}, b""
        if last == broken:
            return 500, {}, b""
        return 200, {}, json.dumps(CHOIR | {"id": last.replace("%2F", "/"), "name": f"Whole {last}"}).encode()

    return answer


def read(server: Server, limits: Limits = QUICK) -> tuple[list[Any], bool]:
    found = read_url(f"{server.url}/v3/services?area=x", allow_private_addresses=True, limits=limits)
    return list(found), found.complete


def test_each_service_of_a_list_of_summaries_is_asked_for_on_its_own(server: Server) -> None:
    server.answer = summaries("a", "b", "c", pages=2)
    found, complete = read(server)
    assert sorted(each.name for each in found) == ["Whole a", "Whole b", "Whole c"]
    assert complete
    assert [path for path, _ in server.asked] == [
        "/v3/services?area=x", "/v3/services?area=x&page=2", "/v3/services/a", "/v3/services/c", "/v3/services/b",
    ]  # fmt: skip


def test_a_list_of_whole_records_is_not_asked_for_again(server: Server) -> None:
    server.answer = lambda path: (200, {}, json.dumps({"contents": [{"id": "x", "name": "X"}, CHOIR]}).encode())
    found, _ = read(server)
    assert len(found) == 2
    assert len(server.asked) == 1


def test_a_service_that_is_gone_stays_as_its_summary_and_one_that_fails_leaves_the_feed_incomplete(
    server: Server,
) -> None:
    server.answer = summaries("a", "b", gone="a")
    found, complete = read(server)
    assert ([each.name for each in found], complete) == (["Summary a", "Whole b"], True)
    server.answer = summaries("a", "b", broken="b")
    found, complete = read(server)
    assert not complete
    assert [each.name for each in found[:-1]] == ["Whole a"]
    assert isinstance(found[-1], Rejected)


@pytest.mark.fault("F27")
def test_an_identifier_cannot_lead_elsewhere(server: Server) -> None:
    server.answer = summaries("../../admin?x=1#y", "//evil.example")
    read(server)
    paths = [path for path, _ in server.asked][1:]
    assert paths == ["/v3/services/..%2F..%2Fadmin%3Fx%3D1%23y", "/v3/services/%2F%2Fevil.example"]


@pytest.mark.fault("F25")
def test_a_list_without_end_is_followed_only_so_far(server: Server) -> None:
    server.answer = summaries(*map(str, range(40)))
    found, complete = read(server, Limits(rest_seconds=0, most_details=5))
    assert not complete
    assert len(server.asked) == 6
    assert isinstance(found[-1], Rejected)


def test_the_server_has_a_rest_between_two_services(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr("linkwell.interop.openreferral.fetch.time.sleep", rests.append)
    server.answer = summaries("a", "b")
    found, _ = read(server, Limits(rest_seconds=0.5))
    assert rests == [0.5, 0.5]
    assert all(isinstance(each, ServiceRecord) for each in found)
