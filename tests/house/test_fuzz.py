"""If these fail, something somebody types breaks a page. `make prove` sends tens of thousands more."""

import pytest
from django.test import Client

from linkwell.core.permissions import Permission, Role
from linkwell.core.routes import guard_of
from tests.house.test_matrix import ROLES, address, our_routes
from tests.prove.copies import copied
from tests.prove.fuzz import Fuzz
from tests.world import World

pytestmark = pytest.mark.xdist_group("world")
SEED = 2026
TRIES = 120


@pytest.mark.fault("F40")
@pytest.mark.fault("F26")
def test_nothing_that_can_be_sent_breaks_a_page(world: World) -> None:
    print(f"seed {SEED}")  # noqa: T201
    with copied(world):
        result = Fuzz(world, SEED).run(TRIES)
    assert not result.findings, "\n\n".join(f"{each.role}: {each.request}\n{each.wrong}" for each in result.findings)
    assert result.tries == TRIES
    # Had most been turned away at the door, nothing would have been tried.
    assert result.statuses[200] + result.statuses[302] + result.statuses[303] > TRIES // 3


@pytest.mark.fault("F22")
def test_no_form_is_taken_without_its_token(world: World) -> None:
    tried: set[str] = set()
    with copied(world):
        for role in ROLES:
            client = Client(enforce_csrf_checks=True)
            client.cookies = world.client(world.members[role]).cookies
            for name, pattern in our_routes():
                allow = guard_of(pattern)
                url = address(world, name, pattern)
                if name not in tried and url is not None and isinstance(allow, Permission) and role in allow.roles:
                    tried.add(name)
                    assert client.post(url, {"x": "1"}).status_code == 403, name
    assert len(tried) > 200


@pytest.mark.fault("F21")
def test_an_unknown_host_is_answered_with_nothing(world: World) -> None:
    client = world.client(world.members[Role.LINK_WORKER])
    for host in ("localhost.elsewhere.example", "testserver:80@elsewhere.example"):
        assert client.get("/", headers={"host": host}).status_code == 400, host
    for name, pattern in our_routes():
        url = address(world, name, pattern)
        if url is not None:
            assert client.get(url, headers={"host": "elsewhere.example"}).status_code == 400, name
