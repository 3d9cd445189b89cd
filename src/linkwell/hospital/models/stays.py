"""Stays: from arrival to leaving, where in between, and when the person was ready to go home."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linkwell.core.held import HeldModel, one_of
from linkwell.hospital.models.patients import Patient


class StayClass(models.TextChoices):
    INPATIENT = "inpatient", "Ward stay"
    EMERGENCY = "emergency", "A&E visit"
    OUTPATIENT = "outpatient", "Outpatient visit"
    OTHER = "other", "Another kind of visit"


class NoStay(models.TextChoices):
    """Why a row is no stay (any more): it is kept, because others may point to it."""

    CANCELLED = "cancelled", "The hospital cancelled it"
    JOINED = "joined", "The same as another stay"


class Stay(HeldModel):
    """One stay or visit. Times are None where nobody said. `no_stay` is empty for a stay that stands.

    `visit` is what tells it from the patient's other stays: the visit number, or when it began. `ward`, `bay`, `bed`
    are where the person is now, or was last. `left_list`: it ended because the person was no longer on the ward list,
    so the time is that of the list. `version` grows with every change. `ae_arrived_at` and `ae_left_at`: a stay that
    began as a visit to A&E was one for so long.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="stays", db_index=False)
    visit = models.CharField(max_length=140)
    visit_number = models.CharField(max_length=100, blank=True)
    stay_class = models.CharField(max_length=12, choices=StayClass.choices)
    admitted_at = models.DateTimeField(null=True)
    discharged_at = models.DateTimeField(null=True)
    expected_discharge_at = models.DateTimeField(null=True)
    ae_arrived_at = models.DateTimeField(null=True)
    ae_left_at = models.DateTimeField(null=True)
    site = models.CharField(max_length=100, blank=True)
    ward = models.CharField(max_length=100, blank=True)
    bay = models.CharField(max_length=100, blank=True)
    bed = models.CharField(max_length=100, blank=True)
    # A national code, empty where nobody said.
    admission_method = models.CharField(max_length=2, blank=True)
    admission_source = models.CharField(max_length=20, blank=True)
    discharge_method = models.CharField(max_length=20, blank=True)
    discharge_destination = models.CharField(max_length=20, blank=True)
    specialty = models.CharField(max_length=60, blank=True)
    # [{"system": "ICD10", "code": "J449"}], as the hospital coded them.
    diagnoses = models.JSONField(default=list)
    left_list = models.BooleanField(default=False)
    no_stay = models.CharField(max_length=10, choices=NoStay.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            one_of("stay_class", StayClass, "hospital_stay_class"),
            one_of("no_stay", ["", *NoStay], "hospital_no_stay"),
            models.CheckConstraint(
                condition=Q(ae_arrived_at=None, ae_left_at=None)
                | Q(ae_arrived_at__isnull=False, ae_left_at__gte=F("ae_arrived_at")),
                name="hospital_stay_ae",
            ),
            models.UniqueConstraint(
                fields=["patient", "visit"], name="hospital_stay_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]
        indexes: ClassVar = [
            # The boards: who is in now, by ward.
            models.Index(
                fields=["organisation", "ward"], condition=Q(discharged_at=None, no_stay=""), name="hospital_stay_now"
            ),
            models.Index(fields=["organisation", "-admitted_at"], name="hospital_stay_newest"),
        ]


class Move(HeldModel):
    """One place of a stay. `to_at` is None while the person is there, `from_at` where nobody said since when."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="moves", db_index=False)
    location = models.CharField(max_length=310)
    from_at = models.DateTimeField(null=True)
    to_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["stay", "from_at"], name="hospital_move_of_stay")]


class ReadyPeriod(HeldModel):
    """From when somebody no longer needed the hospital, until they left or needed it again. Every one is kept."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="ready_periods", db_index=False)
    ready_at = models.DateTimeField()
    not_ready_at = models.DateTimeField(null=True)
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    pathway = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(not_ready_at=None) | Q(not_ready_at__gte=F("ready_at")), name="hospital_ready_order"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["stay", "ready_at"], name="hospital_ready_of_stay")]
