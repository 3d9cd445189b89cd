"""A file that somebody chose, made ready to be kept: what it is, made anew, and a name that harms nobody.

The work on its bytes is done by `cleaning` in a process of its own, which may run out of memory or time alone.
"""

import json
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, replace

from django.conf import settings

from linkwell.attachments import cleaning
from linkwell.kernel.errors import Invalid

TOO_LONG = cleaning.SECONDS + 10
LONGEST_NAME = 100
ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png", "text": "txt"}
_BROKEN = "We could not read this file. It may be damaged. Open it yourself, save it again, and try once more"
_WHY = {
    cleaning.NOT_TAKEN: "We take PDF, JPEG, PNG and plain text. Save a letter as PDF, a photo as JPEG, and try again",
    cleaning.TOO_MANY_PIXELS: "This picture is too large to open safely. Take it again with fewer megapixels",
    cleaning.TOO_MANY_PAGES: "This PDF has too many pages. Save only the pages that matter, and try again",
    cleaning.LOCKED: "This PDF is locked with a password. Save it without one, and try again",
}


@dataclass(frozen=True, slots=True)
class Ready:
    """A file as it will be kept: a safe name, its kind, and its new bytes."""

    name: str
    kind: str
    content: bytes


def prepare(name: str, content: bytes) -> Ready:
    """Look at what was sent. Raises Invalid under "file", in words that say what to do."""
    if not content:
        raise Invalid({"file": "This file is empty. Choose another"})
    if len(content) > settings.FILE_BYTES:
        raise Invalid({"file": too_large()})
    kind, made = _made_anew(content)
    return Ready(safe_name(name, kind), kind, made)


def renamed(file: Ready, title: str) -> Ready:
    """The same under the name somebody gave it, where they did."""
    return replace(file, name=safe_name(title, file.kind)) if title.strip() else file


def too_large() -> str:
    return (
        f"This file is larger than {settings.FILE_BYTES // 1_000_000} megabytes. "
        "Save fewer pages, or a smaller photo, and try again"
    )


def _made_anew(content: bytes) -> tuple[str, bytes]:
    try:
        # -I: nothing of this process's surroundings is taken along, and the file has no secrets to find.
        done = subprocess.run(  # noqa: S603 - our own module, nothing typed
            [sys.executable, "-I", "-m", cleaning.__name__],
            input=content,
            capture_output=True,
            timeout=TOO_LONG,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Invalid({"file": _BROKEN}) from None
    head, _, made = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        raise Invalid({"file": _BROKEN})
    said = json.loads(head)
    if "refused" in said:
        raise Invalid({"file": _WHY.get(said["refused"], _BROKEN)})
    return said["kind"], made


def safe_name(text: str, kind: str) -> str:
    """The last part of a path, without anything invisible, ended by what the file really is."""
    last = text.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(each if unicodedata.category(each)[0] not in "CZ" else " " for each in last)
    stem, dot, ending = plain.rpartition(".")
    if dot and ending.isascii() and ending.isalnum() and len(ending) <= 4:
        plain = stem
    plain = " ".join(plain.replace('"', "").replace("<", "").replace(">", "").split()).strip(" .")
    return f"{plain[:LONGEST_NAME].strip() or 'File'}.{ENDINGS[kind]}"
