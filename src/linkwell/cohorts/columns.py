"""The columns of activity: one table of name, type and meaning, read by the readers, `activity describe` and the docs.

Times are UK civil time without a zone, as hospitals write them. Codes are those of the NHS Data Dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "code", "time", "yes_no", "diagnoses", "codes"]

ARROW = {
    "text": "string",
    "code": "string",
    "time": "timestamp",
    "yes_no": "boolean",
    "diagnoses": "array<struct<system: string, code: string>>",
    "codes": "array<string>",
}
"""The type of each kind of column, in the words of the rules' expressions."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `others` are names that HES, ECDS and SUS extracts give it, compared without case or underscores.

    `values` are all that a code may be, where we know them.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    others: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        """Its name as SQL has it: `at` is a word of the language."""
        return f'"{self.name}"'


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of activity file. `key` names its rows; two rows with one key are one row given twice."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: str | None = None

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def schema(self) -> dict[str, str]:
        """Column name to type, as rules see the table."""
        return {column.name: ARROW[column.kind] for column in self.columns}


_PERSON = Column(
    "person_id", "text",
    "Who: one value for each patient, the same in every file. An NHS number is one however it is grouped.", True,
    ("pseudo_hesid", "token_person_id", "encrypted_hesid", "nhs_number", "nhsno", "der_pseudo_nhs_number",
     "nhs_number_patient", "patient_id"),
)  # fmt: skip
_PROVIDER = Column(
    "provider", "code", "Code of the trust.", False,
    ("procode3", "procodet", "procode5", "procode", "der_provider_code", "provider_code", "organisation_code"),
)  # fmt: skip
_DIAGNOSES = Column(
    "diagnoses", "diagnoses",
    "What was found: a list of system (ICD10 or SNOMED) and code; in CSV as ICD10:J449;ICD10:F329.",
)  # fmt: skip
_ICD10 = Column("icd10", "codes", "ICD-10 codes without the dot, those mapped from SNOMED CT among them; made here.")

