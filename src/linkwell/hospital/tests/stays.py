"""Made-up stays of a hospital, for tests about going home."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linkwell.accounts.models import Organisation
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.models import Patient, ReadyPeriod, Stay
from linkwell.kernel import clock
from tests.place import Member, make_members

DAY = dt.timedelta(days=1)
Change = Callable[..., None]


@dataclass(frozen=True)
class Hospital:
    """A trust with a clinician, a discharge co-ordinator, and its own system scope."""

    organisation_id: UUID
    clinician: Member
    coordinator: Member
    system: Scope

    def patient(self, given: str = "Maureen", family: str = "Pickering", **more: Any) -> UUID:
        with scoped(self.system):
            row = Patient.objects.create(
                organisation_id=self.organisation_id, given_name=given, family_name=family, **more
            )
        return row.pk

    def stay(self, patient_id: UUID | None = None, *, ready: int | None = 3, **more: Any) -> UUID:
        """Somebody on Elm ward; `ready` is since how many days, None for not yet."""
        patient_id = patient_id or self.patient()
        given: dict[str, Any] = {
            "visit": f"V{Stay.__name__}{clock.now().timestamp()}",
            "stay_class": "inpatient",
            "admitted_at": clock.now() - 30 * DAY,
            "ward": "Elm",
            "bay": "2",
            "bed": "4",
        } | more
        with scoped(self.system):
            row = Stay.objects.create(organisation_id=self.organisation_id, patient_id=patient_id, **given)
            if ready is not None:
                self.ready(row.pk, ready)
        return row.pk

    def ready(self, stay_id: UUID, days: int, *, until: int | None = None, reasons: tuple[str, ...] = ()) -> None:
        now = clock.now()
        with scoped(self.system):
            ReadyPeriod.objects.create(
                organisation_id=self.organisation_id,
                stay_id=stay_id,
                ready_at=now - days * DAY,
                not_ready_at=None if until is None else now - until * DAY,
                reasons=list(reasons),
            )

    def change(self, stay_id: UUID, **values: Any) -> None:
        with scoped(self.system):
            Stay.objects.filter(pk=stay_id).update(**values)


def a_hospital() -> Hospital:
    trust = Organisation.objects.create(code="RZW09", name="Marl Valley Hospitals", kind="trust")
    clinician, coordinator = make_members(
        ("Carys Ward", Role.CLINICIAN, trust.pk, None), ("Dev Coady", Role.REFERRER, trust.pk, None)
    )
    return Hospital(trust.pk, clinician, coordinator, system_scope(trust.pk, "test"))
