"""If these fail, a file taken out of Linkwell does something when it is opened."""

import io
import json

import pikepdf
import pytest

from linkwell.core.permissions import Permission
from linkwell.core.routes import guard_of
from tests.house.canaries import said
from tests.house.test_matrix import address, our_routes
from tests.world import World

pytestmark = [pytest.mark.xdist_group("world"), pytest.mark.fault("F23")]
# A table that a spreadsheet opens must go through `kernel.csv_safe`; so far no route gives one out.
KINDS = {"text/html; charset=utf-8", "application/pdf", "application/json", "text/plain; charset=utf-8"}
ACTS = ("/OpenAction", "/AA", "/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/SubmitForm", "/XFA")


def test_every_route_gives_a_page_a_document_or_data_and_nothing_that_runs(world: World) -> None:
    given: dict[str, int] = {}
    for role, member in world.members.items():
        client = world.client(member)
        for name, pattern in our_routes():
            allow, url = guard_of(pattern), address(world, name, pattern)
            if url is None or not isinstance(allow, Permission) or role not in allow.roles:
                continue
            response = client.get(url)
            kind = response.headers.get("Content-Type", "")
            if response.status_code != 200:
                continue
            assert kind in KINDS, f"{name} gives out {kind}"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            given[kind] = given.get(kind, 0) + 1
            if kind == "application/json":
                json.loads(said(response))
            if kind == "application/pdf":
                _does_nothing(response.content)
    assert given["application/pdf"]
    assert given["application/json"]


def _does_nothing(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as document:
        found = {
            key
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary)
            for key in each.keys()  # noqa: SIM118 (a pikepdf dictionary is not a Python one)
        }
    assert found.isdisjoint(ACTS)
