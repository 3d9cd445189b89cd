"""A pack from its file. A pack that breaks its own rules is refused, with the reason and where it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from linkwell.kernel.errors import Finding, Invalid, NotFound
from linkwell.measures.pack import Band, Better, How, Item, Licence, Pack, Score

FOLDER = Path(__file__).with_name("packs")
LONGEST = 400_000
_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
_PACK = {"name", "version", "title", "about", "licence", "items", "scores", "intro", "crisis", "needs_clinician"}
_LICENCE = {"name", "holder", "wording_is_free", "source"}
_ITEM = {"code", "lowest", "highest", "words", "labels"}
_SCORE = {
    "code", "words", "items", "how", "fewest", "better", "source", "reversed", "table", "bands", "minimum_change",
    "reliable_change",
}  # fmt: skip


@cache
def shipped() -> Mapping[str, Pack]:
    """The packs that come with Linkwell, by name."""
    packs = (read_path(path) for path in sorted(FOLDER.glob("*.toml")))
    return {pack.name: pack for pack in packs}


def named_or_at(given: str) -> Pack:
    """A shipped pack by its name, or the pack in a file. Raises NotFound, or Invalid for a pack that is refused."""
    if given in shipped():
        return shipped()[given]
    path = Path(given)
    if not path.is_file():
        raise NotFound(f"There is no pack called {given}, and no such file. There are {', '.join(shipped())}.")
    return read_path(path)


def read_path(path: Path) -> Pack:
    if path.stat().st_size > LONGEST:
        raise Invalid({path.name: "This is too long for a pack."})
    return read(_parsed(path.read_bytes(), path.name))


def read(given: Mapping[str, Any]) -> Pack:
    """Raises Invalid naming everything that is wrong, as far as can be told at once."""
    pack = _shaped(given)
    _refuse(_own_rules(pack))
    _refuse(_licence_rules(pack))
    return pack


def read_licensed(content: bytes, name: str) -> Pack:
    """A pack with wording, for those alone who hold its licence. Raises Invalid naming everything that is wrong.

    Under the name of a shipped pack it brings the wording and nothing else: its version, answers and scoring are those
    of the shipped one, so that a score means the same wherever it was asked.
    """
    if len(content) > LONGEST:
        raise Invalid({name: "This is too long for a pack."})
    pack = _shaped(_parsed(content, name))
    _refuse(_own_rules(pack))
    _refuse(_wording_rules(pack))
    return pack


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise Invalid({name: f"This is not a TOML file: {wrong}."}) from wrong


def _shaped(given: Mapping[str, Any]) -> Pack:
    _refuse(_shape(given))
    return _built(given)


def _refuse(found: Iterator[Finding]) -> None:
    findings = tuple(found)
    if findings:
        raise Invalid(findings)


def _shape(given: Mapping[str, Any]) -> Iterator[Finding]:
    """Everything that must be there is there, and is of its kind."""
    yield from _keys("pack", given, _PACK, {"intro": str, "crisis": list, "needs_clinician": bool}, {
        "name": str, "version": int, "title": str, "about": str, "licence": dict, "items": list, "scores": list,
    })  # fmt: skip
    yield from _keys("licence", given.get("licence"), _LICENCE, {}, {
        "name": str, "holder": str, "wording_is_free": bool, "source": str,
    })  # fmt: skip
    for number, item in enumerate(_listed(given.get("items")), 1):
        kinds = {"code": str, "lowest": int, "highest": int}
        yield from _keys(f"items {number}", item, _ITEM, {"words": str, "labels": dict}, kinds)
    more = {
        "reversed": list,
        "table": dict,
        "bands": list,
        "minimum_change": (int, float),
        "reliable_change": (int, float),
    }
    for number, one in enumerate(_listed(given.get("scores")), 1):
        kinds = {"code": str, "words": str, "items": list, "how": str, "fewest": int, "better": str, "source": str}
        yield from _keys(f"scores {number}", one, _SCORE, more, kinds)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _keys(
    where: str, given: object, known: set[str], may: Mapping[str, Any], must: Mapping[str, Any]
) -> Iterator[Finding]:
    if not isinstance(given, dict):
        yield Finding(where, "This part is missing, or is not a table.")
        return
    for key in sorted(set(given) - known):
        yield Finding(f"{where}.{key}", "A pack has no such entry.")
    for key in must:
        if key not in given:
            yield Finding(f"{where}.{key}", "This entry is missing.")
    for key, kind in {**may, **must}.items():
        right = isinstance(given.get(key), kind) and (kind is bool or not isinstance(given.get(key), bool))
        if key in given and not right:
            yield Finding(f"{where}.{key}", "This entry is of another kind than it must be.")


def _built(given: Mapping[str, Any]) -> Pack:
    return Pack(
        name=given["name"],
        version=given["version"],
        title=given["title"],
        about=given["about"],
        licence=Licence(**given["licence"]),
        items=tuple(_item(each) for each in given["items"]),
        scores=tuple(_score(each) for each in given["scores"]),
        intro=given.get("intro", ""),
        crisis=tuple(given.get("crisis", ())),
        needs_clinician=given.get("needs_clinician", False),
    )


def _item(given: Mapping[str, Any]) -> Item:
    labels = given.get("labels")
    return Item(**{**given, "labels": _by_number("labels", labels, str) if labels is not None else None})


def _score(given: Mapping[str, Any]) -> Score:
    table = given.get("table")
    bands = [each for each in given.get("bands", ()) if isinstance(each, dict) and set(each) == {"up_to", "words"}]
    if len(bands) != len(given.get("bands", ())):
        raise Invalid({f"{given['code']}.bands": "Each band has up_to and words."})
    return Score(
        **{
            **given,
            "items": tuple(given["items"]),
            "reversed": frozenset(given.get("reversed", ())),
            "table": _by_number(f"{given['code']}.table", table, (int, float)) if table is not None else None,
            "bands": tuple(Band(**each) for each in bands),
        }
    )


def _by_number(where: str, given: Mapping[str, Any], kind: Any) -> dict[int, Any]:
    """A TOML table has words for keys; ours are whole numbers."""
    if not all(key.isdigit() and isinstance(value, kind) for key, value in given.items()):
        raise Invalid({where: "Each line has a whole number, and what it stands for."})
    return {int(key): value for key, value in given.items()}


def _own_rules(pack: Pack) -> Iterator[Finding]:
    if not _NAME.fullmatch(pack.name):
        yield Finding("pack.name", "Use small letters, figures and _, beginning with a letter.")
    if pack.version < 1:
        yield Finding("pack.version", "Versions begin with 1.")
    codes = [item.code for item in pack.items]
    if not codes or len(set(codes)) != len(codes):
        yield Finding("pack.items", "There must be questions, each with a code of its own.")
    for item in pack.items:
        yield from _rules_of_item(item)
    for code in set(pack.crisis) - set(codes):
        yield Finding("pack.crisis", f"There is no question called {code}.")
    if pack.crisis and not pack.needs_clinician:
        yield Finding("pack.needs_clinician", "Where an answer needs help today, a clinician must be named first.")
    names = [one.code for one in pack.scores]
    if len(set(names)) != len(names):
        yield Finding("pack.scores", "Each score needs a code of its own.")
    for one in pack.scores:
        yield from _rules_of_score(one, {item.code: item for item in pack.items})


def _rules_of_item(item: Item) -> Iterator[Finding]:
    if item.lowest >= item.highest:
        yield Finding(item.code, "The lowest answer must be below the highest.")
    if item.labels is not None and set(item.labels) != set(range(item.lowest, item.highest + 1)):
        yield Finding(item.code, "Name every answer from the lowest to the highest, or none.")


def _licence_rules(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        if pack.licence.wording_is_free and not item.words:
            yield Finding(item.code, "The wording is free, and is missing.")
        if not pack.licence.wording_is_free and item.words:
            yield Finding(item.code, "The licence does not allow the wording to be passed on, and here it is.")


def _wording_rules(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        if not item.words:
            yield Finding(item.code, "The wording is missing. It is what this pack is loaded for.")
    known = shipped().get(pack.name)
    if known is None:
        return
    if known.has_wording:
        yield Finding("pack.name", f"{known.title} comes with Linkwell, wording included.")
    elif (pack.version, _answers(pack), pack.crisis) != (known.version, _answers(known), known.crisis):
        yield Finding("pack.items", f"Version, questions and answers must be those of {known.name}.")
    elif pack.scores != known.scores:
        yield Finding("pack.scores", f"The scoring must be that of {known.name}, unchanged.")


def _answers(pack: Pack) -> list[tuple[str, int, int]]:
    return [(item.code, item.lowest, item.highest) for item in pack.items]


def _rules_of_score(one: Score, items: Mapping[str, Item]) -> Iterator[Finding]:
    if one.how not in get_args(How):
        yield Finding(f"{one.code}.how", f"Use one of {', '.join(get_args(How))}.")
    if one.better not in get_args(Better):
        yield Finding(f"{one.code}.better", "Say whether higher or lower is better.")
    unknown = [code for code in one.items if code not in items]
    if unknown or not one.items:
        yield Finding(f"{one.code}.items", f"There is no question called {', '.join(unknown) or 'so'}.")
        return
    if not one.reversed <= set(one.items):
        yield Finding(f"{one.code}.reversed", "Only questions of this score can be turned round.")
    if not 1 <= one.fewest <= len(one.items):
        yield Finding(f"{one.code}.fewest", f"Needs from 1 to {len(one.items)} answers.")
    if one.how == "value" and len(one.items) != 1:
        yield Finding(f"{one.code}.items", "A score that is one answer has one question.")
    for name, size in (("minimum_change", one.minimum_change), ("reliable_change", one.reliable_change)):
        if size is not None and size <= 0:
            yield Finding(f"{one.code}.{name}", "A change that counts is above nought.")
    yield from _rules_of_scale(one, [items[code] for code in one.items])


def _rules_of_scale(one: Score, items: list[Item]) -> Iterator[Finding]:
    """The table turns every possible sum, and the bands cover every possible score."""
    least, most = sum(item.lowest for item in items), sum(item.highest for item in items)
    if (one.how == "table") != (one.table is not None):
        yield Finding(f"{one.code}.table", "A table belongs to a score by table, and to no other.")
        return
    if one.table is not None:
        values = [one.table[raw] for raw in sorted(one.table)]
        if set(one.table) != set(range(least, most + 1)) or values != sorted(values):
            yield Finding(f"{one.code}.table", f"Give a value for every sum from {least} to {most}, never falling.")
            return
        if one.fewest != len(items):
            yield Finding(f"{one.code}.fewest", "A table needs every answer.")
    tops = [band.up_to for band in one.bands]
    if tops and (tops != sorted(set(tops)) or tops[-1] != _highest(one, most, len(items))):
        yield Finding(f"{one.code}.bands", "Bands rise, and the last ends at the highest score there can be.")


def _highest(one: Score, most: int, items: int) -> float:
    if one.table is not None:
        return one.table[most]
    return most / items if one.how == "mean" else most
