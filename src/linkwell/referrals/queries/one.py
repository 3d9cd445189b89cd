"""One referral: everything that was given, who changed it last, and what may be about the same person."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from linkwell.accounts.queries import TeamRow, team, user_names
from linkwell.core import audit
from linkwell.core.models import StateChange
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.referrals.details import Part
from linkwell.referrals.given import details_of
from linkwell.referrals.models import DuplicateDecision, Referral, ReferralAnswer, ReferralAnswerKind
from linkwell.referrals.permissions import READ_REFERRALS
from linkwell.referrals.queries.triage import maybe_known
from linkwell.referrals.rows import AnswerRow, LastChange, News, OtherReferral, ReferralRow, Together

_MOST_LIKE = 10
# Whoever decided one of these ways has read it. One that was taken back may have been read by nobody.
DECIDED_HERE = frozenset({"accepted", "joined", "declined"})


@query(READ_REFERRALS, opening=True)
def referral(scope: Scope, referral_id: UUID) -> ReferralRow:
    """Open one referral of this organisation. Raises NotFound. The opening is noted."""
    row = (
        Referral.objects.select_related("team", "sender_organisation", "owner", "decided_by", "named_with")
        .filter(organisation_id=scope.organisation_id, pk=referral_id)
        .first()
    )
    if row is None:
        raise NotFound("We could not find that.")
    audit.record_opening(scope, "referral", row.pk, person_id=row.person_id)
    return ReferralRow(
        id=row.pk,
        version=row.version,
        state=row.state,
        reference=row.reference,
        team_id=row.team_id,
        team_name=row.team.name,
        details=details_of(row),
        sender_organisation=row.sender_organisation.name if row.sender_organisation else "",
        dangers=tuple(row.dangers),
        received_at=row.received_at,
        next_date=row.next_date,
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        decided_at=row.decided_at,
        decided_by=row.decided_by.name if row.decided_by else "",
        decline_reason=row.decline_reason,
        onward_advice=row.onward_advice,
        person_words=row.person_words,
        person_id=row.person_id,
        answers=answers_to([row.pk]).get(row.pk, ()),
        hand_over=row.hand_over,
        came_along=_parts(row) if row.hand_over else (),
        named_with=_together(scope, row),
    )


@query(READ_REFERRALS)
def came_along(scope: Scope, referral_id: UUID) -> tuple[Part, ...]:
    """Copies that came with a referral that was handed over to this team."""
    row = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id, hand_over=True).first()
    return _parts(row) if row else ()


def _parts(row: Referral) -> tuple[Part, ...]:
    return tuple(Part(each.kind, each.title, each.text) for each in row.came_along.order_by("created_at", "pk"))


def _together(scope: Scope, row: Referral) -> Together | None:
    other = row.named_with
    if other is None:
        return None
    known = bool(maybe_known(scope, [other]))
    name = f"{other.given_name} {other.family_name}"
    return Together(other.pk, other.reference, name, other.state, other.version, known)


@query(READ_REFERRALS)
def hand_over_answer(scope: Scope, referral_id: UUID) -> tuple[UUID, str, str] | None:
    """For a hand-over that was decided: the organisation that offered it, the state, and what they are told."""
    row = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id, hand_over=True).first()
    if row is None or row.sender_organisation_id is None:
        return None
    told = row.answers.filter(kind="declined").order_by("-created_at").values_list("text", flat=True).first()
    return row.sender_organisation_id, row.state, told or ""


def answers_to(referral_ids: list[UUID]) -> dict[UUID, tuple[AnswerRow, ...]]:
    """What was told about each of these referrals, oldest first. One query, whatever their number."""
    found: dict[UUID, list[AnswerRow]] = {}
    for row in ReferralAnswer.objects.filter(referral_id__in=referral_ids).order_by("created_at", "pk"):
        answer = AnswerRow(row.pk, row.kind, str(row.get_kind_display()), row.text, row.created_at)
        found.setdefault(row.referral_id, []).append(answer)
    return {referral_id: tuple(rows) for referral_id, rows in found.items()}


@query(READ_REFERRALS)
def last_change(scope: Scope, referral_id: UUID) -> LastChange | None:
    """The newest change of state, for whoever came second."""
    change = (
        StateChange.objects.filter(organisation_id=scope.organisation_id, object_id=referral_id).order_by("-id").first()
    )
    if change is None:
        return None
    names = user_names([change.actor_id]) if change.actor_kind == "user" and change.actor_id else {}
    who = names.get(change.actor_id, "Somebody") if change.actor_id else "Somebody"
    return LastChange(who, change.after, change.at)


@query(READ_REFERRALS)
def other_referrals(scope: Scope, referral_id: UUID) -> tuple[OtherReferral, ...]:
    """Other referrals with the same NHS number, or the same birthday and a name in common."""
    row = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id).first()
    if row is None:
        return ()
    alike = Q(pk__in=[])
    if row.nhs_number:
        alike |= Q(nhs_number=row.nhs_number)
    if row.date_of_birth:
        name = Q(family_name__iexact=row.family_name) | Q(given_name__iexact=row.given_name)
        alike |= Q(date_of_birth=row.date_of_birth) & name
    others = Referral.objects.filter(alike, organisation_id=scope.organisation_id).exclude(pk=row.pk)
    return tuple(
        OtherReferral(
            each.pk, each.reference, f"{each.given_name} {each.family_name}", each.date_of_birth, each.received_at,
            each.state,
        )
        for each in others.order_by("-received_at")[:_MOST_LIKE]
    )  # fmt: skip


@query(READ_REFERRALS)
def decisions_on(scope: Scope, referral_id: UUID) -> dict[UUID, bool]:
    """For each record somebody compared with this referral: the same person, or not."""
    rows = DuplicateDecision.objects.filter(organisation_id=scope.organisation_id, referral_id=referral_id)
    return dict(rows.values_list("person_id", "same"))


@query(READ_REFERRALS)
def decided_same(scope: Scope, referral_id: UUID) -> UUID | None:
    """The record that somebody said is the same person, if any."""
    rows = DuplicateDecision.objects.filter(organisation_id=scope.organisation_id, referral_id=referral_id, same=True)
    return rows.values_list("person_id", flat=True).first()


@query(READ_REFERRALS)
def news(scope: Scope, answer_id: UUID) -> News | None:
    """What to tell the sender by e-mail, after the commit."""
    row = (
        ReferralAnswer.objects.select_related("referral")
        .filter(organisation_id=scope.organisation_id, pk=answer_id)
        .first()
    )
    if row is None:
        return None
    about = row.referral
    return News(
        referral_id=about.pk,
        kind=row.kind,
        reference=about.reference,
        team_id=about.team_id,
        sender_user_id=about.sender_user_id,
        sender_email=about.referrer_email,
        source=about.source,
        told_at=row.created_at,
        details=details_of(about),
    )


@query(READ_REFERRALS)
def team_to_warn(scope: Scope, referral_id: UUID) -> tuple[TeamRow, str, int] | None:
    """The team of a referral whose words suggest danger, its reference, and how many kinds. Raises NotFound.

    None where somebody of the team has decided it since, and so has read the words: nobody has said more after that.
    """
    row = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id).first()
    if row is None:
        raise NotFound("We could not find that.")
    if row.decided_at is not None and row.state in DECIDED_HERE:
        answers = ReferralAnswer.objects.filter(
            organisation_id=scope.organisation_id, referral_id=row.pk, kind=ReferralAnswerKind.ANSWER
        )
        if not answers.filter(created_at__gt=row.decided_at).exists():
            return None
    return team(row.team_id), row.reference, len(row.dangers)


def whose_referral(scope: Scope, referral_id: UUID) -> UUID | None:
    """The person an accepted referral became. Called inside the transaction of whoever sends something about it."""
    rows = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id)
    return rows.values_list("person_id", flat=True).first()


def may_be_about(scope: Scope, person_ids: Collection[UUID]) -> tuple[tuple[UUID, UUID, str], ...]:
    """Referrals still waiting that somebody said are about these people: id, team and reference. Inside an action."""
    rows = Referral.objects.filter(
        organisation_id=scope.organisation_id,
        state__in=["received", "asked"],
        duplicate_decisions__person_id__in=person_ids,
        duplicate_decisions__same=True,
    )
    return tuple(rows.order_by("pk").values_list("pk", "team_id", "reference").distinct())
