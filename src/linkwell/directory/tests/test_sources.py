"""Whoever keeps the directory sees where it comes from, and what they put right stays right."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from linkwell.core.database import scoped
from linkwell.core.models import OutboxEvent
from linkwell.directory import actions, harvest, periodic, queries
from linkwell.directory.actions import links, sources
from linkwell.directory.models import FeedWords, ImportRun, LinkCheck, Service, Session, Source
from linkwell.directory.tests.samples import a_service, load, names
from linkwell.interop.openreferral import HELD_BACK, columns_from
from linkwell.kernel.errors import Conflict, NotAllowed, NotFound
from tests.place import Place, sign_in


class Feed:
    """A web server on this machine that gives one feed, marked with its version."""

    def __init__(self) -> None:
        self.services: list[Any] = [a_service(number) for number in range(12)]
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.command)
                mark = f'"{len(outer.services)}"'
                known = self.headers["If-None-Match"] == mark
                body = b"" if known else json.dumps(outer.services).encode()
                status = 404 if self.path == "/gone" else 304 if known else 200
                self.send_response(status)
                self.send_header("ETag", mark)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            do_HEAD = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.httpd.server_port}"
        threading.Thread(target=self.httpd.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def feed() -> Iterator[Feed]:
    found = Feed()
    yield found
    found.httpd.shutdown()
    found.httpd.server_close()


def only(place: Place, name: str = "Group 001") -> Service:
    with scoped(place.worker.scope):
        return Service.objects.get(name=name)


def change(place: Place, service_id: UUID, **given: Any) -> None:
    actions.change_listing(scope=place.administrator.scope, service_id=service_id, given=given, asked_by="Jean")


def test_what_somebody_put_right_outlives_the_next_reading(place: Place) -> None:
    load(place, [a_service(1, description="Old words", phone="")])
    change(place, only(place).pk, description="Tea in the garden room", cost="£2")
    load(place, [a_service(1, description="Old words", languages=[{"name": "Urdu"}])])
    after = only(place)
    assert (after.description, after.cost, after.languages) == ("Tea in the garden room", "£2", ["Urdu"])
    assert names(place, "garden") == ["Group 001"]
    assert not queries.differences(place.administrator.scope).rows


@pytest.mark.parametrize("take", [True, False])
def test_a_feed_that_says_something_new_is_a_choice_and_not_a_loss(place: Place, take: bool) -> None:
    load(place, [a_service(1, description="Old words")])
    change(place, only(place).pk, description="Ours")
    load(place, [a_service(1, description="New words")])
    (differs,) = queries.differences(place.administrator.scope).rows
    assert (differs.ours, differs.feed, differs.said_by) == ("Ours", "New words", "Jean")
    assert only(place).description == "Ours"
    actions.settle_difference(scope=place.administrator.scope, correction_id=differs.id, take=take)
    assert only(place).description == ("New words" if take else "Ours")
    with pytest.raises(Conflict):
        actions.settle_difference(scope=place.administrator.scope, correction_id=differs.id, take=take)
    load(place, [a_service(1, description="New words", languages=[{"name": "Urdu"}])])
    assert only(place).description == ("New words" if take else "Ours")
    assert not queries.differences(place.administrator.scope).rows


def test_each_field_knows_since_when_its_feed_has_said_so(place: Place) -> None:
    load(place, [a_service(1)])
    with scoped(place.administrator.scope):
        words = FeedWords.objects.get()
        words.since = dict.fromkeys(words.since, "2026-01-01")
        words.save()
    load(place, [a_service(1, description="New words")])
    with scoped(place.administrator.scope):
        since = FeedWords.objects.get().since
    assert since["name"] == "2026-01-01" != since["description"]


def test_a_time_that_did_not_change_keeps_what_hangs_on_it(place: Place) -> None:
    load(place, [a_service(1)])
    with scoped(place.worker.scope):
        before = Session.objects.get().pk
    load(place, [a_service(1, description="New words")])
    with scoped(place.worker.scope):
        assert Session.objects.get().pk == before


@pytest.mark.parametrize("show", [True, False])
def test_a_volunteers_own_number_is_seen_by_nobody_until_a_keeper_has_decided(place: Place, show: bool) -> None:
    words = "<p>Ring Jean Smith on 07700 900123, or the <b>hall</b>.</p>"
    load(place, [a_service(1, description=words)])
    row = only(place)
    for shown in (row.description, row.description_html):
        assert HELD_BACK in shown
        assert "07700" not in shown
        assert "Jean" not in shown
    assert names(place, "07700") == names(place, "jean") == []
    waiting = queries.held_back(place.administrator.scope).rows
    assert {each.kind for each in waiting} == {"mobile", "name"}
    for each in waiting:
        actions.decide_personal(scope=place.administrator.scope, detail_id=each.id, show=show)
    for again in (words, words + "<p>And cake.</p>"):
        load(place, [a_service(1, description=again)])
        assert ("Jean Smith on 07700 900123" in only(place).description) is show
        assert ("07700 900123" in only(place).description_html) is show
        assert not queries.held_back(place.administrator.scope).rows


def test_a_feed_is_fetched_when_due_and_not_sent_again_unchanged(place: Place, feed: Feed) -> None:
    scope = place.administrator.scope
    made = actions.add_source(scope=scope, name="Council", location=f"{feed.url}/services", every_hours=24)
    harvest.fetch(place.system, made, allow_private_addresses=True)
    assert len(names(place)) > 0
    harvest.fetch(place.system, made, allow_private_addresses=True)
    row = queries.source(scope, made)
    assert row.unchanged_at is not None
    assert row.listed == 12
    with scoped(scope):
        assert ImportRun.objects.count() == 1
        OutboxEvent.objects.all().delete()
        Source.objects.update(due_at="2026-01-01T00:00Z")
    periodic.fetch_what_is_due(place.system)
    periodic.fetch_what_is_due(place.system)
    with scoped(scope):
        assert OutboxEvent.objects.filter(event=sources.DUE).count() == 1


def test_a_held_reading_is_accepted_by_a_keeper_and_then_loaded(place: Place, feed: Feed) -> None:
    scope = place.administrator.scope
    made = actions.add_source(scope=scope, name="Council", location=feed.url, every_hours=None)
    harvest.fetch(place.system, made, allow_private_addresses=True)
    feed.services = feed.services[:3]
    harvest.fetch(place.system, made, allow_private_addresses=True)
    held = queries.source(scope, made)
    assert held.last_run is not None
    assert "lost 9 of 12" in held.last_run.held
    actions.fetch_now(scope=scope, source_id=made, accept_smaller=True)
    harvest.fetch(place.system, made, allow_private_addresses=True)
    assert queries.source(scope, made).listed == 3


@pytest.mark.fault("F27")
def test_a_feed_or_a_link_inside_the_network_is_never_fetched(place: Place, feed: Feed) -> None:
    made = actions.add_source(scope=place.administrator.scope, name="Inside", location=feed.url, every_hours=None)
    harvest.fetch(place.system, made)
    load(place, [a_service(1, url="http://127.0.0.1.example/x"), a_service(2)])
    with scoped(place.administrator.scope):
        Service.objects.filter(name="Group 001").update(url=feed.url)
    harvest.try_links(place.system)
    assert feed.asked == []
    row = queries.source(place.administrator.scope, made)
    assert row.last_run is not None
    assert not row.last_run.complete


def test_a_link_that_leads_nowhere_is_known_with_the_day(
    place: Place, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest, "REST_SECONDS", 0.0)
    load(place, [a_service(1), a_service(2)])
    with scoped(place.administrator.scope):
        Service.objects.filter(name="Group 001").update(url=f"{feed.url}/gone")
        Service.objects.filter(name="Group 002").update(url=f"{feed.url}/here")
    assert harvest.try_links(place.system, allow_private_addresses=True) == 2
    assert harvest.try_links(place.system, allow_private_addresses=True) == 0
    with scoped(place.administrator.scope):
        found = {each.service.name: (each.works, each.words) for each in LinkCheck.objects.select_related("service")}
    assert found == {"Group 001": (False, "The server answered 404."), "Group 002": (True, "")}
    assert not links.due(place.administrator.scope)
    page = sign_in(place.worker).get(f"/services/{only(place).pk}/").content.decode()
    assert "this link did not work on" in page


def test_columns_that_were_put_right_are_used_the_next_time(place: Place) -> None:
    table = b"Nummer;Bezeichnung;Ort\n1;Chor;ZW1 1AA\n"
    assert not load(place, table, source="Table").complete
    columns = columns_from({"services": {"id": ["Nummer"], "name": ["Bezeichnung"], "postcode": ["Ort"]}})
    actions.set_columns(scope=place.administrator.scope, source_name="Table", location="x", columns=columns)
    assert queries.plan_of(place.administrator.scope, "Table").columns == columns


def test_the_pages_of_the_keeper_lead_through_everything(place: Place) -> None:
    load(place, [a_service(1, description="Ring Jean on 07700 900123", assured_date="2999-01-01"), {"id": "x"}])
    change(place, only(place).pk, cost="£2")
    load(place, [a_service(1, fees="£3"), {"id": "x"}])
    client: Client = sign_in(place.administrator)
    page = client.get("/services/feeds/").content.decode()
    assert "Feed" in page
    with scoped(place.administrator.scope):
        source, run = Source.objects.get(), ImportRun.objects.order_by("created_at")[0]
    assert "Readings" in client.get(f"/services/feeds/{source.pk}/").content.decode()
    problems = client.get(f"/services/feeds/readings/{run.pk}/").content.decode()
    assert "It has no name" in problems
    assert "2999" in problems
    differs = client.get("/services/feeds/differences/").content.decode()
    assert "£2" in differs
    assert "£3" in differs
    assert "07700" in client.get("/services/feeds/held-back/").content.decode()
    added = client.post("/services/feeds/new/", {"name": "A", "location": "ftp://x", "every": "24"})
    assert added.status_code == 422
    assert client.post("/services/feeds/publish/", {"choice": "yes"}).status_code == 302
    assert queries.is_published(place.administrator.scope)
    assert client.get(f"/services/feeds/{source.pk}/columns/").status_code == 200


def test_another_organisation_and_a_worker_see_and_settle_nothing(place: Place) -> None:
    load(place, [a_service(1, description="Ring Jean on 07700 900123")])
    (detail, *_) = queries.held_back(place.administrator.scope).rows
    with pytest.raises(NotFound):
        actions.decide_personal(scope=place.stranger_lead.scope, detail_id=detail.id, show=True)
    with pytest.raises(NotAllowed):
        queries.held_back(place.worker.scope)
    assert not queries.held_back(place.stranger_lead.scope).rows
    assert sign_in(place.worker).get("/services/feeds/").status_code == 404
