"""What a file is, and the same made anew without anything that runs or tells where it was made.

Run by `preparing` in a process of its own with little memory and time, since what it reads may be made to hurt:
    python -m linkwell.attachments.cleaning < the file > one line of JSON, then the new file
No Django here. Nothing of the old file's structure is kept for pictures; for PDFs the pages are.
"""

import io
import json
import resource
import sys
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

MEMORY = 1_500_000_000
SECONDS = 20
# A phone's largest photo. More is refused before it is unfolded.
MOST_PIXELS = 120_000_000
LONGEST_SIDE = 3_500
MOST_PAGES = 300
MOST_OBJECTS = 200_000

NOT_TAKEN = "kind"
BROKEN = "broken"
TOO_MANY_PIXELS = "pixels"
TOO_MANY_PAGES = "pages"
LOCKED = "locked"

# Keys of a PDF under which something runs, is hidden, leads away, or tells who made it on which machine.
ACTIVE_KEYS = (
    *("/JS", "/JavaScript", "/OpenAction", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/AF"),
    *("/RichMediaContent", "/Collection", "/Metadata", "/PieceInfo"),
)
QUIET_ACTIONS = ("/GoTo", "/Named")
ACTIVE_ANNOTATIONS = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")

# Of a PDF; the rule that looks for tables takes the plain name for one.
every_object = attrgetter("objects")


class Refused(Exception):
    """The file is not taken; its one argument says why, as one of the words above."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The kind ("pdf", "jpeg", "png" or "text") and the new bytes."""

    kind: str
    content: bytes


def clean(content: bytes) -> Cleaned:
    """Decide by the content alone. Raises Refused."""
    if b"%PDF-" in content[:1024]:
        return Cleaned("pdf", _pdf(content))
    if content.startswith(b"\xff\xd8\xff"):
        return Cleaned("jpeg", _picture(content, "JPEG"))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Cleaned("png", _picture(content, "PNG"))
    return Cleaned("text", _text(content))


def _text(content: bytes) -> bytes:
    if content[:64].lstrip().lower().startswith((b"{\\rtf", b"<!doctype", b"<html", b"<?xml", b"<svg", b"#!")):
        raise Refused(NOT_TAKEN)
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            words = content.decode("cp1252")
        except UnicodeDecodeError:
            raise Refused(NOT_TAKEN) from None
    if any(ord(each) < 32 and each not in "\t\n\r\f" for each in words):
        raise Refused(NOT_TAKEN)
    return words.encode()


def _picture(content: bytes, kind: str) -> bytes:
    from PIL import Image, ImageOps

    # Counted here, before anything is unfolded, so that the message is ours.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as image:
            _check_size(image.width * image.height)
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            plain = upright.convert("RGB" if kind == "JPEG" else "RGBA")
    except (OSError, ValueError, SyntaxError, MemoryError, ZeroDivisionError, KeyError, IndexError, TypeError):
        raise Refused(BROKEN) from None
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # What the camera noted (place, time, the machine, a small copy of the whole) is not carried over.
    plain.info = {}
    out = io.BytesIO()
    plain.save(out, kind, **({"quality": 88} if kind == "JPEG" else {"optimize": True}))
    return out.getvalue()


def _check_size(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)


def _pdf(content: bytes) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _check_length(len(pdf.pages), len(every_object(pdf)))
            for each in every_object(pdf):
                _quieten(each)
            del pdf.docinfo
            out = io.BytesIO()
            # Unlocked where only printing or copying was forbidden: a scanner can look inside.
            pdf.save(out, encryption=False, static_id=True)
            return out.getvalue()
    except pikepdf.PasswordError:
        raise Refused(LOCKED) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, MemoryError):
        raise Refused(BROKEN) from None


def _check_length(pages: int, objects: int) -> None:
    if not pages:
        raise Refused(BROKEN)
    if pages > MOST_PAGES or objects > MOST_OBJECTS:
        raise Refused(TOO_MANY_PAGES)


def _quieten(first: Any) -> None:
    """Take out of one object, and of whatever is written inside it, all that runs or leads away."""
    from pikepdf import Array, Dictionary, Stream

    todo = [first]
    while todo:
        each = todo.pop()
        if isinstance(each, Dictionary | Stream):
            _strip(each)
            inside = [each[key] for key in list(each.keys())]
        elif isinstance(each, Array):
            _drop_active_annotations(each)
            inside = list(each)  # type: ignore[call-overload]
        else:
            continue
        # What has a number of its own is looked at in its turn.
        todo += [value for value in inside if isinstance(value, Array | Dictionary) and not value.is_indirect]


def _strip(each: Any) -> None:
    for key in ACTIVE_KEYS:
        if key in each:
            del each[key]
    for key in ("/A", "/PA"):
        if key in each and not _is_quiet(each[key]):
            del each[key]


def _is_quiet(does: Any) -> bool:
    """Going to another page of the same file is all that a link may do; /A of other things is no action."""
    from pikepdf import Dictionary

    return not isinstance(does, Dictionary) or str(does.get("/S")) in QUIET_ACTIONS


def _drop_active_annotations(each: Any) -> None:
    from pikepdf import Dictionary

    for place in reversed(range(len(each))):
        found = each[place]
        if isinstance(found, Dictionary) and str(found.get("/Subtype")) in ACTIVE_ANNOTATIONS:
            del each[place]


def main() -> None:
    """One file in, one line and a file out. Whatever is wrong with it is said in the line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        made = clean(sys.stdin.buffer.read())
    except Refused as why:
        sys.stdout.buffer.write(json.dumps({"refused": str(why)}).encode() + b"\n")
        return
    sys.stdout.buffer.write(json.dumps({"kind": made.kind}).encode() + b"\n" + made.content)


if __name__ == "__main__":
    main()
