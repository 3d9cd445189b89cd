"""The numbers a team works by."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linkwell.accounts.models import CommissionerTargets, NetworkMembership, Team, TeamRules
from linkwell.accounts.rules import Rules, Targets
from linkwell.core.database import already_known
from linkwell.core.written import written_once


def rules(team_id: UUID) -> Rules:
    """The team's own numbers, or the defaults. Public facts, so no scope is asked."""
    known: dict[UUID, Rules] = already_known("rules of teams")
    if team_id not in known:
        row = next(iter(_own_rules(team_id)), None)
        known[team_id] = Rules(**row) if row else Rules()
    return known[team_id]


@written_once
def _own_rules(team_id: UUID) -> QuerySet[TeamRules, Any]:
    found: QuerySet[TeamRules, Any] = TeamRules.objects.filter(pk=team_id).values(
        *(each.name for each in fields(Rules))
    )
    return found


@dataclass(frozen=True, slots=True)
class TargetBook:
    """The targets of some teams: their own, and those of commissioners. Read once, asked for each referral."""

    own: dict[UUID, Targets]
    commissioned: dict[tuple[UUID, UUID], Targets]
    # For each organisation, the commissioners it is in a network with.
    networked: dict[UUID, frozenset[UUID]]

    def of(self, team_id: UUID, sender_id: UUID | None) -> Targets:
        """For a referral from this organisation: its own targets, its commissioner's strictest, or the team's."""
        if sender_id is None:
            return self.own[team_id]
        direct = self.commissioned.get((team_id, sender_id))
        if direct is not None:
            return direct
        asked = [self.commissioned.get((team_id, each)) for each in self.networked.get(sender_id, ())]
        return min((each for each in asked if each), key=_strictness, default=self.own[team_id])


def _strictness(targets: Targets) -> tuple[int, int, int]:
    return targets.first_talk, targets.first_try, targets.triage


def target_book(team_ids: Collection[UUID]) -> TargetBook:
    """Targets of these teams, in five statements however many. Public facts, so no scope is asked."""
    columns = ("triage_working_days", "first_try_working_days", "first_talk_working_days")
    teams = Team.objects.filter(pk__in=team_ids).values_list("pk", "triage_working_days")
    ruled = {row["pk"]: row for row in TeamRules.objects.filter(pk__in=team_ids).values("pk", *columns[1:])}
    usual = Rules()
    own = {
        team_id: Targets(
            triage,
            ruled.get(team_id, {}).get(columns[1], usual.first_try_working_days),
            ruled.get(team_id, {}).get(columns[2], usual.first_talk_working_days),
        )
        for team_id, triage in teams
    }
    rows = CommissionerTargets.objects.filter(team_id__in=team_ids).values_list("team_id", "commissioner_id", *columns)
    commissioned = {(team_id, who): Targets(*days) for team_id, who, *days in rows}
    return TargetBook(own, commissioned, _networked({who for _, who in commissioned}))


def _networked(commissioners: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    if not commissioners:
        return {}
    members = NetworkMembership.objects.filter(left_on=None)
    theirs = members.filter(organisation_id__in=commissioners).values("network_id")
    networks: dict[UUID, set[UUID]] = {}
    for network_id, who in members.filter(network_id__in=theirs).values_list("network_id", "organisation_id"):
        networks.setdefault(network_id, set()).add(who)
    found: dict[UUID, set[UUID]] = {}
    for together in networks.values():
        for who in together:
            found.setdefault(who, set()).update((together & set(commissioners)) - {who})
    return {who: frozenset(their) for who, their in found.items()}


@dataclass(frozen=True, slots=True)
class TargetsRow:
    """What one commissioner asks of a team."""

    commissioner_id: UUID
    commissioner_name: str
    targets: Targets


def commissioner_targets(team_id: UUID) -> tuple[TargetsRow, ...]:
    """The targets of each commissioner of a team, by name."""
    rows = CommissionerTargets.objects.select_related("commissioner").filter(team_id=team_id)
    found = (
        TargetsRow(
            row.commissioner_id,
            row.commissioner.name,
            Targets(row.triage_working_days, row.first_try_working_days, row.first_talk_working_days),
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda row: row.commissioner_name.casefold()))
