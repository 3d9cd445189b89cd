"""What a page of a search shows, whoever looks and for whom."""

from __future__ import annotations

from django.conf import settings
from django.http import QueryDict

from linkwell.core.scope import Scope
from linkwell.directory import actions, geography, presenters, queries, shortlist_presenters
from linkwell.directory.forms import FindForm
from linkwell.directory.queries import Looked


def look(scope: Scope, form: FindForm, number: int) -> Looked:
    """Search as a valid form says. What was looked for and not found is counted, by kind of need and district alone."""
    said = form.cleaned_data
    looked = queries.looked(scope, said["words"], said["place"], form.search, number)
    meant = looked.meant
    if meant.says_something and number == 1 and queries.is_nothing_good(looked.found, meant):
        # A restricted person's place never gets here: whoever looks for them gives a fixed one or none.
        actions.note_nothing_found(scope=scope, needs=meant.needs, kinds=meant.kinds, place=looked.place)
    return looked


def shown(form: FindForm, looked: Looked, asked: QueryDict) -> dict[str, object]:
    """For the template: results with why, what the words were taken to mean, the facts they are narrowed by, a map."""
    found, near = looked.found, looked.near
    first = (found.number - 1) * found.size + 1
    ids = [each.service.id for each in found]
    kept = asked.copy()
    kept.pop("page", None)
    return {
        "found": found.map(lambda each: presenters.result(each, looked.meant)),
        "first": first,
        "looked_for": presenters.looked_for(looked.meant),
        "narrowed": narrowed(form, kept),
        "asked": any(form.cleaned_data.values()),
        "place_unknown": looked.place if looked.place and near is None else "",
        "query": kept.urlencode(),
        "drawing": shortlist_presenters.on_a_map(
            ids, looked.spots, (near.latitude, near.longitude) if near else None, first
        ),
        "attribution": f"{geography.ATTRIBUTION} {settings.MAP_TILES_BY}".strip(),
    }


def narrowed(form: FindForm, asked: QueryDict) -> list[tuple[str, str]]:
    """Each fact that narrows the results, in words, with the search without it."""
    facts = form.choices_of("facts")
    lines = [(facts[each], _without(asked, "facts", each)) for each in form.cleaned_data["facts"]]
    for name in ("day", "part", "within", "kind"):
        chosen = form.cleaned_data[name]
        lines += [(form.choices_of(name)[chosen], _without(asked, name))] if chosen else []
    language = form.cleaned_data["language"]
    return [*lines, (f"In {language}", _without(asked, "language"))] if language else lines


def _without(asked: QueryDict, name: str, value: str = "") -> str:
    rest = asked.copy()
    rest.setlist(name, [each for each in asked.getlist(name) if value and each != value])
    return rest.urlencode()
