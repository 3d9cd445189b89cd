"""If these fail, somebody who asks us in Welsh is answered in English, or hears something else than was meant."""

import re
from datetime import UTC, date, datetime
from string import Template

import pytest
from django.test import Client

from linkwell.kernel import tongue, words
from linkwell.kernel.tongue import Tongue
from linkwell.messaging.templates_out import TEMPLATES
from linkwell.messaging.welsh_words import WELSH_WORDS
from tests import welsh
from tests.place import Place

_PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# Names and numbers that are the same in both languages.
THE_SAME = {"999", "Childline", "NSPCC", "Help", "Problem"}


def test_everything_we_say_to_people_has_its_welsh() -> None:
    catalogue = welsh.kept()
    said = {welsh.first(each) for each in welsh.said() if each.id}
    known = {welsh.first(each): each for each in catalogue if each.id}
    assert said == set(known), "words were added or taken out: run `make welsh`, and write their Welsh"
    for english, each in known.items():
        forms = welsh.forms(each)
        assert all(forms), f"no Welsh for {english!r} in {welsh.WORDS}"
        assert not each.fuzzy, english
        assert english in THE_SAME or english not in forms, f"{english!r} is still English"
        for form in forms:
            assert sorted(_PLACES.findall(form)) == sorted(_PLACES.findall(english)), f"{english!r} lost a part"
            assert "%" not in _PLACES.sub("", form)


def test_the_catalogue_that_is_read_is_the_one_that_is_written() -> None:
    assert welsh.COMPILED.read_bytes() == welsh.as_compiled(welsh.WORDS.read_bytes()), "run `make welsh`"
    assert welsh.WORDS.read_bytes() == welsh.as_text(welsh.brought_up_to_date(welsh.said(), welsh.kept()))


def test_every_message_to_a_person_or_referrer_has_its_welsh_with_the_same_parts() -> None:
    to_them = {
        name
        for name, each in TEMPLATES.items()
        if each.to in ("person", "parent", "referrer") and not name.endswith("_cy")
    }
    assert set(WELSH_WORDS) == to_them
    for name in to_them:
        english, welsh_one = TEMPLATES[name], TEMPLATES[f"{name}_cy"]
        assert set(Template(welsh_one.text).get_identifiers()) == set(english.variables)
        assert (welsh_one.act, welsh_one.to) == (english.act, english.to)


TELLING = re.compile(
    r"\b(cymorth|cefnog|presgrip|cyfeiri(?!nod)|iechyd|meddyg|nyrs|dyled|arian|tai\b|unig|galar|trais|cam-drin|diogelu|"
    r"iselder|pryder|cyffur|alcohol|budd-dal|gofalw|claf|gig\b|clinig|ysbyty|therapi|cwnsel|gweithiwr cyswllt)",
    re.IGNORECASE,
)


@pytest.mark.fault("F20")
@pytest.mark.parametrize("text", WELSH_WORDS.values(), ids=list(WELSH_WORDS))
def test_the_welsh_of_a_message_tells_no_more_than_the_english(text: str) -> None:
    assert TELLING.findall(text) == []


def test_the_whole_form_speaks_welsh(place: Place, client: Client) -> None:
    page = client.get("/ask/wexcombe/", headers={"accept-language": "cy, en;q=0.5"})
    said = page.content.decode()
    assert '<html lang="cy"' in said
    assert 'href="?lang=en-gb" lang="en-gb"' in said
    assert "Gofyn i" in said
    assert page.headers["Content-Language"] == "cy"
    assert not client.cookies


def test_numbers_and_days_are_said_as_welsh_has_them() -> None:
    with tongue.speaking(Tongue.WELSH):
        assert words.written_date(date(2027, 3, 2), year=True) == "dydd Mawrth 2 Mawrth 2027"
        assert words.written_datetime(datetime(2027, 3, 2, 12, tzinfo=UTC), year=True).endswith("hanner dydd")
        assert [words.days(number) for number in (1, 2, 3)] == ["1 diwrnod", "2 ddiwrnod", "3 diwrnod"]
    assert words.days(2) == "2 days"


@pytest.mark.parametrize(
    ("recorded", "language"),
    [
        ("Welsh", "cy"),
        ("Cymraeg", "cy"),
        ("welsh, english", "cy"),
        ("Polish", "en-gb"),
        ("", "en-gb"),
        ("Not Welsh", "en-gb"),
    ],
)
def test_who_likes_welsh_best_is_known_by_what_was_recorded(recorded: str, language: str) -> None:
    assert tongue.named(recorded) == language
