"""Two listings that are one service: a keeper makes them one, no reading of a feed parts them, and it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory import sameness
from linkwell.directory.actions.keeping import index_words
from linkwell.directory.actions.parts import PARTS, tell, told
from linkwell.directory.actions.taken import release
from linkwell.directory.models import Correction, Limits, Sameness, Service, ServiceStatus, TwiceListed
from linkwell.directory.permissions import IMPORT_DIRECTORY
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, NotFound

_ROOM = ("room", "room_weeks", "room_places", "room_source", "room_said_at", "room_said_by")


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
    _leave_corrections(scope, pair)
    by_itself = release(pair.kept, pair.taken)
    pair.own = {name: told(pair.kept, name) for name in pair.taken} | by_itself
    pair.save(update_fields=["decision", "decided_at", "decided_by", "taken", "own"])
    _bring_limits(pair)
    _show(pair)
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
    if pair.decision == Sameness.ONE:
        _part(pair)
    pair.decision, pair.decided_at, pair.decided_by_id = Sameness.WAITING, None, None
    pair.taken, pair.own = [], {}
    pair.save(update_fields=["decision", "decided_at", "decided_by", "taken", "own"])
    audit.record(scope, "took_apart", "service", pair.kept_id)
    return pair.kept_id


def together(service_ids: Iterable[UUID], written: Collection[str] | None = None) -> None:
    """Services were just written with their own words: the listings that speak for them and others say so again.

    `written` names the columns, None for all. For those who write to the directory, inside their own action.
    """
    ids = set(service_ids)
    pairs = TwiceListed.objects.filter(Q(kept__in=ids) | Q(other__in=ids), decision=Sameness.ONE)
    for pair in pairs.select_related("kept__community_organisation", "other").order_by("decided_at"):
        if pair.kept_id in ids:
            again = [name for name in pair.taken if written is None or name in written]
            pair.own |= {name: told(pair.kept, name) for name in again}
            pair.save(update_fields=["own"])
        _show(pair)
        if pair.kept.listed_as_id not in (None, pair.other_id):
            together([pair.kept_id], pair.taken)


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


def _show(pair: TwiceListed) -> None:
    """One of the two is on the lists: `kept`, or the other where only the other's feed still names it."""
    kept, other = pair.kept, pair.other
    _list(pair)
    for name in pair.taken:
        tell(kept, name, told(other, name))
    columns = [name for name in pair.taken if name not in PARTS]
    if other.room_said_at and (kept.room_said_at is None or other.room_said_at > kept.room_said_at):
        columns += _copied(other, kept, _ROOM)
    if other.details_confirmed_at and (
        kept.details_confirmed_at is None or other.details_confirmed_at > kept.details_confirmed_at
    ):
        columns += _copied(other, kept, ("details_confirmed_at", "details_confirmed_by"))
    _save(kept, columns)


def _list(pair: TwiceListed) -> None:
    kept, other = pair.kept, pair.other
    is_gone = kept.status == ServiceStatus.WITHDRAWN and other.status != ServiceStatus.WITHDRAWN
    if is_gone and kept.listed_as_id is None:
        kept.listed_as_id, other.listed_as_id = other.pk, None
    elif not is_gone:
        if kept.listed_as_id == other.pk:
            kept.listed_as_id = None
        other.listed_as_id = kept.pk
    for row in (kept, other):
        row.save(update_fields=["listed_as"])


def _copied(one: Service, to: Service, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        setattr(to, name, getattr(one, name))
    return names


def _save(row: Service, columns: Collection[str]) -> None:
    if columns:
        row.save(update_fields=[name.removesuffix("_id") for name in columns])
    row.refresh_from_db()
    index_words(row)


def _part(pair: TwiceListed) -> None:
    kept, other = pair.kept, pair.other
    for name in pair.taken:
        tell(kept, name, pair.own[name])
    for row in (kept, other):
        if row.listed_as_id in (kept.pk, other.pk):
            row.listed_as_id = None
            row.save(update_fields=["listed_as"])
    _take_up_corrections(pair)
    _take_limits_back(pair)
    _save(kept, [name for name in pair.taken if name not in PARTS])
    if kept.listed_as_id is not None:
        together([kept.pk], pair.taken)


def _leave_corrections(scope: Scope, pair: TwiceListed) -> None:
    """Words of somebody here make way where a keeper chose the other listing's."""
    Correction.objects.filter(service=pair.kept, field__in=pair.taken, ended_at=None).update(
        ended_at=pair.decided_at, ended_by_id=scope.user_id
    )


def _take_up_corrections(pair: TwiceListed) -> None:
    ended = Correction.objects.filter(service=pair.kept, ended_at=pair.decided_at, field__in=pair.taken)
    for each in ended:
        if each.field in pair.taken:
            tell(pair.kept, each.field, each.value)
    ended.update(ended_at=None, ended_by=None)


def _bring_limits(pair: TwiceListed) -> None:
    """Limits that the group set on the other listing hold for the one that is referred to from now on."""
    limits = Limits.objects.filter(service=pair.other).first()
    if limits is None or Limits.objects.filter(service=pair.kept).exists():
        return
    copy = Limits.objects.create(
        organisation_id=pair.organisation_id,
        service=pair.kept,
        **{
            name: getattr(limits, name)
            for name in ("a_week", "needs", "minimum_age", "maximum_age", "areas", "words", "set_at", "set_by")
        },
    )
    pair.own["limits"] = str(copy.pk)
    pair.save(update_fields=["own"])


def _take_limits_back(pair: TwiceListed) -> None:
    """The copy goes, unless the group has set its limits anew since."""
    as_copied = Limits.objects.filter(service=pair.other).values("set_at")
    Limits.objects.filter(service=pair.kept, pk=pair.own.get("limits"), set_at__in=as_copied).delete()
