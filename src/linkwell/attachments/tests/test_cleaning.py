"""If these fail, a file that is attached runs something, tells where somebody lives, or stops the server."""

import io
import re

import pikepdf
import pytest
from PIL import Image

from linkwell.attachments import cleaning
from linkwell.attachments.cleaning import Refused, clean
from linkwell.attachments.preparing import prepare, safe_name
from linkwell.attachments.tests.files import bomb, letter, photo, picture
from linkwell.kernel.errors import Invalid


def test_a_photo_is_upright_and_no_longer_says_where_it_was_taken() -> None:
    made = clean(photo())
    with Image.open(io.BytesIO(made.content)) as image:
        assert image.size == (40, 60)
        assert not image.getexif()
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"canaryplace" not in made.content
    assert b"Made-up Phone" not in made.content


def test_a_large_photo_is_made_small_enough_to_send() -> None:
    with Image.open(io.BytesIO(clean(photo(5_000, 2_500)).content)) as image:
        assert max(image.size) == cleaning.LONGEST_SIDE


def test_pictures_with_few_colours_stay_pictures() -> None:
    assert clean(picture()).kind == "png"


def test_a_picture_made_to_fill_the_memory_is_refused_before_it_is_unfolded() -> None:
    with pytest.raises(Refused, match=cleaning.TOO_MANY_PIXELS):
        clean(bomb())


def test_nothing_in_a_pdf_runs_leads_away_or_hides_another_file() -> None:
    made = clean(letter(active=True)).content
    with pikepdf.open(io.BytesIO(made)) as pdf:
        readable = b"\n".join(each.unparse(resolved=True) for each in pdf.objects)
        assert len(pdf.pages) == 1
        assert not pdf.attachments
    assert not re.search(rb"canary|/JS|/OpenAction|/AA|/Launch|/URI|/EmbeddedFiles|/RichMedia", readable)


def test_a_pdf_that_needs_a_password_is_refused_and_one_that_only_forbids_printing_is_unlocked() -> None:
    with pytest.raises(Refused, match=cleaning.LOCKED):
        clean(letter(password="secret"))
    with pikepdf.open(io.BytesIO(clean(letter(owner_only=True)).content)) as pdf:
        assert not pdf.is_encrypted


@pytest.mark.parametrize("kind", [photo, picture, letter])
def test_what_is_cut_off_in_the_middle_is_refused_or_read_but_never_an_error(kind: object) -> None:
    whole: bytes = kind()  # type: ignore[operator]
    for end in range(0, len(whole), max(len(whole) // 12, 1)):
        try:
            clean(whole[:end])
        except Refused:
            continue


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03",
        b"PK\x03\x04" + b"\0" * 30,
        b"<html><script>1</script>",
        b"<?xml version='1.0'?><svg/>",
        b"{\\rtf1 hello}",
        b"#!/bin/sh\necho",
        b"GIF89a\x01\x00\x01\x00\x00",
        b"II*\0\x08\0\0\0",
    ],
)
def test_a_file_is_what_its_bytes_are_and_other_kinds_are_refused(content: bytes) -> None:
    with pytest.raises(Refused, match=cleaning.NOT_TAKEN):
        clean(content)


def test_plain_text_is_kept_as_utf_8() -> None:
    assert clean("Café, £5".encode("cp1252")).content.decode() == "Café, £5"


def test_a_process_of_its_own_reads_the_file_and_says_in_plain_words_what_to_do() -> None:
    ready = prepare("holiday.exe", photo())
    assert (ready.name, ready.kind) == ("holiday.jpg", "jpeg")
    with pytest.raises(Invalid) as refused:
        prepare("letter.pdf", letter(password="secret"))
    assert "without one" in refused.value.by_field["file"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("C:\\Users\\jo\\letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("invoice\u202efdp.exe", "invoice fdp.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "ab Set-Cookie: x.pdf"),
        ("", "File.pdf"),
        (".pdf", "File.pdf"),
        ("x" * 400, "x" * 100 + ".pdf"),
    ],
)
def test_a_name_cannot_harm(typed: str, kept: str) -> None:
    assert safe_name(typed, "pdf") == kept
