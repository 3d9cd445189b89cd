"""Nobody's name or words may break a document, or be dropped from it without a sign."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkwell.documents import script
from linkwell.documents.letter import Bullets, Heading, Paragraph, render_letter
from linkwell.documents.message_back import Item, Section, render_message_back
from linkwell.documents.plan import Goal, Need, Step, render_plan
from linkwell.documents.rendering import Layout
from linkwell.documents.tests import samples
from linkwell.documents.tests.reading import text_of

ANY_TEXT = st.text(max_size=60)

WRITTEN = {
    "Latin": "Zoë Łukasz Nguyễn Thị Ọlá Đặng Șerban",
    "Greek": "Θέλω να είμαι με τα εγγόνια μου",
    "Cyrillic": "Я хочу бути з онуками",
    "Arabic": "أريد أن أكون مع أحفادي",
    "Urdu": "میں اپنے پوتوں کے ساتھ رہنا چاہتی ہوں",
    "Sorani": "دەمەوێت لەگەڵ نەوەکانم بم",
    "Pashto": "زه غواړم د خپلو لمسیانو سره وم",
    "Hebrew": "אני רוצה להיות עם הנכדים",
    "Hindi": "मैं अपने पोते-पोतियों के साथ रहना चाहती हूँ",
    "Bengali": "আমি আমার নাতি-নাতনিদের সাথে থাকতে চাই",
    "Punjabi": "ਮੈਂ ਆਪਣੇ ਪੋਤੇ-ਪੋਤੀਆਂ ਨਾਲ ਰਹਿਣਾ ਚਾਹੁੰਦੀ ਹਾਂ",
    "Gujarati": "હું મારા પૌત્રો સાથે રહેવા માંગુ છું",
    "Tamil": "நான் என் பேரக்குழந்தைகளுடன் இருக்க விரும்புகிறேன்",
    "Sinhala": "මට මගේ මුණුබුරන් සමඟ සිටීමට අවශ්‍යයි",
    "Chinese, simplified": "我想和孙子们在一起",
    "Chinese, traditional": "我想和孫子們在一起，廣東話",
    "Japanese": "孫たちと一緒にいたい",
    "Korean": "손주들과 함께 있고 싶어요",
    "Thai": "ฉันอยากอยู่กับหลาน",
    "Tigrinya": "ምስ ደቂ ደቀይ ክኸውን እደሊ",
    "Armenian": "Ես ուզում եմ լինել թոռներիս հետ",
    "Georgian": "მინდა ვიყო შვილიშვილებთან",
    "faces and signs": "😀 ❤️ ☑ ✓ → ★ ½ £ € ¾ °",
}


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize("layout", Layout)
def test_people_can_read_their_plan_in_their_own_writing(language: str, layout: Layout) -> None:
    words = WRITTEN[language]
    plan = replace(
        samples.plan(words, name=words),
        strengths=words,
        needs=(Need(words, words, (Goal(words, 9, (Step(words, words, words, 7),)),)),),
    )
    rendered = render_plan(plan, layout)
    assert rendered.replaced == ()
    letters = {ch for ch in unicodedata.normalize("NFC", words) if unicodedata.category(ch) in ("Lu", "Ll", "Lo")}
    found = set(unicodedata.normalize("NFKC", text_of(rendered.pdf)))
    lost = letters - found
    assert len(lost) <= len(letters) // 4, f"not in the file as text: {lost}"


@pytest.mark.parametrize("cluster", ["🧁", "\ue000", "\x00", "𓀀", "ᛟ", "\U0010fffe", "a\u0941", "é\u064e", "\ufdd0"])
def test_what_no_font_shows_is_marked_and_reported(cluster: str) -> None:
    rendered = render_plan(samples.plan(f"before {cluster} after"))
    assert rendered.replaced
    assert set(rendered.replaced) <= set(cluster)
    text = text_of(rendered.pdf)
    assert script.MARK in text
    assert "before" in text
    assert "after" in text


def test_a_broken_half_of_a_character_is_marked() -> None:
    assert render_plan(samples.plan("cut \ud83d off")).replaced == ("\ud83d",)


def test_letters_are_not_turned_round_by_hidden_signs() -> None:
    replaced: dict[str, None] = {}
    assert script.showable("pay \u202eevil\u202c\u2066x\u2069", replaced) == "pay evilx"
    assert not replaced


def test_lines_keep_their_ends_whatever_wrote_them() -> None:
    assert script.showable("é\r\nb\rc\u2028d\te", {}) == "é\nb\nc\nd e"


@given(words=ANY_TEXT)
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_becomes_a_plan(words: str) -> None:
    step = Step(words, words, words, 5)
    plan = replace(
        samples.plan(words, name=words), needs=(Need(words, words, (Goal(words, 5, (step,)),)),), strengths=words
    )
    rendered = render_plan(plan)
    assert rendered.pdf.startswith(b"%PDF")
    assert set(rendered.replaced) <= set(unicodedata.normalize("NFC", words)) | set(words)


@given(
    words=st.text(alphabet=st.characters(codec="utf-8", categories=["Mn", "Mc", "Me", "Lo", "Cf", "So"]), max_size=40)
)
@settings(max_examples=60, deadline=None)
def test_marks_and_joiners_in_any_order_become_a_document(words: str) -> None:
    letter = replace(samples.letter(), subject=words, parts=(Heading(words), Paragraph(words), Bullets((words,))))
    assert render_letter(letter).pdf.startswith(b"%PDF")
    message = replace(samples.message_back(), title=words, sections=(Section(words, (Item(words, words),)),))
    assert render_message_back(message).pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    "typed",
    [
        "#panic(\"stop\")", "$ x^2 $", "\\ \\u{41}", "*bold* _thin_", "<label> @label", "= Heading", "- item",
        "// comment /* open", "`raw`", "#include \"/etc/passwd\"", "https://example.org", "--- ... ~", "\"} , {\"",
        "#sys.inputs", "'quotes' \"too\"", "[brackets] {braces}", "%PDF-1.7 endobj", "</script><b>",
    ],
)  # fmt: skip
def test_what_people_type_is_only_ever_text(typed: str) -> None:
    rendered = render_plan(samples.plan(typed))
    assert typed in text_of(rendered.pdf)
    assert typed in text_of(render_letter(replace(samples.letter(), parts=(Paragraph(typed),))).pdf)


def test_every_character_we_claim_can_be_shown() -> None:
    stored = json.loads(resources.files("linkwell.documents").joinpath("fonts/coverage.json").read_text("utf-8"))
    claimed = {chr(code) for ranges in stored.values() for first, last in ranges for code in range(first, last + 1)}
    # A mark alone, and a syllable alone, is drawn on a dotted circle; here only whole letters and signs.
    sample = sorted(ch for ch in claimed if unicodedata.category(ch)[0] in "LNSP" and script.showable(ch, {}) == ch)
    rendered = render_plan(samples.plan(" ".join(sample)))
    assert len(sample) > 40_000
    assert rendered.replaced == ()


def test_documents_use_only_the_fonts_we_ship() -> None:
    folder = resources.files("linkwell.documents").joinpath("fonts")
    names = {entry.name for entry in folder.iterdir()}
    assert {"OFL.txt", "DejaVu.txt", "README.md"} <= names
    stored = json.loads(folder.joinpath("coverage.json").read_text("utf-8"))
    assert set(stored) == {name for name in names if name.endswith((".ttf", ".otf"))}
