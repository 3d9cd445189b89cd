"""Sends every address what nobody should send, from a seed, and keeps what was answered badly.

A finding is an answer of 500 or above, a stack trace on a page, or an exception that left the program.
The same seed and number of tries on the same database send the same requests.
"""

import random
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from bs4 import BeautifulSoup, Tag
from django.core.signals import got_request_exception
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse
from django.urls.converters import UUIDConverter

from linkwell.core.permissions import Permission, Role
from linkwell.core.routes import Open, declared_routes, guard_of
from tests.prove import hostile
from tests.world import World

# Nobody could go on signed in after these.
LEFT_OUT = frozenset({"account_logout"})
# Addresses of a package that cannot be made from its routes' own names.
ODD_ADDRESSES = {
    "account_reset_password_from_key": "/account/password/reset/key/1-{}/",
    "account_confirm_email": "/account/confirm-email/{}/",
    "openid_connect_login": "/account/oidc/{}/login/",
    "openid_connect_callback": "/account/oidc/{}/login/callback/",
    "mfa_edit_webauthn": "/account/2fa/webauthn/keys/1/edit/?{}",
    "mfa_remove_webauthn": "/account/2fa/webauthn/keys/1/remove/?{}",
    "None": "/account/social/signup/",
}
TRACE = b"Traceback (most recent call last)"
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE")


@dataclass(frozen=True, slots=True)
class Finding:
    """One bad answer: what was asked, by whom, and what went wrong."""

    route: str
    role: str
    request: str
    wrong: str


