"""Which questionnaires an organisation can ask: those shipped with wording, and those it loaded under its licence.

Called inside actions and queries.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from uuid import UUID

from linkwell.accounts.models import Membership
from linkwell.core.permissions import CARE_TEAM
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.measures.pack import Pack
from linkwell.measures.reading import read_licensed, shipped
from linkwell.outcomes.details import AskingRow, PackRow
from linkwell.outcomes.models import Asking, LoadedPack

Key = tuple[str, int]

NO_WORDING = "Its wording is under licence. An administrator loads it."
NO_CLINICIAN = "An administrator first names the clinician who is told of worrying answers."


def packs_of(organisation_id: UUID) -> Mapping[str, Pack]:
    """Every questionnaire that can be asked or scored here, by name; one that was loaded stands for the shipped one."""
    loaded = LoadedPack.objects.filter(organisation_id=organisation_id, ended_at=None).order_by("name")
    return {**shipped(), **{each.name: _read(each.content) for each in loaded}}


def packs_as_asked(organisation_id: UUID, keys: Collection[Key]) -> dict[Key, Pack]:
    """Questionnaires as they were when answered; today's where that version is not kept. At most one query."""
    known = {(pack.name, pack.version): pack for pack in shipped().values() if pack.has_wording}
    others = sorted({name for name, version in keys if (name, version) not in known})
    if others:
        rows = LoadedPack.objects.filter(organisation_id=organisation_id, name__in=others).order_by("created_at")
        known |= {(row.name, row.version): _read(row.content) for row in rows}
    newest = {**shipped(), **{name: pack for (name, _), pack in known.items()}}
    return {key: known.get(key) or newest[key[0]] for key in keys}


def pack_here(organisation_id: UUID, name: str) -> Pack:
    """Raises NotFound."""
    found = packs_of(organisation_id).get(name)
    if found is None:
        raise NotFound("We could not find that questionnaire.")
    return found


@lru_cache(64)
def _read(content: str) -> Pack:
    return read_licensed(content.encode(), "pack")


def asking_of(organisation_id: UUID) -> AskingRow:
    """What the organisation decided. Somebody named who does not work in its teams any more is nobody."""
    row = Asking.objects.select_related("clinician").filter(organisation_id=organisation_id).first()
    if row is None:
        return AskingRow()
    there = row.clinician is not None and works_in_teams(organisation_id, row.clinician.pk)
    return AskingRow(
        clinician_id=row.clinician_id if there else None,
        clinician_name=row.clinician.name if row.clinician and there else "",
        clinical_by_link=row.clinical_by_link and there,
        packs=tuple(row.packs),
        occasions=tuple(row.occasions),
    )


def works_in_teams(organisation_id: UUID, user_id: UUID) -> bool:
    """Whether they can be told of somebody's answers and open them."""
    held = Membership.objects.filter(organisation_id=organisation_id, user_id=user_id, ended_at=None)
    return held.filter(role__in=CARE_TEAM, user__is_active=True).exists()


def why_not(pack: Pack, asking: AskingRow) -> str:
    """Why this cannot be asked here; "" when it can."""
    if not pack.has_wording:
        return NO_WORDING
    return NO_CLINICIAN if pack.needs_clinician and asking.clinician_id is None else ""


def by_link(pack: Pack, asking: AskingRow) -> bool:
    """Whether it may be answered alone, where nobody sees how somebody is."""
    return not why_not(pack, asking) and (not pack.needs_clinician or asking.clinical_by_link)


def rows_of(organisation_id: UUID) -> tuple[PackRow, ...]:
    """Every questionnaire with whether it can be asked here, those that can first."""
    asking = asking_of(organisation_id)
    rows = [
        PackRow(pack, why_not(pack, asking), loaded=pack is not shipped().get(name), by_link=by_link(pack, asking))
        for name, pack in packs_of(organisation_id).items()
    ]
    return tuple(sorted(rows, key=lambda row: (bool(row.why_not), _ORDER.get(row.pack.name, len(_ORDER)))))


_ORDER = {name: number for number, name in enumerate(("ons4", "loneliness", "plan", "phq9", "gad7"))}


def check_may_ask(organisation_id: UUID, pack: Pack) -> None:
    reason = why_not(pack, asking_of(organisation_id))
    if reason:
        raise Invalid({"": reason})
