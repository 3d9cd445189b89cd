"""If these fail, somebody's story is used as they did not agree to, or tells who they are."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from linkwell.casework import queries as casework
from linkwell.casework.tests.helpers import supported
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.outcomes import actions, queries
from linkwell.outcomes.details import StoryRow, StoryWords
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.tasks.queries import team_tasks
from tests.place import Place, sign_in

WORDS = StoryWords("A table on Tuesdays", "Margaret", "I laugh again. I go every week.", ("volunteering",))


def begun(place: Place, story: StoryWords = WORDS) -> UUID:
    return actions.write_story(scope=place.worker.scope, case_id=supported(place), submission_key=uuid4(), story=story)


def seen(place: Place, story_id: UUID) -> StoryRow:
    return queries.story(place.worker.scope, story_id)


def agree(place: Place, story_id: UUID, **answers: bool) -> None:
    actions.record_story_consent(scope=place.worker.scope, story_id=story_id, answers=answers, how="spoken")


def checked(place: Place, **answers: bool) -> UUID:
    story_id = begun(place)
    agree(place, story_id, **(answers or {"public": True, "print": True}))
    actions.ask_for_check(scope=place.worker.scope, story_id=story_id, expected_version=1)
    actions.check_story(scope=place.colleague.scope, story_id=story_id, expected_version=2)
    return story_id


def shown(place: Place) -> list[str]:
    return [each.title for each in queries.public_stories(place.system)]


def test_a_story_is_shown_only_when_agreed_and_checked_by_another(place: Place) -> None:
    story_id = begun(place)
    with pytest.raises(Invalid, match="agreed to nothing"):
        actions.ask_for_check(scope=place.worker.scope, story_id=story_id, expected_version=1)
    agree(place, story_id, public=True)
    assert shown(place) == []
    actions.ask_for_check(scope=place.worker.scope, story_id=story_id, expected_version=1)
    assert shown(place) == []
    with pytest.raises(NotAllowed):
        actions.check_story(scope=place.worker.scope, story_id=story_id, expected_version=2)
    actions.check_story(scope=place.colleague.scope, story_id=story_id, expected_version=2)
    assert shown(place) == ["A table on Tuesdays"]
    assert seen(place, story_id).checked_by == "Priya Nair"


def test_what_the_page_shows_holds_nothing_of_the_person(place: Place) -> None:
    checked(place)
    (story,) = queries.public_stories(place.system)
    assert (story.called, story.words, story.tags) == ("Margaret", WORDS.words, ("volunteering",))
    assert not hasattr(story, "person_id")


def test_each_use_needs_its_own_yes_and_the_newest_answer_counts(place: Place) -> None:
    story_id = checked(place, print=True)
    assert shown(place) == []
    today = clock.today()
    copy: dict[str, Any] = {"scope": place.worker.scope, "story_id": story_id, "on": today}
    with pytest.raises(Invalid, match="did not agree"):
        actions.record_copy(**copy, use="social", place="Our page")
    actions.record_copy(**copy, use="print", place="Leaflet in the library")
    agree(place, story_id, print=False, public=True)
    assert shown(place) == ["A table on Tuesdays"]
    with pytest.raises(Invalid, match="did not agree"):
        actions.record_copy(**copy, use="print", place="Another leaflet")
    agree(place, story_id, public=False)
    assert shown(place) == []


def test_taken_back_it_is_gone_at_once_and_copies_that_are_out_are_listed(place: Place) -> None:
    story_id = checked(place)
    actions.record_copy(
        scope=place.worker.scope, story_id=story_id, use="print", on=clock.today(), place="Leaflet in the library"
    )
    client = sign_in(place.worker)
    where = reverse("outcomes:withdraw", args=[story_id])
    page = client.get(where).content.decode()
    assert "cannot be called back" in page
    assert "Leaflet in the library" in page
    done = client.post(where, {"version": "3", "reason": "She asked"}, follow=True).content.decode()
    assert "are out and cannot be recalled" in done
    assert shown(place) == []
    with pytest.raises(InvalidMove):
        actions.change_story(scope=place.worker.scope, story_id=story_id, expected_version=4, story=WORDS)
    with pytest.raises(InvalidMove):
        agree(place, story_id, public=True)


def test_other_words_are_checked_anew(place: Place) -> None:
    story_id = checked(place)
    actions.change_story(scope=place.worker.scope, story_id=story_id, expected_version=3, story=WORDS)
    assert shown(place) == []
    assert (seen(place, story_id).state, seen(place, story_id).checked_by) == ("draft", "")


def test_sent_back_with_what_has_to_be_changed(place: Place) -> None:
    story_id = begun(place)
    agree(place, story_id, public=True)
    actions.ask_for_check(scope=place.worker.scope, story_id=story_id, expected_version=1)
    (task,) = [row for row in team_tasks(place.colleague.scope, place.team_id) if row.kind == "check_story"]
    assert task.about_id == story_id
    client, where = sign_in(place.colleague), reverse("outcomes:check", args=[story_id])
    assert client.post(where, {"version": "2", "identity": "on"}).status_code == 422
    assert client.post(where, {"version": "2", "note": "Leave out the dog"}).status_code == 302
    assert "Leave out the dog" in client.get(reverse("outcomes:story", args=[story_id])).content.decode()
    assert [row for row in team_tasks(place.colleague.scope, place.team_id) if row.kind == "check_story"] == []
    assert sign_in(place.worker).get(where).status_code == 404


def test_words_that_may_tell_who_it_is_are_put_before_whoever_checks(place: Place) -> None:
    story_id = begun(place, StoryWords("Of one", "Margaret", "Joan is 83 and lives at ZW1 1AB since March.", ()))
    hints = queries.may_tell_who(place.colleague.scope, seen(place, story_id))
    assert set(hints) == {"Joan", "83", "ZW1 1AB", "March"}


@pytest.mark.parametrize("called", ["Joan", "joan of old", " "])
def test_nobody_is_called_by_their_own_name(place: Place, called: str) -> None:
    with pytest.raises(Invalid):
        begun(place, StoryWords("Title", called, "Words", ()))


@pytest.mark.fault("F17")
def test_a_hidden_persons_story_stays_inside(place: Place) -> None:
    story_id = begun(place)
    people.restrict_person(
        scope=place.safeguarding_lead.scope, person_id=seen(place, story_id).person_id, restricted=True, reason="Court"
    )
    with pytest.raises(Invalid, match="stays inside"):
        agree(place, story_id, public=True)
    agree(place, story_id, team=True)


def test_after_a_death_it_is_not_shown(place: Place) -> None:
    story_id = checked(place)
    person_id = seen(place, story_id).person_id
    people.record_death(scope=place.worker.scope, person_id=person_id, details=DeathDetails(confirmed=True))
    assert shown(place) == []


def test_a_story_from_first_word_to_use_through_the_pages(place: Place) -> None:
    case_id = supported(place)
    client = sign_in(place.worker)
    typed = {"submission_key": str(uuid4()), "title": "T", "called": "Margaret", "words": "W"}
    answer = client.post(reverse("outcomes:write_story", args=[case_id]), typed)
    assert answer.status_code == 302
    (row,) = queries.stories_of_case(place.worker.scope, case_id)
    uses = {"how": "written", "public": "yes", "print": "no", "team": "ask", "training": "ask", "social": "ask"}
    assert client.post(reverse("outcomes:agreed", args=[row.id]), uses).status_code == 302
    assert {each.use: each.agreed for each in seen(place, row.id).consents} == {
        "team": None,
        "training": None,
        "public": True,
        "print": False,
        "social": None,
    }
    client.post(reverse("outcomes:ask_check", args=[row.id]))
    other = sign_in(place.colleague)
    assert "T" in other.get(reverse("outcomes:to_check")).content.decode()
    both = {"version": "2", "identity": "on", "safety": "on"}
    assert other.post(reverse("outcomes:check", args=[row.id]), both).status_code == 302
    today = clock.today()
    sent = {"use": "public", "place": "Our page", "on_day": today.day, "on_month": today.month, "on_year": today.year}
    assert client.post(reverse("outcomes:used", args=[row.id]), sent).status_code == 302
    assert "Our page" in client.get(reverse("outcomes:story", args=[row.id])).content.decode()


def test_the_copy_of_somebodys_record_has_their_story(place: Place) -> None:
    story_id = checked(place, print=True)
    where = reverse("journey:record", args=[seen(place, story_id).person_id])
    copy = sign_in(place.worker).get(where).content.decode()
    assert f"{WORDS.words} May be printed." in copy


def test_a_stranger_finds_no_story(place: Place) -> None:
    story_id = checked(place)
    with pytest.raises(NotFound):
        queries.story(place.stranger.scope, story_id)
    assert queries.public_stories(place.stranger.scope) == ()
    with pytest.raises((NotFound, Conflict)):
        actions.withdraw_story(scope=place.stranger.scope, story_id=story_id, expected_version=3, reason="Mine")
    client = sign_in(place.stranger)
    names = ("story", "change_story", "agreed", "check", "used", "withdraw")
    assert {client.get(reverse(f"outcomes:{name}", args=[story_id])).status_code for name in names} == {404}
    case_id = casework.case_row(place.worker.scope, seen(place, story_id).case_id).id
    assert client.get(reverse("outcomes:stories", args=[case_id])).status_code == 404
