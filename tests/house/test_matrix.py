"""Every route, by every role, in and outside the organisation. If this fails, somebody sees what is not theirs."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse

from linkwell.core.permissions import Permission, Role
from linkwell.core.routes import Open, declared_routes, guard_of
from tests.world import World

pytestmark = [pytest.mark.xdist_group("world"), pytest.mark.fault("F14")]
# The package's own pages: they belong to whoever signs in, not to an organisation.
SIGN_IN = re.compile(r"^(account_|mfa_|socialaccount_|openid_|old_|None$)")
ROLES = (
    Role.LINK_WORKER,
    Role.TEAM_LEAD,
    Role.SAFEGUARDING_LEAD,
    Role.ADMINISTRATOR,
    Role.REFERRER,
    Role.CLINICIAN,
)
# What differs between two answers to the same question: a time, a token, the address itself.
VARYING = re.compile(
    rb'(name="csrfmiddlewaretoken" value="[^"]*"|data-csrf="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|%2F|Printed by [^<]*)'
)


def our_routes() -> Iterator[tuple[str, URLPattern]]:
    for name, pattern in declared_routes():
        if not SIGN_IN.match(name):
            yield name, pattern


def address(world: World, name: str, pattern: URLPattern, *, absent: bool = False) -> str | None:
    """The route's address with ids of the world's own things; None where it holds no such thing."""
    names = list(pattern.pattern.converters)
    missing = [each for each in names if each not in world.ids]
    if missing:
        return None
    values = {each: str(uuid4()) if absent and each.endswith("_id") else world.ids[each] for each in names}
    return reverse(name, kwargs=values)


def needs_an_object(pattern: URLPattern) -> bool:
    return any(name.endswith("_id") for name in pattern.pattern.converters)


def both(client: Client, url: str) -> Iterator[HttpResponseBase]:
    yield client.get(url)
    yield client.post(url)


def test_the_world_holds_nearly_everything_an_address_can_name(world: World) -> None:
    unreached = sorted(name for name, pattern in our_routes() if address(world, name, pattern) is None)
    assert len(unreached) <= 6, f"Teach tests/world.py to make these: {unreached}"


def test_nobody_gets_in_without_signing_in(world: World) -> None:
    client = Client()
    for name, pattern in our_routes():
        url = address(world, name, pattern)
        if url is None or isinstance(guard_of(pattern), Open):
            continue
        for response in both(client, url):
            assert response.status_code == 302, name
            assert response.headers["Location"].startswith("/account/login/"), name


@pytest.mark.parametrize("role", ROLES)
def test_a_role_without_the_permission_finds_nothing(world: World, role: Role) -> None:
    client = world.client(world.members[role])
    for name, pattern in our_routes():
        allow = guard_of(pattern)
        url = address(world, name, pattern)
        if url is None or not isinstance(allow, Permission) or role in allow.roles:
            continue
        for response in both(client, url):
            assert response.status_code == 404, f"{role} at {name}"


def of_somebody(world: World, role: Role) -> Iterator[tuple[str, URLPattern, str]]:
    """Each route of the role that names a thing, with the address of one of the world's."""
    for name, pattern in our_routes():
        allow, url = guard_of(pattern), address(world, name, pattern)
        # A role that may not is turned away at home already, as the test above says.
        if url and needs_an_object(pattern) and isinstance(allow, Permission) and role in allow.roles:
            yield name, pattern, url


@pytest.mark.fault("F39")
@pytest.mark.parametrize("role", ROLES)
def test_a_stranger_with_the_same_role_finds_nothing(world: World, role: Role) -> None:
    """What is forbidden and what is not there look the same, to the byte."""
    client = world.client(world.strangers[role])
    for name, pattern, url in of_somebody(world, role):
        absent = address(world, name, pattern, absent=True)
        assert absent is not None
        first, second = client.get(url), client.get(absent)
        assert first.status_code in {404, 405}, name
        assert first.status_code == second.status_code, name
        assert VARYING.sub(b"", first.content) == VARYING.sub(b"", second.content), name
        assert client.post(url).status_code in {404, 405}, name