@dataclass
class Fuzzed:
    """What a run came to."""

    seed: int
    tries: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form as the page offers it: its name and the values it could have."""

    name: str
    values: tuple[str, ...]


class Fuzz:
    """One run over one world."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, random.Random(seed)
        self.result = Fuzzed(seed)
        self.known = sorted(each for each in world.ids.values())
        self.clients: dict[str, Client] = {}
        self.forms: dict[tuple[str, str], list[Field]] = {}
        self.error = ""

    def run(self, tries: int) -> Fuzzed:
        """Send `tries` requests, every route in turn. Signs in anew, so call it again after the database is copied."""
        members = {str(role): member for role, member in self.world.members.items()}
        members |= {f"other {role}": self.world.strangers[role] for role in (Role.TEAM_LEAD, Role.REFERRER)}
        self.clients = {name: self.world.client(member) for name, member in members.items()}
        self.clients["nobody"] = Client()
        for client in self.clients.values():
            client.raise_request_exception = False
        got_request_exception.connect(self._keep_error)
        try:
            for name, pattern in self._routes(tries):
                self._one(name, pattern)
        finally:
            got_request_exception.disconnect(self._keep_error)
        return self.result

    def _routes(self, tries: int) -> Iterator[tuple[str, URLPattern]]:
        routes = [(name, pattern) for name, pattern in _all_routes() if name not in LEFT_OUT]
        sent = 0
        while True:
            self.chance.shuffle(routes)
            for each in routes:
                if sent == tries:
                    return
                sent += 1
                yield each

    def _one(self, name: str, pattern: URLPattern) -> None:
        role = self._role(pattern)
        client = self.clients[role]
        url = self._address(name, pattern)
        self.error = ""
        words = ""
        try:
            words, response = self._send(client, name, role, url)
        except Exception:
            self._found(name, role, words or url, traceback.format_exc()[-1500:])
            return
        self._judge(name, role, words, response)

    def _judge(self, name: str, role: str, words: str, response: HttpResponseBase) -> None:
        self.result.tries += 1
        self.result.statuses[response.status_code] += 1
        self.result.routes.add(name)
        content = b"".join(response) if response.streaming else getattr(response, "content", b"")
        if response.status_code >= 500:
            self._found(name, role, words, self.error or f"answered {response.status_code}")
        elif TRACE in content:
            self._found(name, role, words, "a stack trace on the page")

    def _found(self, name: str, role: str, words: str, wrong: str) -> None:
        self.result.findings.append(Finding(name, role, words[:600], wrong))

    def _keep_error(self, **_: object) -> None:
        self.error = traceback.format_exc()[-1500:]

    def _role(self, pattern: URLPattern) -> str:
        """Mostly somebody whom the route lets in, or nothing much would be tried."""
        allow = guard_of(pattern)
        allowed = [str(role) for role in self.world.members if isinstance(allow, Permission) and role in allow.roles]
        if isinstance(allow, Open):
            allowed = ["nobody", "nobody", str(Role.LINK_WORKER)]
        if allowed and self.chance.random() < 0.9:
            return self.chance.choice(allowed)
        return self.chance.choice(sorted(self.clients))

    def _address(self, name: str, pattern: URLPattern) -> str:
        converters = getattr(pattern.pattern, "converters", {})
        values: dict[str, str] = {}
        for each, converter in converters.items():
            known = self.world.ids.get(each)
            if known is None or self.chance.random() < 0.05:
                takes_ids = isinstance(converter, UUIDConverter)
                values[each] = str(hostile.random_id(self.chance)) if takes_ids else "wrong-" + "x" * 20
            else:
                values[each] = known
        if name in ODD_ADDRESSES:
            return ODD_ADDRESSES[name].format(self._junk_path())
        url = reverse(name, kwargs=values)
        return url + self._junk_path() if self.chance.random() < 0.02 else url

    def _junk_path(self) -> str:
        return quote(hostile.value(self.chance, "", self.known)[:500], safe="")

    def _send(self, client: Client, name: str, role: str, url: str) -> tuple[str, HttpResponseBase]:
        headers = self._headers()
        kind = self.chance.random()
        if kind < 0.33:
            query = self._query(self._fields(client, name, role, url))
            return f"GET {url}?{query}", client.generic("GET", url, QUERY_STRING=query, **headers)
        if kind < 0.90:
            content = self._query(self._fields(client, name, role, url))
            form = "application/x-www-form-urlencoded"
            return f"POST {url} {content}", client.generic("POST", url, content, form, **headers)
        if kind < 0.97:
            junk, content_type = hostile.body(self.chance)
            return f"POST {url} as {content_type!r}: {junk[:200]!r}", client.generic(
                "POST", url, junk, content_type, **headers
            )
        method = self.chance.choice(METHODS)
        return f"{method} {url}", client.generic(method, url, b"x", **headers)

    def _headers(self) -> dict[str, Any]:
        # Each from another computer, so that limits on askings are met now and then and not always.
        headers: dict[str, Any] = {"REMOTE_ADDR": f"10.0.{self.chance.randrange(250)}.{self.chance.randrange(250)}"}
        if self.chance.random() < 0.2:
            headers["HTTP_HX_REQUEST"] = "true"
        if self.chance.random() < 0.05:
            names = ("HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR", "HTTP_ACCEPT")
            headers[self.chance.choice(names)] = hostile.value(self.chance, "", self.known)[:4000]
        if self.chance.random() < 0.02:
            headers["HTTP_HOST"] = self.chance.choice(("elsewhere.example", "localhost:99999", "x y", "'", "[::1"))
        return headers

    def _fields(self, client: Client, name: str, role: str, url: str) -> list[Field]:
        """The fields of the page's own forms, read once for each route and role."""
        key = (name, role)
        if key not in self.forms:
            response = client.get(url)
            page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
            self.forms[key] = list(_fields_of(getattr(response, "content", b""))) if page else []
        return self.forms[key]

    def _query(self, fields: list[Field]) -> str:
        pairs = []
        # Some requests are right but for one value, so that what lies behind the form is reached as well.
        wrong = self.chance.choice((0.0, 0.1, 0.1, 0.5, 1.0))
        for each in fields:
            if self.chance.random() < 0.05:
                continue
            pairs.append((each.name, self._value(each, wrong)))
            if self.chance.random() < 0.05:
                pairs.append((each.name, self._value(each, 1.0)))
        for _ in range(self.chance.choice((0, 0, 1, 3))):
            extra = self.chance.choice(
                ("page", "q", "next", "state", "id", "sort", "postcode", "about", "x[]", "__proto__")
            )
            pairs.append((extra, hostile.value(self.chance, extra, self.known)))
        return urlencode(pairs)

    def _value(self, each: Field, wrong: float) -> str:
        if self.chance.random() < wrong:
            return hostile.value(self.chance, each.name, self.known)
        return self.chance.choice(each.values) if each.values else self._likely(each.name)

    def _likely(self, name: str) -> str:
        likely = {"day": "12", "month": "3", "year": "1951", "phone": "01632 960111", "email": "a@example.org"}
        likely |= {"postcode": "ZE1 0AA", "date": "2026-03-12", "on": "2026-03-12", "time": "10:30", "minutes": "30"}
        found = next((given for end, given in likely.items() if name.endswith(end)), None)
        return found or self.chance.choice(("Words somebody might write", "7", ""))


def _all_routes() -> list[tuple[str, URLPattern]]:
    """Every route once; the sign-in pages have a few under two addresses."""
    return sorted(dict(declared_routes()).items())


def _fields_of(content: bytes) -> Iterator[Field]:
    page = BeautifulSoup(content, "html.parser")
    found: dict[str, list[str]] = {}
    for each in page.select("form input[name], form textarea[name], form select[name], form button[name]"):
        found.setdefault(str(each["name"]), []).extend(_values(each))
    for name, values in found.items():
        if name != "csrfmiddlewaretoken":
            yield Field(name, tuple(value for value in values if value))


def _values(each: Tag) -> list[str]:
    if each.name == "select":
        return [str(option.get("value", option.text)) for option in each.select("option")]
    if each.name == "textarea":
        return [each.text]
    return [str(each.get("value", ""))]
