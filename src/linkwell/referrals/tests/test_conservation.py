"""If these fail, a referral is in nobody's queue, or in two."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, InvalidMove
from linkwell.referrals import actions, queries
from linkwell.referrals.models import Referral
from linkwell.referrals.queries import Filters
from linkwell.referrals.states import REFERRAL
from linkwell.referrals.tests.helpers import refer
from tests.place import Place

STEPS = ("ask", "answer", "decline", "reopen", "take_over")


def act(place: Place, step: str, row: Referral) -> None:
    lead, given_version = place.lead.scope, row.version
    match step:
        case "ask":
            actions.ask_referrer(scope=lead, referral_id=row.pk, expected_version=given_version, question="When?")
        case "answer":
            actions.answer_question(scope=place.referrer.scope, referral_id=row.pk, text="Mondays.")
        case "decline":
            actions.decline(
                scope=lead, referral_id=row.pk, expected_version=given_version, reason="other", advice="See 111"
            )
        case "reopen":
            actions.reopen_declined(scope=lead, referral_id=row.pk, expected_version=given_version, reason="Again")
        case _:
            actions.take_over(scope=lead, referral_id=row.pk, expected_version=given_version)


def one(place: Place, referral_id: UUID) -> Referral:
    with scoped(place.system):
        return Referral.objects.get(pk=referral_id)


@pytest.mark.fault("F37")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=6))
def test_whatever_people_do_a_referral_is_in_one_place_with_an_owner_and_a_date(place: Place, steps: list[str]) -> None:
    before = sum(queries.by_state(place.lead.scope).values())
    sent = refer(place)

    for step in steps:
        row = one(place, sent.referral_id)
        try:
            act(place, step, row)
        except InvalidMove:
            assert one(place, sent.referral_id).state == row.state

    counted = queries.by_state(place.lead.scope)
    assert sum(counted.values()) == before + 1
    assert set(counted) <= REFERRAL.states
    row = one(place, sent.referral_id)
    assert row.owner_id is not None
    assert row.next_date >= clock.today()
    shown = {"received": "waiting", "asked": "asked", "declined": "declined"}[row.state]
    places = [
        name
        for name in ("waiting", "declined", "accepted")
        if sent.referral_id in {line.id for line in queries.triage(place.lead.scope, Filters(show=name)).rows}
    ]
    assert places == ["declined" if shown == "declined" else "waiting"]


@pytest.mark.fault("F33")
def test_two_leads_decide_at_the_same_moment_and_exactly_one_wins(place_committed: Place) -> None:
    place = place_committed
    sent = refer(place)

    def decline(scope: Scope) -> str:
        try:
            actions.decline(
                scope=scope,
                referral_id=sent.referral_id,
                expected_version=1,
                reason="no_room",
                advice="See 111",
            )
        except (Conflict, InvalidMove):
            return "told"
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(max_workers=2) as pool:
        ends = sorted(pool.map(decline, [place.lead.scope, place.safeguarding_lead.scope]))

    assert ends == ["told", "won"]
    own = queries.sent_referral(place.referrer.scope, sent.referral_id)
    assert [answer.kind for answer in own.answers] == ["received", "declined"]


@pytest.mark.fault("F37")
def test_the_numbers_above_the_list_are_the_list(place: Place) -> None:
    sent = [refer(place, why=why) for why in ("Lonely", "He wants to kill himself", "Lonely too")]
    with scoped(place.system):
        late = clock.today() - timedelta(days=1)
        Referral.objects.filter(pk=sent[0].referral_id).update(next_date=late)

    summary = queries.triage_summary(place.lead.scope)

    for show, number in (("waiting", 3), ("danger", 1), ("overdue", 1), ("asked", 0)):
        assert len(queries.triage(place.lead.scope, Filters(show=show)).rows) == number
    assert (summary.waiting, summary.in_danger, summary.overdue, summary.asked) == (3, 1, 1, 0)
