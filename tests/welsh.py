"""Gathers what we say to people, and keeps its Welsh. Run ``make welsh`` after changing words or their Welsh.

New words are added to the catalogue with no Welsh, words that are gone are taken out, and the catalogue is compiled.
A test fails while anything has no Welsh.
"""

import io
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1] / "src" / "linkwell"
FOLDER = PACKAGE / "kernel" / "locale" / "cy" / "LC_MESSAGES"
WORDS, COMPILED = FOLDER / "django.po", FOLDER / "django.mo"
METHODS = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("web/build_assets.py", "ignore"),
    ("**.py", "python"),
]
METHODS += [("**.jinja", "jinja2"), ("**/templates/*.html", "jinja2")]
JINJA = {"extensions": "jinja2.ext.do", "silent": "false"}
OPTIONS = {"**.jinja": JINJA, "**/templates/*.html": JINJA}
KEYWORDS = {"_": None, "say": None, "marked": None, "gettext": None, "say_number": (1, 2), "ngettext": (1, 2)}
HEAD = "# The Welsh of what Linkwell says to people. A Welsh speaker must read it before real use.\n"


@cache
def said() -> Catalog:
    """Everything that the program says to people, in English."""
    found = Catalog()
    for place, _, message, _, _ in extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS):
        found.add(message, locations=[(place, 0)])
    return found


def kept() -> Catalog:
    """The catalogue as it stands."""
    with WORDS.open("rb") as file:
        return read_po(file, locale="cy")


def brought_up_to_date(english: Catalog, welsh: Catalog) -> Catalog:
    """The English of today, with the Welsh that is known for it."""
    new = Catalog(locale="cy", header_comment=HEAD.strip(), fuzzy=False)
    for message in sorted((each for each in english if each.id), key=lambda each: str(each.id)):
        known = welsh.get(first(message))
        string = known.string if known else (("",) * welsh.num_plurals if message.pluralizable else "")
        new.add(message.id, string, flags=message.flags)
    return new


def first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


def forms(message: Message) -> list[str]:
    """The Welsh of one text: one, or the five that go with numbers."""
    said = message.string
    return [said] if isinstance(said, str) else list(said or [""])


def as_text(catalogue: Catalog) -> bytes:
    """The catalogue as a file whose lines change only where words do."""
    out = io.BytesIO()
    write_po(out, catalogue, width=120, no_location=True, omit_header=True)
    fields: tuple[str, ...] = ("Language: cy", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8")
    fields += ("Content-Transfer-Encoding: 8bit", f"Plural-Forms: {catalogue.plural_forms}")
    head = HEAD + 'msgid ""\nmsgstr ""\n' + "".join(f'"{field}\\n"\n' for field in fields) + "\n"
    return head.encode() + out.getvalue().lstrip(b"\n")


def as_compiled(text: bytes) -> bytes:
    """The catalogue as the program reads it."""
    out, catalogue = io.BytesIO(), read_po(io.BytesIO(text), locale="cy")
    # The moment of making would make another file of the same words.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    welsh = kept() if WORDS.exists() else Catalog(locale="cy")
    new = brought_up_to_date(said(), welsh)
    WORDS.write_bytes(as_text(new))
    COMPILED.write_bytes(as_compiled(WORDS.read_bytes()))
    without = [each for each in new if each.id and not all(forms(each))]
    sys.stdout.write(f"{len(new)} texts, {len(without)} without Welsh\n")


if __name__ == "__main__":
    main()
