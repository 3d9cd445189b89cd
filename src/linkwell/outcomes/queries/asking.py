"""What can be asked here, and what the organisation decided about it."""

from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts.models import Membership
from linkwell.core.permissions import CARE_TEAM
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.outcomes.details import AskingRow, PackRow
from linkwell.outcomes.models import Asking, LoadedPack
from linkwell.outcomes.permissions import SEE_ANSWERS, SET_ASKING
from linkwell.outcomes.queries import packs


@query(SEE_ANSWERS)
def packs_to_ask(scope: Scope) -> tuple[PackRow, ...]:
    """Every questionnaire, those that can be asked first, the others with the reason."""
    return packs.rows_of(scope.organisation_id)


@query(SEE_ANSWERS)
def pack_to_ask(scope: Scope, name: str) -> PackRow:
    """Raises NotFound."""
    found = next((each for each in packs.rows_of(scope.organisation_id) if each.pack.name == name), None)
    if found is None:
        raise NotFound("We could not find that questionnaire.")
    return found


@query(SEE_ANSWERS)
def who_is_told(scope: Scope) -> str:
    """The name of the clinician who is told of worrying answers; "" where nobody is."""
    return packs.asking_of(scope.organisation_id).clinician_name


@query(SET_ASKING)
def asking(scope: Scope) -> AskingRow:
    return packs.asking_of(scope.organisation_id)


@query(SET_ASKING)
def packs_to_choose(scope: Scope) -> tuple[PackRow, ...]:
    """The same for whoever decides which are asked."""
    return packs.rows_of(scope.organisation_id)


@query(SET_ASKING)
def clinicians(scope: Scope) -> tuple[tuple[UUID, str], ...]:
    """Who could be told of worrying answers: whoever works in a team here, by name."""
    held = Membership.objects.filter(
        organisation_id=scope.organisation_id, ended_at=None, user__is_active=True, role__in=CARE_TEAM
    )
    pairs = set(held.values_list("user_id", "user__name"))
    return tuple(sorted(pairs, key=lambda pair: (pair[1].casefold(), pair[0])))


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A questionnaire loaded under the organisation's own licence."""

    name: str
    title: str
    version: int
    loaded_by: str


@query(SET_ASKING)
def loaded_packs(scope: Scope) -> tuple[LoadedRow, ...]:
    here = packs.packs_of(scope.organisation_id)
    rows = LoadedPack.objects.select_related("loaded_by").filter(organisation_id=scope.organisation_id, ended_at=None)
    return tuple(
        LoadedRow(row.name, here[row.name].title, row.version, row.loaded_by.name if row.loaded_by else "the command")
        for row in rows.order_by("name")
    )


def is_told(scope: Scope, user_id: UUID) -> int:
    """Whether somebody is told of worrying answers: 1 or 0. Called inside whoever runs the staff list."""
    return Asking.objects.filter(organisation_id=scope.organisation_id, clinician_id=user_id).count()
