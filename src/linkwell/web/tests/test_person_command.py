"""If these fail, something of somebody who was erased is left in the database, or somebody else went with them."""

import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from django.apps import apps

from linkwell.accounts.queries import organisation
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import ClosingDetails
from linkwell.core import audit_check, several, worker
from linkwell.core.database import scoped
from linkwell.core.drafts import keep
from linkwell.core.erasing import KEPT
from linkwell.core.sealer import seal_all
from linkwell.journey.queries.retention import disposals
from linkwell.journey.tests.people import person_of, supported, talk
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.people import actions as people
from linkwell.people.details import ConcernDetails
from linkwell.web.commands.person import person
from tests.place import Place


def run(place: Place, *words: str) -> Result:
    code = organisation(place.organisation_id).code
    return CliRunner().invoke(person, [words[0], "--organisation", code, *words[1:]], catch_exceptions=True)


def erase(place: Place, person_id: UUID, lead: str = "", second: str = "") -> Result:
    who = ["--lead", lead or place.lead.email, "--second", second or place.safeguarding_lead.email]
    return run(place, "erase", *who, "--yes", str(person_id))


def with_everything(place: Place, name: str) -> tuple[UUID, UUID]:
    """Somebody with something in many tables: the person and the case."""
    case_id = supported(place, name)
    person_id, scope = person_of(place, case_id), place.worker.scope
    note = talk(place, case_id, note=f"{name} likes the choir", third_party_note=f"{name} as her son says")
    casework.correct_note(
        scope=scope,
        interaction_id=note,
        expected_corrections=0,
        note=f"{name} said so",
        third_party_note="",
        reason="Typing",
    )
    people.raise_concern(scope=scope, person_id=person_id, concern=ConcernDetails(about=name, what_happened=name))
    people.record_agreement(scope=scope, person_id=person_id, subject="tell_gp", answer="agreed", how="spoken")
    return person_id, case_id


def left_of(ids: set[str]) -> list[str]:
    """Every table, but the trail, with a row that still names one of these."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("linkwell.") or model._meta.label in KEPT:
            continue
        rows = model._base_manager.using("admin").values()
        found += [f"{model._meta.label}: {row}" for row in rows if any(str(each) in ids for each in row.values())]
    return found


def with_several(place: Place, case_id: UUID) -> UUID:
    """Their next date was set together with that of others: the act keeps their name to take it back."""
    given = {"next_date": clock.today() + timedelta(days=2), "next_step": "Phone"}
    version = cases.case(place.worker.scope, case_id).version
    return several.do_several(scope=place.worker.scope, kind="cases-next", versions={case_id: version}, given=given)


def test_erasing_leaves_nothing_but_the_trail_and_takes_nobody_else(place_committed: Place, tmp_path: Path) -> None:
    place = place_committed
    joan, case_id = with_everything(place, "Joan")
    vera, other_case = with_everything(place, "Vera")
    refused = erase(place, joan)
    assert "being supported" in str(refused.exception)
    scope = place.worker.scope
    casework.close(
        scope=scope,
        case_id=case_id,
        expected_version=cases.case(scope, case_id).version,
        closing=ClosingDetails(reason="goals_met", still_open_note="Talked with the lead"),
    )
    with scoped(scope):
        keep(scope=scope, form=f"writeup:{case_id}", values={"note": ["half a note"]})
    acts = [with_several(place, case_id), with_several(place, other_case)]
    notes = {str(row.id) for row in cases.interactions(scope, case_id)}
    before = len(cases.interactions(scope, other_case))
    target = tmp_path / "joan.zip"
    assert run(place, "export", str(joan), str(target)).exit_code == 0
    with zipfile.ZipFile(target) as archive:
        assert b"Joan said so" in archive.read("your-record.json")
    assert "exists already" in str(run(place, "export", str(joan), str(target)).exception)

    one_alone = erase(place, joan, second=place.lead.email)
    assert "second person" in str(one_alone.exception)
    assert "not a lead" in str(erase(place, joan, lead=place.worker.email).exception)
    done = erase(place, joan)
    assert done.exit_code == 0, done.exception
    assert "Erased." in done.output
    assert left_of({str(joan), str(case_id), *notes}) == []
    with pytest.raises(NotFound):
        several.several_done(scope, acts[0])
    assert several.several_done(scope, acts[1]).lines
    worker.work_off(500)
    (row,) = [each for each in disposals(place.lead.scope).rows if each.state == "gone"]
    assert dict(row.counts)["interaction"] >= 1
    assert len(cases.interactions(scope, other_case)) == before
    assert cases.case(scope, other_case).person_id == vera
    assert people_here(place, vera)
    seal_all()
    assert audit_check.verify(place.organisation_id).sound
    again = erase(place, joan)
    assert again.exit_code != 0


def people_here(place: Place, person_id: UUID) -> bool:
    from linkwell.people.queries import names

    return person_id in names(place.worker.scope, [person_id])
