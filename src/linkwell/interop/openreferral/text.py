"""Text from strangers made fit to store, search and show."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

from linkwell.interop.openreferral.errors import Unusable
from linkwell.interop.openreferral.lookalikes import disguised_address

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "a"}
# Headings and boxes of a stranger's page would break the outline of ours, so they become paragraphs.
_BLOCK = re.compile(r"<(/?)(?:h[1-6]|div|section|article|blockquote|tr|table)\b[^<>]{0,2000}>", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(r"<(?:/?[a-zA-Z][^<>]*)>|&(?:[a-zA-Z]{2,8}|#[0-9]{1,6});")
_ENDS_LINE = re.compile(r"<br\s*/?>|</(?:p|li)>", re.IGNORECASE)
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|\u00a0|<br\s*/?>)*</p>")
# Marks that reorder or hide text: they make one name look like another. The joiners that Persian and
# Indian scripts need (U+200C, U+200D) stay.
_HIDDEN = re.compile(r"[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u00ad]")
_HALF = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]")


def usable(text: str) -> str:
    """`text` composed (NFC), without control and hidden marks. Raises Unusable for what no database holds."""
    if "\x00" in text:
        raise Unusable("It holds a NUL character, which cannot be stored. Take it out of the source.")
    if text.isascii():
        return _CONTROL.sub("", text)
    if _HALF.search(text):
        raise Unusable("It holds half a character (a lone surrogate). Write the character again in the source.")
    return _CONTROL.sub("", _HIDDEN.sub("", unicodedata.normalize("NFC", text)))


def one_line(text: str) -> str:
    """Plain text on one line: tags gone, entities read, spaces single."""
    return " ".join(plain(text).split())


def plain(text: str) -> str:
    """Plain text for reading and searching: a line for each paragraph or list item."""
    cleaned = usable(text)
    if _LOOKS_LIKE_HTML.search(cleaned):
        broken = _ENDS_LINE.sub("\n", _BLOCK.sub(r"<\1p>", cleaned))
        cleaned = usable(html.unescape(nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"})))
    lines = (" ".join(line.split()) for line in cleaned.splitlines())
    return "\n".join(line for line in lines if line)


def _honest(tag: str, attribute: str, value: str) -> str | None:
    """A link to a server that is written to look like another loses its address; its words stay."""
    return None if disguised_address(value) else value


def safe_html(text: str) -> str:
    """The text as HTML that is safe to show: a few plain tags, web and e-mail links, nothing else."""
    cleaned = usable(text)
    if not _LOOKS_LIKE_HTML.search(cleaned):
        return "".join(f"<p>{html.escape(line)}</p>" for line in plain(cleaned).splitlines())
    shown = nh3.clean(
        _BLOCK.sub(r"<\1p>", cleaned),
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        attribute_filter=_honest,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return _EMPTY_PARAGRAPH.sub("", shown).strip()
