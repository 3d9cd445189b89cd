"""If these fail, somebody is not understood, or a relative speaks for them where it may be the relative they fear."""

from typing import Any
from uuid import UUID

import pytest

from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.kernel.ids import new_id
from linkwell.people import actions, queries
from linkwell.people.access import AccessWords
from linkwell.people.details import ConcernDetails
from linkwell.people.tests.people import dot
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
ARABIC = AccessWords(
    language="Arabic", dialect="Sudanese", interpreter="spoken", interpreter_gender="woman", reading="large"
)


@pytest.fixture
def person(place: Place) -> UUID:
    person_id = dot(place.worker.scope)
    actions.record_access(scope=place.worker.scope, person_id=person_id, expected_version=0, access=ARABIC)
    return person_id


def test_everyone_who_meets_them_sees_what_they_need(place: Place, person: UUID) -> None:
    needs = queries.banner(place.worker.scope, person).requirements
    assert needs == ("Interpreter: Arabic (Sudanese), a woman", "Large print")


def test_what_is_no_longer_so_is_no_longer_said(place: Place, person: UUID) -> None:
    scope = place.worker.scope
    sign = AccessWords(interpreter="sign", sign_language="bsl", reading="easy_read", adjustments="A quiet room")
    actions.record_access(scope=scope, person_id=person, expected_version=1, access=sign)
    needs = queries.banner(scope, person).requirements
    assert needs == ("Interpreter: British Sign Language (BSL)", "Easy read", "A quiet room")
    actions.record_access(scope=scope, person_id=person, expected_version=2, access=AccessWords())
    assert queries.banner(scope, person).requirements == ()


def test_a_need_a_referrer_told_us_is_replaced_by_what_the_person_says(place: Place) -> None:
    scope = place.worker.scope
    person_id = dot(scope)
    actions.add_requirement(
        scope=scope, person_id=person_id, kind="interpreter", detail="Needs an interpreter (Arabic)"
    )
    assert queries.interpreter_for(scope, person_id) == "Needs an interpreter (Arabic)"
    actions.record_access(scope=scope, person_id=person_id, expected_version=0, access=ARABIC)
    assert queries.interpreter_for(scope, person_id) == "Interpreter: Arabic (Sudanese), a woman"


def test_an_interpreter_without_a_language_is_asked_about(place: Place) -> None:
    scope = place.worker.scope
    person_id = dot(scope)
    for given, where in (
        (AccessWords(interpreter="spoken"), "language"),
        (AccessWords(interpreter="sign"), "sign_language"),
        (AccessWords(interpreter="other"), "information"),
        (AccessWords(reading="nonsense"), "reading"),
    ):
        with pytest.raises(Invalid) as found:
            actions.record_access(scope=scope, person_id=person_id, expected_version=0, access=given)
        assert where in found.value.by_field


@pytest.mark.fault("F33")
def test_the_second_to_change_it_is_told(place: Place, person: UUID) -> None:
    with pytest.raises(Conflict):
        actions.record_access(scope=place.colleague.scope, person_id=person, expected_version=0, access=ARABIC)


@pytest.mark.fault("F14")
def test_a_stranger_reads_and_changes_nothing_of_it(place: Place, person: UUID) -> None:
    assert queries.access(place.stranger.scope, person).version == 0
    with pytest.raises(NotFound):
        actions.record_access(scope=place.stranger.scope, person_id=person, expected_version=0, access=ARABIC)


def agree(scope: Scope, person_id: UUID, **more: str) -> None:
    given: dict[str, Any] = {"how": "spoken", **more}
    actions.record_agreement(scope=scope, person_id=person_id, subject="tell_gp", answer="agreed", **given)


def interpreted(scope: Scope, person_id: UUID, by: str) -> None:
    actions.record_interpreted(
        scope=scope, person_id=person_id, interaction_id=new_id(), happened_at=clock.now(), by=by
    )


def test_a_yes_through_a_relative_is_not_taken(place: Place, person: UUID) -> None:
    scope = place.worker.scope
    with pytest.raises(Invalid, match="Ask them again with an interpreter"):
        agree(scope, person, interpreted_by="relative")
    agree(scope, person, interpreted_by="professional")
    assert queries.agreement(scope, person, "tell_gp") is not None


def test_a_yes_on_a_day_a_relative_interpreted_is_not_taken(place: Place, person: UUID) -> None:
    scope = place.worker.scope
    interpreted(scope, person, "relative")
    with pytest.raises(Invalid, match="relative"):
        agree(scope, person)
    agree(scope, person, how="written")
    interpreted(scope, person, "professional")
    agree(scope, person)


@pytest.mark.fault("F18")
def test_nobody_is_alone_with_a_relative_who_interprets(place: Place, person: UUID) -> None:
    actions.add_requirement(
        scope=place.worker.scope, person_id=person, kind="interpreter", detail="Interpreter: Arabic"
    )
    client, page = sign_in(place.worker), f"/people/{person}/safe-contact/"
    said = dict.fromkeys(("phone", "voicemail", "text", "email", "letter"), "yes")
    alone = said | {"told_by": "person", "asked_alone": "on"}
    assert "Choose who interpreted" in client.post(page, alone).content.decode()
    assert "hears it too" in client.post(page, alone | {"interpreted_by": "relative"}).content.decode()
    with_them = said | {"told_by": "person", "interpreted_by": "relative"}
    assert client.post(page, with_them).status_code == 302
    assert queries.safe_answers(place.worker.scope, person).confirmed == frozenset()
    assert client.post(page, alone | {"interpreted_by": "professional"}).status_code == 302
    assert "text" in queries.safe_answers(place.worker.scope, person).confirmed


def test_a_conversation_with_an_agreement_in_it_cannot_have_been_interpreted_by_a_relative(
    place: Place,
    person: UUID,
) -> None:
    scope = place.worker.scope
    agree(scope, person)
    with pytest.raises(Invalid, match="Take the agreement back"):
        interpreted(scope, person, "relative")
    actions.record_agreement(scope=scope, person_id=person, subject="tell_gp", answer="withdrawn", how="spoken")
    interpreted(scope, person, "relative")


def test_words_of_a_concern_do_not_come_through_a_relative_and_what_was_seen_always_does(
    place: Place,
    person: UUID,
) -> None:
    scope = place.worker.scope
    with pytest.raises(Invalid, match="ask them alone"):
        actions.raise_concern(
            scope=scope,
            person_id=person,
            concern=ConcernDetails(
                "the person", "A bruise", their_words="I fell", interpreted_by="relative", raised_by_name="Sam"
            ),
        )
    seen = ConcernDetails("the person", "A bruise", interpreted_by="relative", raised_by_name="Sam")
    assert actions.raise_concern(scope=scope, person_id=person, concern=seen)


def test_somebody_who_needs_no_interpreter_is_asked_nothing_more(place: Place) -> None:
    scope = place.worker.scope
    person_id = dot(scope)
    interpreted(scope, person_id, "relative")
    agree(scope, person_id)
