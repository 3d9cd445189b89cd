"""One act on several things: what will happen to each is shown first, and it can be taken back for ten minutes.

An app says what can be done with several of its things by a `Kind`. Each thing is done through the app's own action,
so whatever one alone may not have done to it does not happen here either; the others still are.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import QueryDict

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.models import SeveralAct
from linkwell.core.permissions import STAFF, Permission, permission
from linkwell.core.plain_forms import PlainForm
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotAllowed, NotFound

SEVERAL = permission("core.several", "do something with several things at once, and take it back", roles=STAFF)
UNDO_WITHIN = timedelta(minutes=10)
MOST = 50
CHANGED = "Somebody changed it meanwhile."

Before = dict[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that was chosen: its name, how it stands now, and why nothing can be done with it, if so.

    `before` is what taking it back needs to know.
    """

    id: UUID
    words: str
    now: str
    version: int
    problem: str = ""
    before: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that can be done with several things. `do` and `undo` call the action for one of them."""

    name: str
    permission: Permission
    title: str
    button: str
    done: str
    back: str
    form: Callable[[Scope, QueryDict | None], PlainForm]
    look: Callable[[Scope, Collection[UUID]], tuple[Chosen, ...]]
    do: Callable[[Scope, Chosen, Mapping[str, Any]], None]
    undo: Callable[[Scope, UUID, int, Before], None]


@dataclass(frozen=True, slots=True)
class DoneLine:
    words: str
    problem: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, to be read and taken back. `until` is when it can no longer be."""

    id: UUID
    kind: Kind
    lines: tuple[DoneLine, ...]
    until: datetime
    undone: bool


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    _kinds[kind.name] = kind
    return kind


def kind_for(scope: Scope, name: str) -> Kind:
    """Raises NotFound for what there is not, or is not for this role."""
    found = _kinds.get(name)
    if found is None or not scope.may(found.permission):
        raise NotFound
    return found


def _doer(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed
    return scope.user_id


@query(SEVERAL)
def look(scope: Scope, kind: str, ids: Collection[UUID]) -> tuple[Chosen, ...]:
    """The chosen things as they stand. Those that are nobody's here are left out."""
    return kind_for(scope, kind).look(scope, ids)


@action(SEVERAL)
def do_several(*, scope: Scope, kind: str, versions: Mapping[UUID, int], given: Mapping[str, Any]) -> UUID:
    """Do it to each that still stands as it was seen; the rest are kept with the reason. Returns the act."""
    known = kind_for(scope, kind)
    chosen = [(each, _tried(scope, known, each, versions[each.id], given)) for each in known.look(scope, [*versions])]
    after = {each.id: each.version for each in known.look(scope, [*versions])}
    lines = [
        {
            "id": str(each.id),
            "words": each.words,
            "problem": problem,
            "version": after[each.id],
            "before": dict(each.before or {}),
        }
        for each, problem in chosen
    ]
    mine = {"organisation_id": scope.organisation_id, "user_id": _doer(scope)}
    # What can no longer be taken back is of no use to anybody.
    SeveralAct.objects.filter(**mine, done_at__lt=clock.now() - timedelta(days=1)).delete()
    act = SeveralAct.objects.create(**mine, kind=kind, lines=json.dumps(lines), done_at=clock.now())
    audit.record(scope, "done to several", "several", act.pk, fields=(kind,))
    return act.pk


def _tried(scope: Scope, kind: Kind, one: Chosen, version: int, given: Mapping[str, Any]) -> str:
    """What hindered it, or nothing. One that cannot be done leaves the others alone."""
    if one.problem:
        return one.problem
    if one.version != version:
        return CHANGED
    return _hindered(lambda: kind.do(scope, one, given))


def _hindered(act: Callable[[], None]) -> str:
    try:
        with transaction.atomic():
            act()
    except Invalid as error:
        return " ".join(each.message for each in error.findings)
    except (Conflict, NotFound):
        return CHANGED
    except (InvalidMove, NotAllowed) as error:
        return error.message
    return ""


@query(SEVERAL)
def several_done(scope: Scope, act_id: UUID) -> Done:
    """What was done, for whoever did it. Raises NotFound."""
    act = SeveralAct.objects.filter(organisation_id=scope.organisation_id, user_id=_doer(scope), pk=act_id).first()
    if act is None:
        raise NotFound("We could not find that.")
    lines = tuple(DoneLine(each["words"], each["problem"]) for each in json.loads(act.lines))
    return Done(act.pk, kind_for(scope, act.kind), lines, act.done_at + UNDO_WITHIN, act.undone_at is not None)


@action(SEVERAL)
def undo_several(*, scope: Scope, act_id: UUID) -> tuple[DoneLine, ...]:
    """Take it back, the last first. Says which could not be, and why. Raises InvalidMove when it is too late."""
    rows = SeveralAct.objects.select_for_update().filter(organisation_id=scope.organisation_id, user_id=_doer(scope))
    act = rows.filter(pk=act_id).first()
    if act is None:
        raise NotFound("We could not find that.")
    if act.undone_at is not None:
        raise InvalidMove("It has been taken back already.")
    if clock.now() > act.done_at + UNDO_WITHIN:
        raise InvalidMove("Ten minutes have passed. Change each of them on its own page.")
    kind = kind_for(scope, act.kind)
    lines = [each for each in json.loads(act.lines) if not each["problem"]]
    result = tuple(DoneLine(each["words"], _undone(scope, kind, each)) for each in reversed(lines))
    act.undone_at = clock.now()
    act.save(update_fields=["undone_at"])
    audit.record(scope, "taken back", "several", act.pk, fields=(act.kind,))
    return result


def _undone(scope: Scope, kind: Kind, line: Mapping[str, Any]) -> str:
    return _hindered(lambda: kind.undo(scope, UUID(line["id"]), line["version"], line["before"]))
