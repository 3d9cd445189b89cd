"""`linkwell measures`: instruments, and scoring a file of answers. No database is started."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from linkwell.measures.answers import Line, score_file
from linkwell.measures.pack import Pack
from linkwell.measures.reading import named_or_at, shipped


@click.group()
def measures() -> None:
    """Questionnaires: what they ask, and what answers come to."""


@measures.command("packs")
def packs() -> None:
    """Say which packs come with Linkwell, and whether their wording may be passed on."""
    for pack in shipped().values():
        wording = "with its wording" if pack.has_wording else "scoring alone; load the wording if you hold the licence"
        click.echo(f"{pack.name} (version {pack.version}): {pack.title}, {wording}.\n  {pack.licence.name}")


@measures.command("score")
@click.argument("pack", metavar="PACK")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result for a machine.")
def score(pack: str, file: Path, as_json: bool) -> None:
    """Score a file of answers, CSV or JSON. PACK is the name of a shipped pack, or a pack file of your own.

    A column or key for each question by its code, and `id` if you like. What is missing stays missing.
    """
    instrument = named_or_at(pack)
    lines = score_file(instrument, file)
    click.echo(json.dumps(_as_data(instrument, lines), indent=2) if as_json else _as_words(instrument, lines))


def _as_data(pack: Pack, lines: tuple[Line, ...]) -> dict[str, object]:
    return {
        "pack": pack.name,
        "version": pack.version,
        "read": len(lines),
        "scored": [
            {
                "row": line.number,
                "id": line.id,
                "scores": {
                    each.code: {"value": each.value, "band": each.band, "missing": list(each.missing)}
                    for each in line.scores
                },
            }
            for line in lines
            if not line.rejected
        ],
        "rejected": [
            {"row": line.number, "id": line.id, "field": each.where, "reason": each.message}
            for line in lines
            for each in line.rejected
        ],
    }


def _as_words(pack: Pack, lines: tuple[Line, ...]) -> str:
    rejected = [line for line in lines if line.rejected]
    without = Counter(each.code for line in lines for each in line.scores if each.value is None)
    said = [f"{len(lines)} read, {len(lines) - len(rejected)} scored, {len(rejected)} rejected."]
    said += [
        f"{one.words}: {without[one.code]} without a score, too little was answered."
        for one in pack.scores
        if without[one.code]
    ]
    for line in rejected:
        said += [f"Row {line.number}, {each.where or 'the line'}: {each.message}" for each in line.rejected]
    return "\n".join(said)
