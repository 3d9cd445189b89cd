"""The list made to agree with what the rules find: who is new, who still is, who no longer is, who is to be left alone.

A rule only ever opens or closes the door: it offers nothing, refers nobody and never answers for anybody. What
somebody answered in an earlier stay is kept and shown, and does not keep them off the list for ever.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from linkwell.cohorts.rule import Hit
from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.answered import answers_that_hold
from linkwell.hospital.models import Candidate, CandidateReason, NotSuitable, Objection, Patient
from linkwell.hospital.permissions import FIND_CANDIDATES
from linkwell.hospital.queries.joined import records_of
from linkwell.hospital.queries.listable import listable_patients
from linkwell.kernel import clock


@dataclass(frozen=True, slots=True)
class Found:
    """How many people came onto the list, stayed on it and left it."""

    new: int = 0
    still: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom every rule in use was asked, and the `hits` for each of the people who was found."""

    people: Collection[UUID]
    hits: Mapping[UUID, Sequence[Hit]]


@action(FIND_CANDIDATES)
def reconcile(*, scope: Scope, asked: Asked) -> Found:
    """Make the list of these people what the rules say of them now. Safe to run again.

    Who died, whose record is restricted and who is joined to another record leaves the list, whatever was found.
    """
    audit.record(scope, "looked", "candidate", None)
    rows = {row.patient_id: row for row in _locked(scope, asked.people)}
    answers = answers_that_hold(scope, rows.values())
    listable = listable_patients(scope).in_bulk(asked.people)
    holds = _Holds.of(tuple(listable.values()))
    reasons: dict[UUID, list[CandidateReason]] = {}
    for reason in CandidateReason.objects.filter(candidate__in=rows.values()):
        reasons.setdefault(reason.candidate_id, []).append(reason)
    became = Counter[str]()
    for patient_id in sorted(asked.people):
        row, hits = rows.get(patient_id), asked.hits.get(patient_id, ())
        if patient_id not in listable:
            became[_off_the_list(scope, row)] += 1
        elif row is not None:
            stands = _keep_reasons(row, reasons.get(row.pk, []), hits)
            said = answers.get(row.pk, "")
            became[_settle(scope, row, holds.state_of(patient_id), said, stands=stands)] += 1
        elif hits:
            _begin(scope, patient_id, hits, holds.state_of(patient_id))
            became["new"] += 1
    return Found(became["new"], became["still"], became["gone"])


def _locked(scope: Scope, people: Collection[UUID]) -> list[Candidate]:
    rows = Candidate.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, patient_id__in=people
    )
    return list(rows.order_by("pk"))


@dataclass(frozen=True, slots=True)
class _Holds:
    """Who asked us not to, and for whom a clinician said not now, under any record joined to theirs."""

    objecting: frozenset[UUID]
    not_now: frozenset[UUID]

    @classmethod
    def of(cls, patients: Sequence[Patient]) -> "_Holds":
        records = records_of(patients)
        everyone = [record for each in records.values() for record in each]
        said = set(
            Objection.objects.filter(patient_id__in=everyone, ended_at=None).values_list("patient_id", flat=True)
        )
        later = NotSuitable.objects.filter(patient_id__in=everyone, ended_at=None, review_on__gt=clock.today())
        not_now = set(later.values_list("patient_id", flat=True))
        return cls(
            frozenset(each for each, own in records.items() if said.intersection(own)),
            frozenset(each for each, own in records.items() if not_now.intersection(own)),
        )

    def state_of(self, patient_id: UUID) -> str:
        if patient_id in self.objecting:
            return "asked_not"
        return "not_suitable" if patient_id in self.not_now else "open"


def _off_the_list(scope: Scope, row: Candidate | None) -> str:
    if row is None or row.state == "gone":
        return ""
    states.move(scope=scope, row=row, to="gone")
    return "gone"


