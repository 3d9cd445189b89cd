"""One service in two feeds is one listing once a keeper says so, stays one, and can be taken apart again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from linkwell.core.database import scoped
from linkwell.directory import actions, queries
from linkwell.directory.actions.twice import look_for_twice
from linkwell.directory.models import Service, ServiceStatus, Source
from linkwell.directory.tests.samples import a_service, load, names
from linkwell.kernel.errors import Conflict, NotAllowed, NotFound
from tests.place import Place, sign_in

COUNCIL, CHARITY = "Council list", "Charity list"


def choir(**changes: Any) -> dict[str, Any]:
    said = {"id": "c1", "name": "The Sing Low Choir", "description": "Songs for all.", "fees": "£3"}
    return a_service(1) | said | {"phones": [{"number": "01632 960001"}], "email": "choir@example.org"} | changes


def same_choir(**changes: Any) -> dict[str, Any]:
    said = {"id": "x9", "name": "Sing Low Community Choir", "description": "We sing low.", "fees": "Free", "email": ""}
    return choir() | said | {"schedules": [{"freq": "WEEKLY", "byday": "TH", "opens_at": "19:00"}]} | changes


def both_feeds(place: Place) -> UUID:
    """The council's feed, then the charity's: the pair that was found."""
    load(place, [choir(), a_service(2)], source=COUNCIL)
    load(place, [same_choir(), a_service(3, name="Chess by the river", phones=[])], source=CHARITY)
    look(place)
    (pair,) = queries.listed_twice(place.administrator.scope).rows
    return pair.id


def look(place: Place) -> int:
    with scoped(place.administrator.scope):
        source = Source.objects.get(name=CHARITY)
    return look_for_twice(scope=place.administrator.scope, source_id=source.pk)


def row(place: Place, feed_id: str) -> Service:
    with scoped(place.worker.scope):
        return Service.objects.select_related("community_organisation").get(feed_id=feed_id)


def days(place: Place, service_id: UUID) -> list[int | None]:
    return [each.weekday for each in queries.service(place.worker.scope, service_id).sessions]


def test_what_two_feeds_both_list_is_offered_once_and_never_put_together_by_itself(place: Place) -> None:
    both_feeds(place)
    assert look(place) == 0
    assert len(names(place, "choir")) == 2
    (pair,) = queries.listed_twice(place.administrator.scope).rows
    assert pair.givers == (COUNCIL, CHARITY)
    assert "the same place" in pair.reasons


def test_made_one_it_is_found_once_with_the_words_that_were_chosen(place: Place) -> None:
    pair = both_feeds(place)
    kept = actions.make_one(scope=place.administrator.scope, pair_id=pair, taken=["cost", "where_when", "description"])
    assert names(place, "choir") == ["The Sing Low Choir"]
    listed = queries.service(place.worker.scope, kept)
    assert (listed.cost, listed.free, listed.description) == ("Free", True, "We sing low.")
    assert days(place, kept) == [3]
    assert names(place, "choir", free=True) == ["The Sing Low Choir"]
    other = row(place, "x9")
    assert (other.cost, other.status) == ("Free", ServiceStatus.ACTIVE)
    assert queries.service(place.worker.scope, other.pk).id == kept


def test_a_merged_listing_outlives_the_next_reading_of_both_feeds(place: Place) -> None:
    pair = both_feeds(place)
    kept = actions.make_one(scope=place.administrator.scope, pair_id=pair, taken=["cost", "where_when"])
    load(place, [choir(fees="£5", description="New songs."), a_service(2)], source=COUNCIL)
    load(place, [same_choir(fees="Free for all"), a_service(3, name="Chess by the river")], source=CHARITY)
    listed = queries.service(place.worker.scope, kept)
    assert (listed.cost, listed.description) == ("Free for all", "New songs.")
    assert days(place, kept) == [3]
    assert names(place, "choir") == ["The Sing Low Choir"]
    look(place)
    assert not queries.listed_twice(place.administrator.scope).rows


def test_taken_apart_each_says_again_what_its_own_feed_says(place: Place) -> None:
    pair = both_feeds(place)
    kept = actions.make_one(
        scope=place.administrator.scope, pair_id=pair, taken=["name", "who_runs", "cost", "where_when", "who_for"]
    )
    load(place, [choir(fees="£5"), a_service(2)], source=COUNCIL)
    actions.take_apart(scope=place.administrator.scope, pair_id=pair)
    assert sorted(names(place, "choir")) == ["Sing Low Community Choir", "The Sing Low Choir"]
    assert queries.service(place.worker.scope, kept).cost == "£5"
    assert days(place, kept) == [0]
    assert len(queries.listed_twice(place.administrator.scope).rows) == 1


def test_the_groups_own_word_counts_more_than_either_feed(place: Place) -> None:
    pair = both_feeds(place)
    admin = place.administrator.scope
    kept = actions.make_one(scope=admin, pair_id=pair, taken=["description"])
    # Whoever keeps the listing that is no longer shown keeps the one that is.
    said = {"description": "Come as you are."}
    actions.change_listing(scope=admin, service_id=row(place, "x9").pk, given=said, asked_by="Ruby")
    load(place, [same_choir(description="Something else."), a_service(3)], source=CHARITY)
    assert queries.service(place.worker.scope, kept).description == "Come as you are."
    actions.take_apart(scope=admin, pair_id=pair)
    assert queries.service(place.worker.scope, kept).description == "Come as you are."


def test_a_keeper_sees_who_said_each_line_and_since_when(place: Place) -> None:
    pair, admin = both_feeds(place), place.administrator.scope
    kept = actions.make_one(scope=admin, pair_id=pair, taken=["cost"])
    actions.change_listing(scope=admin, service_id=kept, given={"description": "Come."}, asked_by="Ruby")
    said = {each.label: each.by for each in queries.who_said(place.worker.scope, row(place, "x9").pk)}
    assert (said["Name"], said["Cost"], said["What it is"]) == (COUNCIL, CHARITY, "Ruby")
    assert "The first visit" not in said
    desk = sign_in(place.worker).get(f"/listing/desk/{kept}/").content.decode()
    assert CHARITY in desk[desk.index("Who said what") :]


def test_words_put_right_here_make_way_where_the_others_were_chosen_and_come_back(place: Place) -> None:
    admin = place.administrator.scope
    pair = both_feeds(place)
    actions.change_listing(scope=admin, service_id=row(place, "c1").pk, given={"cost": "£4"}, asked_by="Jean")
    kept = actions.make_one(scope=admin, pair_id=pair, taken=["cost"])
    load(place, [choir(fees="£6"), a_service(2)], source=COUNCIL)
    assert queries.service(place.worker.scope, kept).cost == "Free"
    actions.take_apart(scope=admin, pair_id=pair)
    assert queries.service(place.worker.scope, kept).cost == "£4"


def test_a_service_that_one_feed_drops_is_still_listed_by_the_other(place: Place) -> None:
    pair = both_feeds(place)
    kept = actions.make_one(scope=place.administrator.scope, pair_id=pair, taken=[])
    load(place, [a_service(2)], source=COUNCIL)
    assert names(place, "choir") == ["Sing Low Community Choir"]
    assert queries.service(place.worker.scope, kept).name == "Sing Low Community Choir"
    load(place, [choir(), a_service(2)], source=COUNCIL)
    assert names(place, "choir") == ["The Sing Low Choir"]
    assert queries.service(place.worker.scope, row(place, "x9").pk).id == kept


def test_three_feeds_may_list_one_service_and_limits_go_along(place: Place) -> None:
    admin = place.administrator.scope
    pair = both_feeds(place)
    actions.set_limits(
        scope=admin, service_id=row(place, "x9").pk, said=actions.LimitsSaid(a_week=2), set_by="Ruby, the choir"
    )
    first = actions.make_one(scope=admin, pair_id=pair, taken=["cost"])
    limits = queries.limits(place.worker.scope, first)
    assert limits is not None
    assert limits.a_week == 2
    load(place, [choir(id="third", name="Sing Low Choir", fees="50p")], source="Third list")
    look_for_twice(scope=admin, source_id=row(place, "third").source_id or UUID(int=0))
    (again,) = queries.listed_twice(admin).rows
    actions.make_one(scope=admin, pair_id=again.id, taken=["cost"])
    assert len(names(place, "choir")) == 1
    assert queries.service(place.worker.scope, row(place, "x9").pk).cost == "50p"
    load(place, [same_choir(fees="£9"), a_service(3)], source=CHARITY)
    assert queries.service(place.worker.scope, first).cost == "50p"
    actions.take_apart(scope=admin, pair_id=again.id)
    actions.take_apart(scope=admin, pair_id=pair)
    assert queries.service(place.worker.scope, first).cost == "£3"
    assert queries.limits(place.worker.scope, first) is None


def test_a_keeper_finds_the_other_listing_by_hand_where_no_rule_offered_it(place: Place) -> None:
    load(place, [choir()], source=COUNCIL)
    elsewhere = {"service_at_locations": [], "phones": [], "email": "low@example.org"}
    load(place, [a_service(5, id="low", name="Low voices", description="Songs for all.", **elsewhere)], source=CHARITY)
    assert look(place) == 0
    client, one, other = sign_in(place.administrator), row(place, "c1").pk, row(place, "low").pk
    page = f"/services/feeds/twice/with/{one}/"
    assert page in client.get(f"/services/{one}/").content.decode()
    assert page not in sign_in(place.worker).get(f"/services/{one}/").content.decode()
    assert "Low voices" in client.get(page, {"words": "low voices"}).content.decode()
    sent = client.post(page, {"other": other})
    assert "Somebody here chose these two" in client.get(sent["Location"]).content.decode()
    assert client.post(page, {"other": other})["Location"] == sent["Location"]
    pair = UUID(sent["Location"].split("/")[-2])
    kept = actions.make_one(scope=place.administrator.scope, pair_id=pair, taken=[])
    assert {queries.service(place.worker.scope, each).id for each in (one, other)} == {kept}
    assert client.post(page, {"other": other}).status_code == 409
    actions.take_apart(scope=place.administrator.scope, pair_id=pair)
    assert len(names(place, "choir voices")) == 2
    assert client.post(page, {"other": one}).status_code == 404
    assert client.post(page, {"other": "x"}).status_code == 404


def test_two_that_a_keeper_called_two_are_not_asked_about_again(place: Place) -> None:
    pair = both_feeds(place)
    actions.say_two(scope=place.administrator.scope, pair_id=pair)
    look(place)
    assert not queries.listed_twice(place.administrator.scope).rows
    with pytest.raises(Conflict):
        actions.make_one(scope=place.administrator.scope, pair_id=pair, taken=[])
    assert len(names(place, "choir")) == 2


def test_another_organisation_and_a_worker_decide_nothing(place: Place) -> None:
    pair = both_feeds(place)
    with pytest.raises(NotFound):
        actions.make_one(scope=place.stranger_lead.scope, pair_id=pair, taken=[])
    assert not queries.listed_twice(place.stranger_lead.scope).rows
    with pytest.raises(NotAllowed):
        actions.make_one(scope=place.worker.scope, pair_id=pair, taken=[])


def test_the_pages_show_both_side_by_side_and_take_every_decision(place: Place) -> None:
    pair = both_feeds(place)
    client = sign_in(place.administrator)
    assert "Listed twice?" in client.get("/services/feeds/").content.decode()
    assert "Sing Low Community Choir" in client.get("/services/feeds/twice/").content.decode()
    page = client.get(f"/services/feeds/twice/{pair}/").content.decode()
    assert all(each in page for each in ("£3", "Free", COUNCIL, CHARITY))
    assert client.post(f"/services/feeds/twice/{pair}/", {}).status_code == 422
    lines = ("name", "description", "where_when", "cost", "referral_email")
    chosen = {each: "other" if each == "cost" else "kept" for each in lines}
    assert client.post(f"/services/feeds/twice/{pair}/", chosen).status_code == 302
    assert names(place, "choir", free=True) == ["The Sing Low Choir"]
    assert client.post(f"/services/feeds/twice/{pair}/two/").status_code == 409
    assert "One listing" in client.get("/services/feeds/twice/decided/").content.decode()
    assert "Take it apart" in client.get(f"/services/feeds/twice/{pair}/").content.decode()
    other = row(place, "x9").pk
    assert "The Sing Low Choir" in client.get(f"/services/{other}/").content.decode()
    assert client.post(f"/services/feeds/twice/{pair}/apart/").status_code == 302
    assert client.post(f"/services/feeds/twice/{pair}/two/").status_code == 302
    assert len(names(place, "choir")) == 2
    assert sign_in(place.stranger_lead).get(f"/services/feeds/twice/{pair}/").status_code == 404
    assert sign_in(place.worker).get("/services/feeds/twice/").status_code == 404
