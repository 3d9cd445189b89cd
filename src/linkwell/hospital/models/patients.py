"""The hospital's own record of a patient. Never a Person: one is made only when a referral is accepted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel, one_of
from linkwell.kernel.ids import new_id


class NumberStatus(models.TextChoices):
    NONE = "none", "No NHS number"
    GIVEN = "given", "As the hospital has it, not traced"
    VERIFIED = "verified", "Traced and verified by the hospital"
    DISPUTED = "disputed", "Also on somebody else's record: not used"


class Patient(HeldModel):
    """One hospital identity: what the hospital last said of whoever bears its identifiers.

    `merged_into` is the record that this one was joined to; reads follow it. `cluster` names all records that any
    join ever touched, so that they are worked out together. `test` marks the made-up patients of a live system.
    """

    cluster = models.UUIDField(default=new_id)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    nhs_number = models.CharField(max_length=10, blank=True)
    number_status = models.CharField(max_length=10, choices=NumberStatus.choices, default=NumberStatus.NONE)
    family_name = models.CharField(max_length=100, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    practice_code = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=60, blank=True)
    # A national code (`interop.ethnic_categories`). Only ever counted: it is on no page about a person.
    ethnic_category = models.CharField(max_length=2, blank=True)
    restricted = models.BooleanField(default=False)
    test = models.BooleanField(default=False)
    died = models.BooleanField(default=False)
    died_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("number_status", NumberStatus, "hospital_number_status"),
            models.CheckConstraint(condition=Q(died=True) | Q(died_at=None), name="hospital_died_when"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "cluster"], name="hospital_patient_cluster"),
            models.Index(
                fields=["organisation", "nhs_number"], condition=~Q(nhs_number=""), name="hospital_patient_nhs"
            ),
        ]


class PatientIdentifier(HeldModel):
    """A number and whose number it is: two trusts give out the same ones."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="identifiers", db_index=False)
    authority = models.CharField(max_length=100, blank=True)
    value = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "authority", "value"], name="hospital_identifier_once")
        ]
        indexes: ClassVar = [models.Index(fields=["patient"], name="hospital_identifier_of")]
