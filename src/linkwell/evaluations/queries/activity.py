"""What a hospital's activity files tell: events with whose they are and when, in DuckDB."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

import duckdb
import pyarrow as pa

from linkwell.cohorts import duck
from linkwell.core.scope import Scope
from linkwell.evaluation.refusal import Refused
from linkwell.evaluations.models import Counted
from linkwell.hospital.activity.queries import files
from linkwell.hospital.models import Objection, Patient, PatientIdentifier
from linkwell.hospital.queries.joined import records_of
from linkwell.kernel import nhs_number

TABLE = {
    Counted.ATTENDANCES: "attendances",
    Counted.ADMISSIONS: "spells",
    Counted.BED_DAYS: "spells",
    Counted.GP_CONTACTS: "gp_contacts",
}
# Each as who and when. A planned return is no visit that anybody hopes to prevent, and nobody comes who has died.
# A bed is used by the night, by those still in it until the last day that the files tell of.
EVENTS = {
    Counted.ATTENDANCES: "select person_id, arrived_at as happened from {files} "
    "where category is null or category not in ('4', 'X')",
    Counted.ADMISSIONS: "select person_id, admitted_at as happened from {files} "
    "where admission_method in ('21', '22', '23', '24', '25', '2A', '2B', '2C', '2D', '28')",
    Counted.BED_DAYS: "select person_id, unnest(generate_series(admitted_at::date, coalesce(discharged_at::date, "
    "(select max(greatest(admitted_at, discharged_at))::date from {files})) - interval 1 day, interval 1 day)) "
    "as happened from {files}",
    Counted.GP_CONTACTS: 'select person_id, "at" as happened from {files}',
}

NOTHING = "select '' as person_id, null::timestamp as happened where false"


@contextmanager
def opened(scope: Scope, counted: Collection[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a view of events for each that is counted. Raises Refused where the first has no file."""
    found = files(scope)
    with duck.opened(memory="1GB", in_order=False) as con:
        for place, each in enumerate(counted):
            kind = Counted(each)
            paths = list(found[TABLE[kind]])
            if not paths and not place:
                raise Refused(f"No file of this kind has been loaded here: {kind.label}.")
            rows = f"read_parquet({duck.names(paths)}, union_by_name = true)" if paths else ""
            sql = EVENTS[kind].format(files=rows) if paths else NOTHING
            con.execute(f"create view {kind.value} as {sql}")
        yield con


def told_until(con: duckdb.DuckDBPyConnection, counted: str, latest: dt.date) -> dt.date:
    """The last day that the files tell of, and no later than `latest`. Raises Refused where they tell of none."""
    last: dt.date | None = duck.first(con, f"select max(happened)::date from {Counted(counted).value}")  # noqa: S608
    if last is None:
        raise Refused("The files that were loaded hold none of what is counted.")
    return min(last, latest)


def called(scope: Scope, patients: Collection[Patient]) -> dict[str, UUID]:
    """Every name that a file may give these patients, under any record joined to theirs."""
    owner = {record: patient for patient, own in records_of(patients).items() for record in own}
    mine = Patient.objects.filter(organisation_id=scope.organisation_id, pk__in=owner)
    named = PatientIdentifier.objects.filter(organisation_id=scope.organisation_id, patient_id__in=owner)
    found = {value: owner[patient] for value, patient in named.values_list("value", "patient_id")}
    numbers = mine.exclude(nhs_number="").exclude(number_status="disputed").values_list("nhs_number", "pk")
    return found | {number: owner[pk] for number, pk in numbers} | {str(pk): owner[pk] for pk in owner}


def names_of_objectors(scope: Scope) -> frozenset[str]:
    """What files may call people who asked this hospital not to."""
    said = Objection.objects.filter(organisation_id=scope.organisation_id, ended_at=None).values("patient__cluster")
    rows = Patient.objects.filter(organisation_id=scope.organisation_id, cluster__in=said)
    return frozenset(called(scope, [each for each in rows if each.merged_into_id is None]))


def number_in(name: str) -> str:
    """The NHS number that a file calls somebody by; nothing where it is another kind of name."""
    return name if name.isdigit() and nhs_number.problem(name) is None else ""


def kept_apart(con: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
    """Make the table `used` of those whose events are counted."""
    con.register("used", pa.table({"person_id": pa.array(sorted(names), pa.string())}))