def _begin(scope: Scope, patient_id: UUID, hits: Sequence[Hit], to: str) -> None:
    row = Candidate(organisation_id=scope.organisation_id, patient_id=patient_id, state="open", found_at=clock.now())
    states.begin(scope=scope, row=row)
    _keep_reasons(row, [], hits)
    _leave_alone(scope, row, to)


def _settle(scope: Scope, row: Candidate, to: str, said: str, *, stands: bool) -> str:
    """What became of one who was on the list before.

    `said` is the state that their last answer still gives them, `stands` whether any rule still sees a reason.
    """
    if row.state == "gone":
        if not stands:
            return ""
        row.found_at = clock.now()
        states.move(scope=scope, row=row, to=said if said and to == "open" else to, fields=("found_at",))
        return "new"
    if row.state in ("accepted", "chose_not") and stands and not said:
        row.found_at = clock.now()
        states.move(scope=scope, row=row, to="open", reason="found again since they answered", fields=("found_at",))
    if row.state == "not_suitable" and to == "open":
        states.move(scope=scope, row=row, to="open", reason="nobody says that now is not the time")
    if row.state == "asked_not" and to != "asked_not":
        # It was said under a record that is no longer theirs: what they answered themselves stands again.
        states.move(scope=scope, row=row, to=said or "open", reason="nobody asked us not to offer")
    if row.state == "open" and not stands:
        return _off_the_list(scope, row)
    _leave_alone(scope, row, to)
    return "still"


def _leave_alone(scope: Scope, row: Candidate, to: str) -> None:
    """Somebody found who had asked us not to, or joined to a record that had, is left alone from now on."""
    if (to == "asked_not" and row.state != to) or (to == "not_suitable" and row.state == "open"):
        states.move(scope=scope, row=row, to=to)


def _keep_reasons(row: Candidate, known: Sequence[CandidateReason], hits: Sequence[Hit]) -> bool:
    """What each rule sees now; whether anything stands."""
    now = clock.now()
    before = {each.rule: each for each in known}
    for hit in hits:
        seen = dict(hit.evidence)
        reason = before.pop(hit.rule, None)
        if reason is None:
            CandidateReason.objects.create(
                organisation_id=row.organisation_id,
                candidate=row,
                rule=hit.rule,
                since=hit.since,
                evidence=seen,
                found_at=now,
            )
        elif (reason.since, reason.evidence, reason.gone_at) != (hit.since, seen, None):
            reason.since, reason.evidence, reason.gone_at = hit.since, seen, None
            reason.save(update_fields=["since", "evidence", "gone_at"])
    over = [each.pk for each in before.values() if each.gone_at is None]
    if over:
        CandidateReason.objects.filter(pk__in=over).update(gone_at=now)
    return bool(hits)


@action(FIND_CANDIDATES)
def end_reviews(*, scope: Scope) -> int:
    """Who was not suitable until today comes back by themselves; how many."""
    audit.record(scope, "looked", "candidate", None)
    due = NotSuitable.objects.select_for_update().filter(
        organisation_id=scope.organisation_id, ended_at=None, review_on__lte=clock.today()
    )
    for each in due:
        each.ended_at = clock.now()
        each.save(update_fields=["ended_at"])
    people = _who_they_are(scope, [each.patient_id for each in due])
    holds = _Holds.of(people)
    for row in _locked(scope, [each.pk for each in people]):
        if row.state == "not_suitable" and row.patient_id not in holds.not_now:
            states.move(scope=scope, row=row, to="open", reason="the day to look again")
    return len(due)


def _who_they_are(scope: Scope, people: Collection[UUID]) -> list[Patient]:
    """These patients under the record each is joined to now, and others who were ever joined with them."""
    mine = Patient.objects.filter(organisation_id=scope.organisation_id)
    clusters = mine.filter(pk__in=people).values("cluster")
    return list(mine.filter(cluster__in=clusters, merged_into=None))
