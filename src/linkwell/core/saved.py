"""Lists somebody keeps under a name of their own: a page and its filters."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.models import SavedList
from linkwell.core.permissions import STAFF, permission
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound

KEEP_LISTS = permission("core.saved_lists", "keep lists they look at often", roles=STAFF)
# The pages whose filters can be kept, with the filters that count.
PAGES: dict[str, tuple[str, ...]] = {
    "casework:caseload": ("show", "worker"),
    "people:list": ("q",),
    "referrals:triage": ("show", "need", "area"),
    "tasks:list": ("show",),
}
MOST = 12
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Saved:
    """One kept list, with its address."""

    id: UUID
    name: str
    url: str


def _owner(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed
    return scope.user_id


@query(KEEP_LISTS)
def saved_lists(scope: Scope, page: str) -> tuple[Saved, ...]:
    """What this user kept of one page, by name."""
    rows = _kept(scope.organisation_id, _owner(scope), page)
    address = reverse(page)
    found = (Saved(row.pk, row.name, f"{address}?{row.query}") for row in rows)
    return tuple(sorted(found, key=lambda row: row.name.casefold()))


@written_once
def _kept(organisation_id: UUID, user_id: UUID, page: str) -> QuerySet[SavedList]:
    return SavedList.objects.filter(organisation_id=organisation_id, user_id=user_id, page=page)


@action(KEEP_LISTS)
def keep_list(*, scope: Scope, page: str, name: str, filters: str) -> None:
    """Keep a list; one of the same name is replaced. Raises Invalid, in words."""
    if page not in PAGES:
        raise NotFound
    name = " ".join(name.split())
    if not name:
        raise Invalid({"name": "Enter a name for the list."})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": f"The name must be {LONGEST_NAME} characters or fewer."})
    mine = SavedList.objects.filter(organisation_id=scope.organisation_id, user_id=_owner(scope), page=page)
    if mine.exclude(name=name).count() >= MOST:
        raise Invalid({"name": f"You keep {MOST} lists of this page already. Take one away first."})
    row, _ = mine.update_or_create(
        organisation_id=scope.organisation_id,
        user_id=_owner(scope),
        page=page,
        name=name,
        defaults={"query": _counting(page, filters)},
    )
    audit.record(scope, "kept", "saved_list", row.pk)


@action(KEEP_LISTS)
def drop_list(*, scope: Scope, list_id: UUID) -> str:
    """Take a kept list away and say which page it was of. Raises NotFound for anybody else's."""
    rows = SavedList.objects.filter(organisation_id=scope.organisation_id, user_id=_owner(scope), pk=list_id)
    row = rows.first()
    if row is None:
        raise NotFound("We could not find that list.")
    row.delete()
    audit.record(scope, "taken away", "saved_list", list_id)
    return row.page


def _counting(page: str, filters: str) -> str:
    """Only the filters of the page, each once: not the number of the page, nor anything somebody made up."""
    given = dict(parse_qsl(filters.replace("\x00", "")[:500]))
    return urlencode({name: given[name] for name in PAGES[page] if given.get(name)})
