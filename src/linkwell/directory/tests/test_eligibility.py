"""Who may come, as a feed says it plainly, can be asked; what is not plain stays words."""

from __future__ import annotations

from typing import Any

import pytest

from linkwell.core.database import scoped
from linkwell.directory import queries
from linkwell.directory.eligibility import RuleDraft, rules_of
from linkwell.directory.models import EligibilityRule, RuleKind, Service
from linkwell.directory.tests.samples import a_service, load
from linkwell.interop.openreferral import ServiceRecord
from tests.place import Place


def of(words: str = "", **said: Any) -> tuple[RuleDraft, ...]:
    return rules_of(ServiceRecord(id="1", name="Group", eligibility=words, **said), ())


@pytest.mark.parametrize(
    ("words", "kind", "must"),
    [
        ("For unpaid carers", RuleKind.CARER, False),
        ("Only for carers. Bring a friend.", RuleKind.CARER, True),
        ("Veterans only", RuleKind.VETERAN, True),
        ("People who are bereaved", RuleKind.BEREAVED, False),
        ("Open to all parents", RuleKind.PARENT, False),
    ],
)
def test_a_plain_sentence_is_a_rule(words: str, kind: RuleKind, must: bool) -> None:
    assert of(words) == (RuleDraft(kind, must=must),)


@pytest.mark.parametrize(
    "words", ["Carers and people with dementia", "Not only for carers", "Everyone", "Carers welcome", "", "." * 5000]
)
def test_what_is_not_plain_stays_words(words: str) -> None:
    assert of(words) == ()


def test_postcode_districts_bind_and_the_name_of_an_area_does_not() -> None:
    assert of("People living in ZW1 or ZW2 3") == (RuleDraft(RuleKind.AREA, ("ZW1", "ZW2 3")),)
    assert of(areas=("ZW1", "ZW4")) == (RuleDraft(RuleKind.AREA, ("ZW1", "ZW4")),)
    assert of(areas=("Wexcombe and round about",)) == (RuleDraft(RuleKind.AREA, ("Wexcombe and round about",), False),)
    assert of(attending_access=("Referral",)) == (RuleDraft(RuleKind.REFERRAL_ONLY),)
    assert of(attending_access=("Referral", "Self-referral")) == ()


def test_what_a_feed_knows_is_on_the_page_of_the_service(place: Place) -> None:
    feed = [
        a_service(
            1,
            eligibility_description="Women only",
            assured_date="2026-09-01",
            assurer_email="jean.smith@council.example.org",
            contacts=[{"name": "Abena"}],
            cost_options=[{"option": "A visit", "amount": 2.5}],
            attending_access="Drop-in",
            greeted_by="Abena, at the green door",
            picture="https://group.example.org/door.jpg",
        )
    ]
    load(place, feed)
    with scoped(place.worker.scope):
        row = queries.service(place.worker.scope, Service.objects.get().pk)
    assert (row.cost_pence, row.how_to_join, row.greeted_by) == (250, "drop_in", "Abena, at the green door")
    assert (row.assured_by, row.picture_url) == ("council.example.org", "https://group.example.org/door.jpg")
    assert row.details is not None
    assert [(each.kind, each.values) for each in row.details.rules] == [(RuleKind.GENDER, ("women",))]


def test_rules_follow_the_feed_until_somebody_here_says_them(place: Place) -> None:
    load(place, [a_service(1, eligibility_description="For carers")])
    load(place, [a_service(1, eligibility_description="Veterans only")])
    with scoped(place.system):
        rule = EligibilityRule.objects.get()
        assert rule.kind == RuleKind.VETERAN
        rule.from_feed = False
        rule.save()
    load(place, [a_service(1, eligibility_description="For carers")])
    with scoped(place.system):
        assert EligibilityRule.objects.get().kind == RuleKind.VETERAN
