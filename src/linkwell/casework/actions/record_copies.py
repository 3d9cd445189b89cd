"""Saying that something was entered in the GP record, and the codes an organisation uses there."""

import datetime as dt
from uuid import UUID

from linkwell.casework.actions.parts import acting_user
from linkwell.casework.gp_record import CODES
from linkwell.casework.models import Case, EntryKind, Interaction, RecordCode, RecordCopy
from linkwell.casework.permissions import COPY_TO_RECORD, SAY_RECORD_CODES
from linkwell.casework.queries.record_copies import declined_by_person, own_codes
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

_SHORTEST_CODE, _LONGEST_CODE = 6, 18


@action(COPY_TO_RECORD)
def enter_in_record(*, scope: Scope, kind: str, object_id: UUID, initials: str, entered_on: dt.date) -> UUID:
    """Somebody pasted an entry. Raises NotFound for what is not to be entered, Invalid for no initials or another day.

    Said twice it is one: the first stays.
    """
    person_id, happened = _about(scope, kind, object_id)
    wrong = {}
    letters = "".join(initials.split()).upper()
    if not letters.isalpha() or len(letters) > 6:
        wrong["initials"] = "Enter your initials, up to six letters."
    if not happened <= entered_on <= clock.today():
        wrong["entered_on"] = "Enter a day from when it happened to today."
    if wrong:
        raise Invalid(wrong)
    code, _ = (own_codes(scope) | CODES).get(kind, ("", ""))
    row, _ = RecordCopy.objects.get_or_create(
        organisation_id=scope.organisation_id,
        kind=kind,
        object_id=object_id,
        defaults={
            "person_id": person_id,
            "code": code,
            "initials": letters,
            "entered_on": entered_on,
            "entered_by_id": acting_user(scope),
        },
    )
    audit.record(scope, "entered in GP record", "record_copy", row.pk, person_id=person_id, fields=("initials",))
    return row.pk


@action(COPY_TO_RECORD)
def not_entered_after_all(*, scope: Scope, copy_id: UUID) -> None:
    """A tick that was wrong is taken away. Raises NotFound."""
    row = RecordCopy.objects.filter(organisation_id=scope.organisation_id, pk=copy_id).first()
    if row is None:
        raise NotFound
    person_id = row.person_id
    row.delete()
    audit.record(scope, "not entered after all", "record_copy", copy_id, person_id=person_id)


def _about(scope: Scope, kind: str, object_id: UUID) -> tuple[UUID | None, dt.date]:
    """Whom an entry is about, and the day it happened."""
    if kind == EntryKind.DECLINED:
        referral = declined_by_person(scope, object_id)
        return referral.person_id, _day(referral.decided_at)
    if kind == EntryKind.CONVERSATION:
        rows = Interaction.objects.filter(organisation_id=scope.organisation_id, pk=object_id, outcome="talked")
        talk = rows.first()
        if talk is not None:
            return talk.person_id, _day(talk.happened_at)
    elif kind in (EntryKind.FIRST, EntryKind.ENDED):
        case = Case.objects.filter(organisation_id=scope.organisation_id, pk=object_id).first()
        at = None if case is None else case.first_spoken_at if kind == EntryKind.FIRST else case.closed_at
        if case is not None and at is not None:
            return case.person_id, _day(at)
    raise NotFound


def _day(moment: dt.datetime | None) -> dt.date:
    return clock.london(moment or clock.now()).date()


@action(SAY_RECORD_CODES)
def say_record_code(*, scope: Scope, kind: str, code: str, words: str) -> None:
    """The code for later conversations or for endings; an empty code means none. Raises Invalid."""
    if kind not in (EntryKind.CONVERSATION, EntryKind.ENDED):
        raise Invalid({"kind": "Choose later conversations or endings; the others have published codes."})
    number, said = code.strip(), words.strip()
    if number and not (number.isascii() and number.isdigit() and _SHORTEST_CODE <= len(number) <= _LONGEST_CODE):
        raise Invalid({"code": "Enter a SNOMED CT code: 6 to 18 digits."})
    if number and not said:
        raise Invalid({"words": "Enter what the code means, as the GP record shows it."})
    rows = RecordCode.objects.filter(organisation_id=scope.organisation_id, kind=kind)
    rows.delete()
    if number:
        RecordCode.objects.create(organisation_id=scope.organisation_id, kind=kind, code=number, words=said[:120])
    audit.record(scope, "said", "record_code", None, fields=(kind,))
