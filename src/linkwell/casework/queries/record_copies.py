"""What is to be entered in the GP record, what was, and what still is not."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from linkwell.accounts import queries as accounts
from linkwell.casework.gp_record import MOST_LINES, NOT_SAID, PERSON_SAID_NO, Entry, Known, entry
from linkwell.casework.models import Case, EntryKind, Interaction, Plan, RecordCode, RecordCopy
from linkwell.casework.permissions import COPY_TO_RECORD, SEE_NOT_ENTERED
from linkwell.casework.queries.plan import needs_of
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock, codes
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.people import queries as people
from linkwell.referrals.models import Referral

MOST_CONVERSATIONS = 10
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Copied:
    """Who entered something, and on which day they say it was."""

    id: UUID
    initials: str
    on: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class ToEnter:
    """One entry, ready to paste, and whether it was entered."""

    kind: str
    kind_words: str
    object_id: UUID
    entry: Entry
    copied: Copied | None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """All of one case (or one referral) for the GP record. `agreed`: True, False, or None when nobody asked."""

    person_id: UUID | None
    name: str
    nhs_number: str
    practice: str
    agreed: bool | None
    entries: tuple[ToEnter, ...]


@dataclass(frozen=True, slots=True)
class NotEntered:
    """A line of the lead's list."""

    kind: str
    kind_words: str
    case_id: UUID | None
    referral_id: UUID | None
    name: str
    practice: str
    on: dt.date
    worker: str


@query(COPY_TO_RECORD, opening=True)
def for_the_record(scope: Scope, case_id: UUID) -> RecordPage:
    """The first conversation, the newest others and the end of one support, each ready to paste. Raises NotFound."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).select_related("person").first()
    if case is None:
        raise NotFound
    audit.record_opening(scope, "gp_record", case.pk, person_id=case.person_id)
    person, said = case.person, people.agreement(scope, case.person_id, "tell_gp")
    agreed = None if said is None else said.answer == "agreed"
    # Somebody who said no is not written about, not even the bare fact.
    entries = () if agreed is False else _entries(scope, case, may_tell=bool(agreed))
    return RecordPage(
        person_id=case.person_id,
        name=f"{person.given_name} {person.family_name}",
        nhs_number=person.nhs_number,
        practice=person.gp_practice_name,
        agreed=agreed,
        entries=entries,
    )


@query(COPY_TO_RECORD, opening=True)
def declined_for_the_record(scope: Scope, referral_id: UUID) -> RecordPage:
    """A referral the person did not want, ready to paste. Raises NotFound for any other."""
    row = declined_by_person(scope, referral_id)
    audit.record_opening(scope, "gp_record", row.pk, person_id=row.person_id)
    team = accounts.team(row.team_id)
    known = Known("declined", _day(row.decided_at), "", "", team.name, team.phone, may_tell=False)
    return RecordPage(
        person_id=row.person_id,
        name=f"{row.given_name} {row.family_name}",
        nhs_number=row.nhs_number,
        practice=row.gp_practice_name,
        agreed=None,
        entries=_with_copies(scope, [(EntryKind.DECLINED, row.pk, known)]),
    )


def declined_by_person(scope: Scope, referral_id: UUID) -> Referral:
    """Called from inside a query or an action. Raises NotFound."""
    row = Referral.objects.filter(
        organisation_id=scope.organisation_id,
        pk=referral_id,
        state="declined",
        decline_reason__in=PERSON_SAID_NO,
    ).first()
    if row is None:
        raise NotFound
    return row


def own_codes(scope: Scope) -> dict[str, tuple[str, str]]:
    """The organisation's own codes, by kind. Called from inside a query or an action."""
    rows = RecordCode.objects.filter(organisation_id=scope.organisation_id)
    return {row.kind: (row.code, row.words) for row in rows}


@query(SEE_NOT_ENTERED)
def record_codes(scope: Scope) -> dict[str, tuple[str, str]]:
    """The organisation's own codes and their words, by kind."""
    return own_codes(scope)


def _entries(scope: Scope, case: Case, *, may_tell: bool) -> tuple[ToEnter, ...]:
    talks = list(
        Interaction.objects.filter(case_id=case.pk, outcome="talked")
        .select_related("recorded_by")
        .order_by("happened_at", "pk")
    )
    team = accounts.team(case.team_id)
    plan = Plan.objects.filter(case_id=case.pk).first()
    needs = needs_of(plan.pk) if plan else ()
    about: dict[str, Any] = {
        "team": team.name,
        "phone": team.phone,
        "may_tell": may_tell,
        "needs": tuple((each.code, codes.plain(codes.NEEDS, each.code) if each.code else each.words) for each in needs),
        "steps": tuple(step.words for need in needs for goal in need.goals for step in goal.steps)[:MOST_LINES],
    }
    matters = people.about_me(scope, case.person_id).words.matters_most
    found: list[tuple[EntryKind, UUID, Known]] = []
    for number, talk in enumerate(talks):
        kind = EntryKind.CONVERSATION if number else EntryKind.FIRST
        known = Known(
            kind.value,
            _day(talk.happened_at),
            talk.get_kind_display().lower(),
            talk.recorded_by.name,
            matters="" if number else matters,
            next_on=case.next_date if talk is talks[-1] else None,
            **about,
        )
        found.append((kind, talk.pk if number else case.pk, known))
    found = [*found[:1], *found[1:][-MOST_CONVERSATIONS:]]
    if case.state == "closed" and talks:
        ended = "" if case.closing_reason in NOT_SAID else case.get_closing_reason_display()
        known = Known("ended", _day(case.closed_at), "", talks[-1].recorded_by.name, ended=ended, **about)
        found.append((EntryKind.ENDED, case.pk, known))
    return _with_copies(scope, found)


