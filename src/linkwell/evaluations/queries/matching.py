"""People of a programme or a rule beside others like them: what came before, and what came after, of each.

Both sides are followed from the same kind of day: that on which the rule found them, or on which they were ready to go
home. Death ends the time somebody is followed, and so does the last day that the files tell of.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import pyarrow as pa

from linkwell.core.scope import Scope
from linkwell.evaluations.details import EvaluationRow, Found, Row, Subject
from linkwell.evaluations.models import Counted, Who
from linkwell.evaluations.queries import activity
from linkwell.hospital.models import (
    CandidateReason,
    Objection,
    Offer,
    OfferAnswer,
    Patient,
    ProgrammePlace,
    ReadyPeriod,
)
from linkwell.kernel import clock

YEAR = dt.timedelta(days=365)
BEFORE = (Counted.ATTENDANCES, Counted.ADMISSIONS, Counted.BED_DAYS)
COLUMNS = ("treated", *(f"{each.value}_before" for each in BEFORE), "sex", "events", "years", "ended")
_COUNT = """
select p.patient, count(*) from {view} e join people p on p.person_id = e.person_id
where e.happened >= p.{start} and e.happened < p.{end} group by 1
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody, from which day, until which, and whether they were offered support."""

    patient: Patient
    since: dt.date
    until: dt.date
    treated: bool

    @property
    def ended(self) -> str:
        return "died" if self.patient.died else ""


def found(scope: Scope, asked: EvaluationRow) -> Found:
    """Raises Refused where no file tells of the outcome."""
    counted = Counted(asked.outcome.counted)
    with activity.opened(scope, list(dict.fromkeys([counted, *BEFORE]))) as con:
        until = activity.told_until(con, counted, asked.question.ends_on)
        people = _followed(scope, asked, until)
        con.register("people", _table(scope, people))
        before = {each: dict(con.execute(_COUNT.format(view=each.value, start="earlier", end="since")).fetchall())
                  for each in BEFORE}  # fmt: skip
        after = dict(con.execute(_COUNT.format(view=counted.value, start="since", end="until")).fetchall())
    return (
        _subjects(scope, people),
        [(str(pk), _row(each, before, after)) for pk, each in people.items()],
        COLUMNS,
    )


def _row(each: Followed, before: Mapping[Counted, Mapping[str, int]], after: Mapping[str, int]) -> Row:
    key = str(each.patient.pk)
    return {
        "treated": int(each.treated),
        **{f"{kind.value}_before": counts.get(key, 0) for kind, counts in before.items()},
        "sex": each.patient.sex or "not known",
        "events": after.get(key, 0),
        "years": round((each.until - each.since) / YEAR, 4),
        "ended": each.ended,
    }


def _followed(scope: Scope, asked: EvaluationRow, until: dt.date) -> dict[UUID, Followed]:
    """Each once, those offered support as such; nobody who has no day to be followed."""
    since = _of_programme(scope, asked) if asked.population.who == Who.PROGRAMME else _of_rule(scope, asked)
    patients = Patient.objects.filter(organisation_id=scope.organisation_id, merged_into=None, test=False)
    found = {}
    for patient in patients.filter(pk__in=since):
        day, treated = since[patient.pk]
        last = min(until, clock.london(patient.died_at).date()) if patient.died_at else until
        if day < last and not (patient.died and not patient.died_at):
            found[patient.pk] = Followed(patient, day, last, treated)
    return found


Since = dict[UUID, tuple[dt.date, bool]]


def _of_rule(scope: Scope, asked: EvaluationRow) -> Since:
    """People the rule found in the window: from the day it did; treated are those who were offered support."""
    window = (asked.question.starts_on, asked.question.ends_on)
    # An offer that was noted by mistake is none; one made after the window changed nothing within it.
    made = Offer.objects.filter(organisation_id=scope.organisation_id, offered_at__date__lte=window[1])
    offered = set(made.exclude(answer=OfferAnswer.WITHDRAWN).values_list("candidate_id", flat=True))
    rows = CandidateReason.objects.filter(
        organisation_id=scope.organisation_id, rule=asked.population.which, found_at__date__range=window
    )
    told = rows.values_list("candidate_id", "candidate__patient_id", "found_at")
    return {patient: (clock.london(at).date(), candidate in offered) for candidate, patient, at in told}


def _of_programme(scope: Scope, asked: EvaluationRow) -> Since:
    """People first ready to go home in the window: from that day; treated are those the programme took on."""
    window = (asked.question.starts_on, asked.question.ends_on)
    places = ProgrammePlace.objects.filter(organisation_id=scope.organisation_id)
    here = places.filter(programme_id=asked.population.which, taken_on__lte=window[1])
    taken = set(here.values_list("stay__patient_id", flat=True))
    others = set(places.values_list("stay__patient_id", flat=True)) - taken
    ready = ReadyPeriod.objects.filter(organisation_id=scope.organisation_id, ready_at__date__range=window)
    # Earlier days last, so that the first one counts.
    told = ready.order_by("-ready_at").values_list("stay__patient_id", "ready_at")
    return {patient: (clock.london(at).date(), patient in taken) for patient, at in told if patient not in others}


def _table(scope: Scope, people: Mapping[UUID, Followed]) -> pa.Table:
    """What files call each of them, and between which days events count."""
    named = activity.called(scope, [each.patient for each in people.values()])
    rows = [(name, people[pk]) for name, pk in named.items()]
    return pa.table(
        {
            "person_id": pa.array([name for name, _ in rows], pa.string()),
            "patient": pa.array([str(each.patient.pk) for _, each in rows], pa.string()),
            "earlier": pa.array([each.since - YEAR for _, each in rows], pa.date32()),
            "since": pa.array([each.since for _, each in rows], pa.date32()),
            "until": pa.array([each.until for _, each in rows], pa.date32()),
        }
    )


def _subjects(scope: Scope, people: Mapping[UUID, Followed]) -> dict[str, Subject]:
    said = Objection.objects.filter(organisation_id=scope.organisation_id, ended_at=None)
    clusters = set(said.values_list("patient__cluster", flat=True))
    return {
        str(pk): Subject(
            str(pk),
            each.patient.nhs_number,
            each.patient.born_on,
            each.patient.postcode,
            each.patient.cluster in clusters,
        )
        for pk, each in people.items()
    }
