"""Made-up stays of a hospital, for tests about going home."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from linkwell.accounts.models import Network, NetworkMembership, Organisation
from linkwell.accounts.queries import team_by_slug
from linkwell.casework import actions as casework
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.actions.follow_ups import keep_follow_ups
from linkwell.hospital.actions.going_home import save_home_list
from linkwell.hospital.actions.programmes import set_up_programme
from linkwell.hospital.actions.stay_referrals import refer_from_stay
from linkwell.hospital.discharge_details import AskedAlone, ItemDetails, ProgrammeDetails
from linkwell.hospital.models import Patient, ReadyPeriod, Stay
from linkwell.hospital.tests.lists_came import list_came
from linkwell.kernel import clock
from linkwell.referrals.details import ReferralDetails
from tests.place import Member, Place, make_members

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

    def list_came(self, *days_ago: int) -> None:
        """The ready-to-go-home list was written so many days ago: a week without one is not known."""
        list_came(self.system, *days_ago)

    def died(self, patient_id: UUID, *, died: bool = True) -> None:
        with scoped(self.system):
            Patient.objects.filter(pk=patient_id).update(died=died)

    def change(self, stay_id: UUID, **values: Any) -> None:
        with scoped(self.system):
            Stay.objects.filter(pk=stay_id).update(**values)


def a_hospital() -> Hospital:
    trust = Organisation.objects.create(code="RZW09", name="Marl Valley Hospitals", kind="trust")
    clinician, coordinator = make_members(
        ("Carys Ward", Role.CLINICIAN, trust.pk, None), ("Dev Coady", Role.REFERRER, trust.pk, None)
    )
    return Hospital(trust.pk, clinician, coordinator, system_scope(trust.pk, "test"))


ALONE = AskedAlone("My neighbour Joan", "canary: not my son", "no", "unsure")
DETAILS = ReferralDetails("Maureen", "Pickering", why="Alone at home", phone="07700 900123", knows="agrees")


def begin(trust: Hospital, stay_id: UUID, *items: ItemDetails, support: bool | None = None, version: int = 0) -> None:
    save_home_list(
        scope=trust.coordinator.scope, stay_id=stay_id, expected_version=version, items=items, support_ready=support
    )


def goes_home(trust: Hospital, **how: object) -> tuple[UUID, UUID]:
    patient_id = trust.patient()
    stay_id = trust.stay(patient_id)
    begin(trust, stay_id, ItemDetails("food", "in_place"))
    trust.change(stay_id, discharged_at=clock.now(), discharge_destination="19", **how)
    keep_follow_ups(scope=trust.system, patient_id=patient_id)
    return patient_id, stay_id


def winter(trust: Hospital, places: int = 2, **other: dt.date) -> UUID:
    """A programme that runs now, unless other days are said."""
    today = clock.today()
    days = {"starts_on": today - 7 * DAY, "ends_on": today + 60 * DAY} | other
    details = ProgrammeDetails("Home for winter", "Two of us", "Lives nearby", weekly_places=places, **days)
    return set_up_programme(scope=trust.coordinator.scope, details=details)


def referred(trust: Hospital, place: Place) -> tuple[UUID, UUID]:
    """A patient who was referred from the board and is supported now by the worker; the patient and the referral."""
    patient_id = trust.patient()
    sent = refer_from_stay(
        scope=trust.coordinator.scope,
        stay_id=trust.stay(patient_id),
        team=team_by_slug("wexcombe"),
        submission_key=uuid4(),
        details=DETAILS,
    )
    return patient_id, sent.referral_id


def accept(place: Place, referral_id: UUID) -> None:
    casework.accept_referral(
        scope=place.lead.scope, referral_id=referral_id, expected_version=1, worker_id=place.worker.user_id
    )


def in_one_network(trust: Hospital, place: Place) -> None:
    today = clock.today()
    network = Network.objects.create(name="Wexcombe and Marl", agreement="A", agreed_on=today, review_on=today + DAY)
    for organisation_id in (trust.organisation_id, place.organisation_id):
        NetworkMembership.objects.create(network=network, organisation_id=organisation_id, joined_on=today)
