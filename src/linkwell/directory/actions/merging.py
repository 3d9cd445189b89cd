"""Two listings that are one service: a keeper makes them one, no reading of a feed parts them, and it can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory import sameness
from linkwell.directory.actions.keeping import index_words
from linkwell.directory.actions.parts import PARTS, tell, told
from linkwell.directory.models import Sameness, Service, ServiceStatus, TwiceListed
from linkwell.directory.permissions import IMPORT_DIRECTORY
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, NotFound

_ROOM = ("room", "room_weeks", "room_places", "room_source", "room_said_at", "room_said_by")
_RIGHT = ("details_confirmed_at", "details_confirmed_by")


@action(IMPORT_DIRECTORY)
def make_one(*, scope: Scope, pair_id: UUID, taken: Collection[str]) -> UUID:
    """Both are one service. Of the lines in `taken` (`sameness.LINES`) the other listing's words hold.

    Gives the id of the listing that speaks for both. Nothing is deleted: `take_apart` undoes it.
    """
    pair = _locked(scope, pair_id)
    _still_waiting(pair)
    if any(each.listed_as_id or each.status == ServiceStatus.WITHDRAWN for each in (pair.kept, pair.other)):
        raise Conflict("One of the two is no longer on the list by itself.")
    pair.decision, pair.decided_at, pair.decided_by_id = Sameness.ONE, clock.now(), scope.user_id
    pair.taken = [column for key in sameness.COLUMNS if key in taken for column in sameness.COLUMNS[key]]
    pair.own = {name: told(pair.kept, name) for name in pair.taken} | _by_itself(pair)
    pair.save(update_fields=["decision", "decided_at", "decided_by", "taken", "own"])
    together([pair.kept_id], written=())
    audit.record(scope, "made_one", "service", pair.kept_id, fields=tuple(pair.taken))
    return pair.kept_id


@action(IMPORT_DIRECTORY)
def say_two(*, scope: Scope, pair_id: UUID) -> None:
    """They are two services, whatever they look like: never asked about again."""
    pair = _locked(scope, pair_id)
    _still_waiting(pair)
    pair.decision, pair.decided_at, pair.decided_by_id = Sameness.TWO, clock.now(), scope.user_id
    pair.save(update_fields=["decision", "decided_at", "decided_by"])
    audit.record(scope, "said_two", "service", pair.kept_id)


@action(IMPORT_DIRECTORY)
def take_apart(*, scope: Scope, pair_id: UUID) -> UUID:
    """Each listing says again what it says by itself, and the pair waits for somebody to look."""
    pair = _locked(scope, pair_id)
    if pair.decision == Sameness.WAITING:
        raise Conflict("They are two listings already.")
    was_one, own = pair.decision == Sameness.ONE, pair.own
    pair.decision, pair.decided_at, pair.decided_by_id = Sameness.WAITING, None, None
    pair.taken, pair.own = [], {}
    pair.save(update_fields=["decision", "decided_at", "decided_by", "taken", "own"])
    if was_one:
        for name, value in own.items():
            tell(pair.kept, name, value)
        _save(pair.kept, [name for name in own if name not in PARTS])
        together([pair.kept_id, pair.other_id], written=())
    audit.record(scope, "took_apart", "service", pair.kept_id)
    return pair.kept_id


def together(
    service_ids: Iterable[UUID],
    written: Collection[str] | None = None,
    parts: Mapping[UUID, Mapping[str, Any]] | None = None,
) -> None:
    """Services were just written with their own words: the listings that speak for them and others say so again.

    `written` names the columns, None for all. Of `parts.PARTS`, `parts` tells by service what the feed says where other
    words hold. For those who write to the directory, inside their own action.
    """
    ids = set(service_ids)
    pairs = _all_about(ids)
    for pair in pairs:
        if pair.kept_id in ids:
            names = [name for name in pair.taken if name not in PARTS and (written is None or name in written)]
            said = {name: value for name, value in (parts or {}).get(pair.kept_id, {}).items() if name in pair.taken}
            pair.own |= {name: told(pair.kept, name) for name in names} | said
            pair.save(update_fields=["own"])
    rows = {row.pk: row for pair in pairs for row in (pair.kept, pair.other)}
    _say(pairs, rows)
    speaks = sameness.speakers(
        [(pair.kept_id, pair.other_id) for pair in pairs],
        {row.pk for row in rows.values() if row.status == ServiceStatus.WITHDRAWN},
    )
    for each in ids | set(speaks):
        speaker = speaks.get(each, each)
        Service.objects.filter(pk=each).update(listed_as_id=None if speaker == each else speaker)


def parts_of_others(service_ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    """In which of `parts.PARTS` each of these listings says what another says."""
    found: dict[UUID, set[str]] = defaultdict(set)
    pairs = TwiceListed.objects.filter(kept__in=list(service_ids), decision=Sameness.ONE, taken__overlap=list(PARTS))
    for kept, taken in pairs.values_list("kept_id", "taken"):
        found[kept] |= {name for name in taken if name in PARTS}
    return found


def _locked(scope: Scope, pair_id: UUID) -> TwiceListed:
    rows = TwiceListed.objects.select_for_update(of=("self",)).select_related(
        "kept__community_organisation", "other__community_organisation"
    )
    row = rows.filter(pk=pair_id, organisation_id=scope.organisation_id).first()
    if row is None:
        raise NotFound
    return row


def _still_waiting(pair: TwiceListed) -> None:
    if pair.decision != Sameness.WAITING:
        raise Conflict("This has been decided already.")


def _by_itself(pair: TwiceListed) -> dict[str, Any]:
    """What `kept` would say by itself in the columns in which it says already what a third listing says."""
    own: dict[str, Any] = {}
    for earlier in TwiceListed.objects.filter(kept_id=pair.kept_id, decision=Sameness.ONE).exclude(pk=pair.pk):
        own |= {name: value for name, value in earlier.own.items() if name in pair.taken}
    return own


def _all_about(ids: set[UUID]) -> list[TwiceListed]:
    """Every decision that these listings are one with others, and those with more: the oldest first."""
    found: list[TwiceListed] = []
    asked, ids = set[UUID](), set(ids)
    while ids - asked:
        asked |= ids
        rows = TwiceListed.objects.filter(Q(kept__in=asked) | Q(other__in=asked), decision=Sameness.ONE)
        found = list(rows.select_related("kept__community_organisation", "other").order_by("decided_at", "pk"))
        ids = {each for pair in found for each in (pair.kept_id, pair.other_id)}
    return found


def _say(pairs: list[TwiceListed], rows: Mapping[UUID, Service]) -> None:
    """Each that was kept takes the words that were chosen, after those it takes them from; the newest decision wins."""
    pairs_of: dict[UUID, list[TwiceListed]] = defaultdict(list)
    for pair in pairs:
        pairs_of[pair.kept_id].append(pair)
    done: set[UUID] = set()

    def say(service_id: UUID) -> None:
        if service_id in done:
            return
        done.add(service_id)
        for pair in pairs_of[service_id]:
            say(pair.other_id)
        if service_id in pairs_of:
            _take(rows[service_id], pairs_of[service_id], rows)

    for service_id in list(pairs_of):
        say(service_id)


def _take(kept: Service, pairs: list[TwiceListed], rows: Mapping[UUID, Service]) -> None:
    columns: list[str] = []
    for name, other in {name: rows[pair.other_id] for pair in pairs for name in pair.taken}.items():
        tell(kept, name, told(other, name))
        columns += [name] if name not in PARTS else []
    for pair in pairs:
        columns += _if_newer(rows[pair.other_id], kept, _ROOM, "room_said_at")
        columns += _if_newer(rows[pair.other_id], kept, _RIGHT, "details_confirmed_at")
    _save(kept, columns)


def _if_newer(one: Service, to: Service, names: tuple[str, ...], day: str) -> tuple[str, ...]:
    theirs, ours = getattr(one, day), getattr(to, day)
    if theirs is None or (ours is not None and ours >= theirs):
        return ()
    for name in names:
        setattr(to, name, getattr(one, name))
    return names


def _save(row: Service, columns: Collection[str]) -> None:
    if columns:
        row.save(update_fields=[name.removesuffix("_id") for name in columns])
    row.refresh_from_db()
    index_words(row)