def _with_copies(scope: Scope, found: list[tuple[EntryKind, UUID, Known]]) -> tuple[ToEnter, ...]:
    own = own_codes(scope)
    rows = RecordCopy.objects.filter(
        organisation_id=scope.organisation_id, object_id__in=[object_id for _, object_id, _ in found]
    ).select_related("entered_by")
    copied = {
        (row.kind, row.object_id): Copied(row.pk, row.initials, row.entered_on, row.entered_by.name) for row in rows
    }
    return tuple(
        ToEnter(kind.value, str(kind.label), object_id, entry(known, own), copied.get((kind.value, object_id)))
        for kind, object_id, known in found
    )


def _day(moment: dt.datetime | None) -> dt.date:
    return clock.london(moment or clock.now()).date()


# First conversations, endings, and referrals somebody did not want, without those that were entered and without
# people who said no to their practice hearing.
_DUE = """
SELECT d.kind, d.object_id, d.case_id, d.referral_id, d.name, d.practice, d.at, d.worker FROM (
  SELECT 'first' AS kind, c.id AS object_id, c.id AS case_id, NULL::uuid AS referral_id, c.person_id,
    p.given_name || ' ' || p.family_name AS name, p.gp_practice_name AS practice, c.first_spoken_at AS at,
    coalesce(u.name, '') AS worker
  FROM casework_case c JOIN people_person p ON p.id = c.person_id LEFT JOIN accounts_user u ON u.id = c.worker_id
  WHERE c.organisation_id = %(organisation)s AND c.first_spoken_at IS NOT NULL
  UNION ALL
  SELECT 'ended', c.id, c.id, NULL, c.person_id, p.given_name || ' ' || p.family_name, p.gp_practice_name,
    c.closed_at, coalesce(u.name, '')
  FROM casework_case c JOIN people_person p ON p.id = c.person_id LEFT JOIN accounts_user u ON u.id = c.worker_id
  WHERE c.organisation_id = %(organisation)s AND c.state = 'closed' AND c.first_spoken_at IS NOT NULL
  UNION ALL
  SELECT 'declined', r.id, NULL, r.id, r.person_id, r.given_name || ' ' || r.family_name, r.gp_practice_name,
    r.decided_at, coalesce(u.name, '')
  FROM referrals_referral r LEFT JOIN accounts_user u ON u.id = r.decided_by_id
  WHERE r.organisation_id = %(organisation)s AND r.state = 'declined' AND r.decline_reason = ANY(%(no)s)
) d
WHERE NOT EXISTS (SELECT FROM casework_recordcopy e WHERE e.organisation_id = %(organisation)s
    AND e.kind = d.kind AND e.object_id = d.object_id)
  AND d.practice <> '' AND (d.person_id IS NULL OR d.person_id <> ALL(%(left_out)s))
  AND (%(practice)s = '' OR lower(btrim(d.practice)) = %(practice)s)
"""


def _asked(scope: Scope, practice: str = "") -> dict[str, Any]:
    """Whoever is kept apart, or said no on any record that is theirs, is left out."""
    return {
        "organisation": scope.organisation_id,
        "no": sorted(PERSON_SAID_NO),
        "practice": practice.strip().lower(),
        "left_out": list(people.kept_apart_ids(scope) | people.said_no(scope, "tell_gp")),
    }


@query(SEE_NOT_ENTERED)
def not_entered(scope: Scope, practice: str = "", page: int = 1) -> Page[NotEntered]:
    """What is not in the GP record yet, the oldest first; of one practice where named."""
    asked = _asked(scope, practice) | {"limit": PAGE_SIZE + 1, "offset": (page - 1) * PAGE_SIZE}
    with connection.cursor() as cursor:
        cursor.execute(f"{_DUE} ORDER BY d.at, d.object_id, d.kind LIMIT %(limit)s OFFSET %(offset)s", asked)
        rows = cursor.fetchall()
    found = [
        NotEntered(kind, str(EntryKind(kind).label), case_id, referral_id, name, at_practice, _day(at), worker)
        for kind, _, case_id, referral_id, name, at_practice, at, worker in rows
    ]
    return Page.of(found, number=page, size=PAGE_SIZE)


@query(SEE_NOT_ENTERED)
def practices_not_entered(scope: Scope) -> tuple[tuple[str, int], ...]:
    """Each practice with something not entered, and how many, by name."""
    counted = f"SELECT min(btrim(practice)), count(*) FROM ({_DUE}) due GROUP BY lower(btrim(practice)) ORDER BY 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(counted, _asked(scope))
        return tuple((str(name), int(number)) for name, number in cursor.fetchall())
