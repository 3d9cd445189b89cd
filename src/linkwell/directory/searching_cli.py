"""`linkwell directory search`: the same order as on the page, for a machine or a look from the terminal."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from linkwell.accounts.queries import organisation_by_code
from linkwell.core.scope import Scope, system_scope
from linkwell.directory import presenters, queries
from linkwell.directory.queries import FoundService, Search
from linkwell.directory.queries.search import MOST_LISTED
from linkwell.directory.understanding import LONGEST_SEARCH, Understood


@click.command("search")
@click.argument("text")
@click.option("--organisation", "code", required=True, metavar="CODE", help="Whose directory is searched.")
@click.option("--near", metavar="POSTCODE", default="", help="A postcode, or the name of a place the directory knows.")
@click.option("--within-km", type=click.FloatRange(0, 1000), default=None, help="Only what is this near.")
@click.option("--limit", type=click.IntRange(1, MOST_LISTED), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the result for a machine.")
def search(text: str, code: str, near: str, within_km: float | None, limit: int, as_json: bool) -> None:
    """Find groups and services by plain words, in the order of the page."""
    scope = system_scope(organisation_by_code(code).id, "searching the directory")
    text = " ".join(text.replace("\x00", " ").split())[:LONGEST_SEARCH]
    meant = queries.understand(scope, text)
    found = queries.best(scope, _search(scope, text, meant, near, within_km), limit)
    answers = [_answer(each, meant) for each in found]
    if as_json:
        click.echo(json.dumps(answers, ensure_ascii=False))
        return
    for place, each in enumerate(answers, start=1):
        away = "" if each["distance_km"] is None else f", {each['distance_km']} km"
        click.echo(f"{place}. {each['name']} ({each['organisation']}{away}). {each['why']}")
    if not answers:
        click.echo("Nothing here answers that.")


def _search(scope: Scope, text: str, meant: Understood, near: str, within_km: float | None) -> Search:
    place = near or meant.place
    asked = Search(words=text)
    if not place:
        if within_km is not None:
            raise click.ClickException("Say near where: give --near with --within-km.")
        return asked
    point = queries.locate(scope, place)
    if point is None and near:
        raise click.ClickException(f"We do not know where {near} is. Give a postcode in Great Britain.")
    return replace(asked, near=point, within_km=within_km)


def _answer(found: FoundService, meant: Understood) -> dict[str, object]:
    return {
        "id": str(found.service.id),
        "source_id": found.source_id,
        "name": found.service.name,
        "organisation": found.service.organisation_name,
        "distance_km": None if found.km is None else round(found.km, 2),
        "score": found.score,
        "why": presenters.why(found, meant),
    }
