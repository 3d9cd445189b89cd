"""If these fail, somebody in danger is not seen in time, or nobody believes the alarm any more."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkwell.kernel.danger import ADVICE, DangerKind, dangers_in

SAID = {
    DangerKind.SUICIDE: [
        "I want to die", "i wanna die", "I wana die", "I'm going to kil myself", "kill my self", "feel suicidel",
        "feeling suisidal", "sucidal thoughts", "I don't want to be here any more", "dont want to live",
        "no reason to live", "I can't go on", "better off without me", "they'd be better off without me",
        "took too many tablets", "she has been self-harming", "cutting my arms", "I wish I was dead",
        "thinking of ending it all", "WANT TO END MY LIFE", "I can’t go on", "can't take it anymore",
        "i wanted to overdose last night", "life is not worth living", "I.want.to.die",
        "ＫＩＬＬ myself", "kílling myself",
    ],
    DangerKind.ABUSE: [
        "He hits me", "my husband doesn't let me out", "my partner hurts me", "she is scared of him",
        "he strangled her",
        "domestic violence", "my son threatens me", "ex boyfriend is following me", "he takes all my money",
        "He checks my phone", "I'm not safe at home", "don't feel safe", "afraid to go home", "abussive husband",
        "bruises on her arm from her husband", "he hurt her arm", "he raped me", "my carer pushes me",
        "locked in the house by her family",
    ],
    DangerKind.CHILD: [
        "kids left alone at night", "the baby is neglected", "he hits the children", "my daughter is being hurt",
        "I shake my baby", "children are not safe", "worried about the safety of the children", "child abuse",
        "he left the kids home alone",
    ],
    DangerKind.NO_FOOD_OR_HEAT: [
        "no food in the house", "we havent eaten since monday", "nothing to eat", "can't afford to eat", "no heating",
        "electric has run out", "freezing in my flat", "children are starving", "no gas or electric",
        "ran out of insulin", "skipping meals", "sleeping rough", "nothing in the fridge", "can't feed my kids",
        "I'm so hungry", "no money for the meter", "can't get warm",
    ],
}  # fmt: skip

EVERYDAY = [
    "I like gardening and meeting people", "He lost his wife and wants company", "hit by a car last year",
    "He would like to get out of the house more", "I don't go out much since my husband died",
    "She fell and hurt her hip", "afraid of falling", "scared of dogs", "can't get out of the house",
    "can't go on the bus", "takes her medication", "I look after my grandchildren and my back hurts",
    "doesn't want to be around people", "don't want to live alone", "misses going out for meals",
    "would like to cook better food", "in the end it was fine", "wishes he hadn't died so young",
    "no problem with heating", "used to work at the food bank", "He had a fall and hurt himself in the garden",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, all_words in SAID.items() for words in all_words])
def test_words_of_danger_are_seen(kind: DangerKind, words: str) -> None:
    assert kind in {danger.kind for danger in dangers_in(words)}


@pytest.mark.parametrize("words", EVERYDAY)
def test_everyday_words_do_not_ring_the_alarm(words: str) -> None:
    assert dangers_in(words) == ()


@pytest.mark.parametrize(
    "words", ["She would never kill herself", "not suicidal", "no domestic violence", "denies self harm"]
)
def test_a_denial_is_flagged_all_the_same(words: str) -> None:
    assert dangers_in(words)


@pytest.mark.parametrize("kind", DangerKind)
def test_each_kind_says_whom_to_call_to_the_person_and_to_others(kind: DangerKind) -> None:
    advice = ADVICE[kind]
    assert advice.plain
    assert advice.to_person != advice.to_other
    assert advice.lines
    assert all(line.name and line.when for line in advice.lines)


def test_the_numbers_are_the_published_ones() -> None:
    numbers = {line.name: line.number for advice in ADVICE.values() for line in advice.lines}
    assert numbers["Samaritans"] == "116 123"
    assert numbers["NHS 111, option 2"] == "111"
    assert numbers["National Domestic Abuse Helpline"] == "0808 2000 247"
    assert numbers["Childline"] == "0800 1111"
    assert numbers["NSPCC"] == "0808 800 5000"
    assert numbers["999"] == "999"


def test_several_dangers_come_the_most_pressing_first() -> None:
    found = dangers_in("No food, he hits me, he hits the children and I want to die")
    assert [danger.kind for danger in found] == list(DangerKind)
    assert found[0].words == ("want to die",)


@given(before=st.text(max_size=30), after=st.text(max_size=30), case=st.sampled_from([str.lower, str.upper, str.title]))
def test_danger_is_seen_whatever_stands_round_it(before: str, after: str, case: object) -> None:
    words = case("I want to kill myself")  # type: ignore[operator]
    assert dangers_in(f"{before} . {words} . {after}")[0].kind is DangerKind.SUICIDE


@given(gap=st.sampled_from(["  ", "\n", "\t", " - ", "...", "\u200b \u200b", "\xa0", ", "]))
def test_danger_is_seen_however_the_words_are_spaced(gap: str) -> None:
    assert dangers_in(gap.join(["I", "want", "to", "die"]))


@given(text=st.text(max_size=300))
@settings(max_examples=300)
def test_any_text_can_be_looked_at(text: str) -> None:
    for danger in dangers_in(text):
        assert danger.words
        assert danger.advice is ADVICE[danger.kind]


@pytest.mark.fault("F25")
def test_a_very_long_text_does_not_hold_the_form_up() -> None:
    start = time.perf_counter()
    dangers_in("he not my no want he she hit cant " * 3000)
    assert time.perf_counter() - start < 5