ATTENDANCES = Table(
    "attendances", "Visits to A&E, one row each.", key="attendance_id",
    columns=(
        Column("attendance_id", "text", "The visit's own number.", True,
               ("aekey", "ec_ident", "attendance_unique_identifier", "attendance_identifier",
                "cds_unique_identifier")),
        _PERSON,
        _PROVIDER,
        Column("arrived_at", "time", "When the person arrived.", True,
               ("arrivaldate+arrivaltime", "arrival_date+arrival_time", "arrivaldate", "arrival_date",
                "arrival_date_time")),
        Column("departed_at", "time", "When the person left.", False,
               ("depdate+deptime", "ec_departure_date+ec_departure_time", "departure_date+departure_time",
                "departure_date", "departure_date_time")),
        Column("category", "code",
               "1 first visit, 2 or 3 unplanned follow-up, 4 planned follow-up, X dead on arrival. Under the heading "
               "AEATTENDCAT, of HES A&E, 2 is read as planned and 3 as unplanned follow-up.", False,
               ("aeattendcat", "edattendcat", "ec_attendance_category", "attendance_category",
                "emergency_care_attendance_category"), ("1", "2", "3", "4", "X", "9")),
        Column("left_before_seen", "yes_no", "The person left before being seen.", False,
               ("ec_discharge_status_snomed_ct", "emergency_care_discharge_status", "discharge_status",
                "aeattenddisp")),
        Column("chief_complaint", "code", "Why the person came (SNOMED CT, as sent).", False,
               ("ec_chief_complaint_snomed_ct", "emergency_care_chief_complaint")),
        Column("accommodation", "code", "Where the person lives, as sent; no_fixed_abode where they have nowhere.",
               False, ("accommodation_status_snomed_ct", "accommodation_status")),
        Column("lives_alone", "yes_no", "The person lives alone."),
        _DIAGNOSES,
        _ICD10,
    ),
)  # fmt: skip
SPELLS = Table(
    "spells", "Stays in one trust, from admission to discharge.", key="spell_id",
    columns=(
        Column("spell_id", "text", "The stay's own number.", True,
               ("provspnops", "provspno", "provider_spell_id", "hospital_provider_spell_identifier")),
        _PERSON,
        _PROVIDER,
        Column("admitted_at", "time", "When the person was admitted.", True,
               ("admidate", "admission_date_time", "admission_date+admission_time", "admission_date")),
        Column("discharged_at", "time", "When the person left; blank while they are still in.", False,
               ("disdate", "discharge_date_time", "discharge_date+discharge_time", "discharge_date")),
        Column("admission_method", "code", "How: 21-25, 2A, 2D and 28 are emergencies.", False,
               ("admimeth", "admission_method_code")),
        Column("admission_source", "code", "From where: 19 is home, 51-53 another hospital.", False,
               ("admisorc", "source_of_admission", "source_of_admission_code")),
        Column("patient_class", "code", "1 ordinary, 2 day case, 3 and 4 regular attender, 5 mother and baby.", False,
               ("classpat", "patient_classification", "patient_classification_code")),
        Column("main_specialty", "code", "Main specialty of the consultant.", False,
               ("mainspef", "main_specialty_code")),
        Column("treatment_function", "code", "Treatment function.", False, ("tretspef", "treatment_function_code")),
        Column("discharge_method", "code", "How they left: 4 died, 5 stillbirth.", False,
               ("dismeth", "discharge_method_code", "method_of_discharge")),
        Column("discharge_destination", "code", "Where to: 19 home, 51-53 another hospital, 79 died.", False,
               ("disdest", "discharge_destination_code", "destination_of_discharge")),
        _DIAGNOSES,
        _ICD10,
    ),
)  # fmt: skip
DELAYS = Table(
    "delays", "Periods in which a person was ready to go home. A stay may have several, and several reasons.",
    columns=(
        Column("spell_id", "text", "The stay.", True, ("provspnops", "provspno", "provider_spell_id")),
        Column("ready_at", "time", "From when they no longer needed to be in hospital; blank is not known.", False,
               ("discharge_ready_date", "dischargereadydate", "disreadydate", "drd")),
        Column("not_ready_at", "time", "When they needed to be in hospital again.", False),
        Column("reason", "code", "What they wait for (see `activity describe --reasons`).", False,
               ("delay_reason", "discharge_delay_reason")),
        Column("pathway", "code", "P0 home, P1 home with help, P2 a bed for a while, P3 a care home.", False,
               ("discharge_pathway",)),
    ),
)  # fmt: skip
GP_CONTACTS = Table(
    "gp_contacts", "Contacts with the GP practice.",
    columns=(
        _PERSON,
        Column("at", "time", "When.", True, ("contact_at", "contact_date", "appointment_date")),
        Column("kind", "code", "What kind of contact.", False, ("contact_type", "mode")),
    ),
)  # fmt: skip

MEANT_BY: dict[str, dict[str, str]] = {"aeattendcat": {"2": "4", "3": "2"}}
"""Headings whose codes are not ours, each with the codes that mean another of ours: HES A&E has its own follow-ups."""

TABLES: dict[str, Table] = {table.name: table for table in (ATTENDANCES, SPELLS, DELAYS, GP_CONTACTS)}
"""What a trust gives as activity."""

OBJECTIONS = Table(
    "objections", "People who have asked not to be found.",
    columns=(_PERSON, Column("rule", "text", "The one rule they object to; blank is every rule.")),
)  # fmt: skip
READ: dict[str, Table] = TABLES | {"objections": OBJECTIONS}
"""All that a run reads."""


def described() -> str:
    """The columns as a page of Markdown."""
    parts = []
    for table in TABLES.values():
        rows = [
            f"| `{column.name}` | {_KIND_WORDS[column.kind]} | {'yes' if column.required else ''} | {column.meaning} |"
            for column in table.columns
        ]
        head = ["| column | type | needed | meaning |", "|---|---|---|---|"]
        parts.append("\n".join([f"## {table.name}", "", table.meaning, "", *head, *rows, ""]))
    return "\n".join(parts)


_KIND_WORDS = {
    "text": "text",
    "code": "code",
    "time": "date and time",
    "yes_no": "yes or no",
    "diagnoses": "list of system and code",
    "codes": "list of codes",
}
