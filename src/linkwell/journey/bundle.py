"""The copy of everything for the person, as one zip file: for reading, for machines, and what is not in it."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from linkwell.attachments.details import Opened
from linkwell.attachments.queries import open_file
from linkwell.core.scope import Scope
from linkwell.documents.letter import Addressee, Bullets, Heading, Letter, Paragraph, Part, Sender, render_letter
from linkwell.journey.presenters import record as words_of
from linkwell.journey.queries.access import FILE, Told, Whole, whole_record
from linkwell.kernel import clock, words
from linkwell.kernel.errors import NotFound

NAMES = ("your-record.pdf", "your-record.json", "read-me.txt")


def bundle(scope: Scope, person_id: UUID) -> bytes:
    """Made from what was decided so far: what others told us is left out wherever nobody decided. Raises NotFound."""
    whole = whole_record(scope, person_id)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in zip(NAMES, (_pdf(whole), _json(whole), _read_me(whole)), strict=True):
            archive.writestr(name, content)
        for number, opened in enumerate(_files(scope, whole), start=1):
            archive.writestr(f"files/{number}-{opened.name}", opened.content)
    return file.getvalue()


def _files(scope: Scope, whole: Whole) -> Iterable[Opened]:
    """Attached files that somebody decided may go along, as long as they can be opened."""
    for each in whole.told:
        if each.included and each.kind == FILE:
            try:
                yield open_file(scope, each.id)
            except NotFound:
                continue


def _json(whole: Whole) -> bytes:
    content: dict[str, Any] = words_of.as_json(whole.copy, clock.now())
    content["you_do_not_agree"] = [
        {"about": row.about_kind, "about_id": str(row.about_id), "words": row.text, "at": row.at.isoformat()}
        for row in whole.statements
    ]
    content["others_told_us"] = [
        {"what": row.title, "at": row.at.isoformat() if row.at else None, "words": row.text}
        for row in whole.told
        if row.included
    ]
    content["left_out_of_what_others_told_us"] = _left_out(whole.told)
    return orjson.dumps(content, option=orjson.OPT_INDENT_2)


def _left_out(told: Iterable[Told]) -> int:
    return sum(not row.included for row in told)


def _read_me(whole: Whole) -> bytes:
    left = _left_out(whole.told)
    lines = [
        f"This is what {whole.copy.held_by.name} has written about you.",
        "your-record.pdf is for reading. your-record.json has the same for a computer.",
        "",
        words_of.LEFT_OUT,
    ]
    if left:
        lines.append(f"{words.counted(left, 'thing')} that somebody else told us about you is not in this copy.")
    lines.append("If something is wrong, tell us. What you say is kept beside it.")
    return "\n".join(lines).encode()


def _pdf(whole: Whole) -> bytes:
    page = words_of.on_paper(whole.copy, clock.now())
    held = whole.copy.held_by
    letter = Letter(
        sender=Sender(name=held.name, organisation=held.name, phone=held.phone, email=held.email),
        addressee=Addressee(page["name"]),
        written_on=clock.today(),
        subject="What we have written about you",
        parts=tuple(_parts(whole, page)),
    )
    return render_letter(letter, whole.layout).pdf


def _parts(whole: Whole, page: dict[str, Any]) -> Iterable[Part]:
    yield Paragraph(page["left_out"])
    yield from _section("Who you are", [f"{row['label']}: {row['value']}" for row in page["details"]])
    yield from _section("About you, in your words", [f"{row['label']}: {row['value']}" for row in page["about"]])
    yield from _section("How it is safe to reach you", [f"{row['label']}: {row['value']}" for row in page["safe"]])
    yield from _section("What you need", page["needs"])
    yield from _section("What you agreed to", page["agreements"])
    yield from _section("Risks", page["risks"])
    for each in page["support"]:
        yield from _support(each)
    yield from _section("What you answered to questionnaires", page["answers"])
    yield from _section("What changed", page["changed"])
    yield from _section("Your story", page["stories"])
    yield from _section("What you do not agree with", [row.text for row in whole.statements])
    yield from _section("What others told us", [f"{row.title}: {row.text}" for row in whole.told if row.included])


def _support(each: dict[str, Any]) -> Iterable[Part]:
    yield Heading(each["title"])
    for line in (each["referred"], each["why"]):
        if line:
            yield Paragraph(line)
    plan = [f"{need.words}: {', '.join(goal.words for goal in need.goals) or 'no goal yet'}" for need in each["needs"]]
    yield from _section("Your plan", plan)
    talks = [f"{row['when']}, {row['title']} ({row['who']}). {row['body']}" for row in each["conversations"]]
    yield from _section("Conversations", talks)
    yield from _section("Appointments", each["appointments"])
    yield from _section("Groups and services", each["groups"])
    yield from _section("What we decided with the team lead", each["decisions"])


def _section(title: str, lines: Iterable[str]) -> Iterable[Part]:
    items = tuple(line for line in lines if line.strip())
    if items:
        yield Heading(title)
        yield Bullets(items)
