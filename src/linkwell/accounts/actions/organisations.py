"""Organisations, their teams, and the networks they belong to."""

import secrets
from dataclasses import asdict
from uuid import UUID

from django.utils.text import slugify

from linkwell.accounts.checks import check_network, check_organisation, check_team
from linkwell.accounts.details import NetworkDetails, OrganisationDetails, TeamDetails
from linkwell.accounts.models import Membership, Network, NetworkMembership, Organisation, Team
from linkwell.accounts.permissions import RUN_ORGANISATION
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

LONGEST_SLUG = 40


@action(RUN_ORGANISATION)
def add_organisation(*, scope: Scope, details: OrganisationDetails) -> UUID:
    """Add the organisation whose id the scope carries. Raises Invalid, also when the code is taken."""
    check_organisation(details)
    code = details.code.upper()
    if Organisation.objects.filter(code=code).exists():
        raise Invalid({"code": f"An organisation with the code {code} is here already."})
    row = Organisation.objects.create(id=scope.organisation_id, **_columns(details))
    audit.record(scope, "added", "organisation", row.pk)
    return row.pk


@action(RUN_ORGANISATION)
def change_organisation(*, scope: Scope, details: OrganisationDetails) -> None:
    """Change the scope's organisation. Its code stays: other systems know it by that."""
    row = Organisation.objects.select_for_update().get(pk=scope.organisation_id)
    check_organisation(details)
    changed = [name for name, value in _columns(details).items() if name != "code" and getattr(row, name) != value]
    for name in changed:
        setattr(row, name, _columns(details)[name])
    row.save(update_fields=changed)
    audit.record(scope, "changed", "organisation", row.pk, fields=tuple(changed))


def _columns(details: OrganisationDetails) -> dict[str, str]:
    return {**asdict(details), "code": details.code.upper(), "name": details.name.strip()}


@action(RUN_ORGANISATION)
def add_team(*, scope: Scope, details: TeamDetails) -> UUID:
    """Add a team. Its form's address is made of its name and stays the same for good."""
    check_team(details)
    _check_duty(scope, details)
    row = Team.objects.create(organisation_id=scope.organisation_id, slug=_new_slug(details.name), **asdict(details))
    audit.record(scope, "added", "team", row.pk)
    return row.pk


@action(RUN_ORGANISATION)
def change_team(*, scope: Scope, team_id: UUID, details: TeamDetails) -> None:
    row = Team.objects.select_for_update().filter(pk=team_id, organisation_id=scope.organisation_id).first()
    if row is None:
        raise NotFound("We could not find that team.")
    check_team(details)
    _check_duty(scope, details)
    changed = [name for name, value in asdict(details).items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, getattr(details, name))
    row.save(update_fields=changed)
    audit.record(scope, "changed", "team", row.pk, fields=tuple(changed))


def _check_duty(scope: Scope, details: TeamDetails) -> None:
    """Somebody who does not work here cannot be the one who is alerted."""
    for name in ("duty_user_id", "second_duty_user_id", "safeguarding_user_id"):
        user_id = getattr(details, name)
        works_here = Membership.objects.filter(
            user_id=user_id, organisation_id=scope.organisation_id, ended_at=None, user__is_active=True
        )
        if user_id is not None and not works_here.exists():
            raise Invalid({name: "Choose somebody who works here."})
    if details.duty_user_id is not None and details.duty_user_id == details.second_duty_user_id:
        raise Invalid({"second_duty_user_id": "Choose somebody else as the second duty person."})


def _new_slug(name: str) -> str:
    wanted = slugify(name)[:LONGEST_SLUG].strip("-") or "team"
    if not Team.objects.filter(slug=wanted).exists():
        return wanted
    return f"{wanted}-{secrets.token_hex(3)}"


@action(RUN_ORGANISATION)
def add_network(*, scope: Scope, details: NetworkDetails) -> UUID:
    """Start a network under an agreement, with this organisation as its first member. It opens no record by itself."""
    check_network(details)
    row = Network.objects.create(**asdict(details))
    NetworkMembership.objects.create(network=row, organisation_id=scope.organisation_id, joined_on=clock.today())
    audit.record(scope, "added", "network", row.pk)
    return row.pk


@action(RUN_ORGANISATION)
def add_to_network(*, scope: Scope, network_id: UUID, code: str) -> None:
    """Note that another organisation has signed the agreement of a network this one belongs to."""
    _own_network(scope, network_id)
    joining = Organisation.objects.filter(code__iexact=code.strip(), closed_at=None).first()
    if joining is None:
        raise Invalid({"code": "No organisation here has that code."})
    if NetworkMembership.objects.filter(network_id=network_id, organisation=joining, left_on=None).exists():
        raise Invalid({"code": f"{joining.name} is in this network already."})
    NetworkMembership.objects.create(network_id=network_id, organisation=joining, joined_on=clock.today())
    audit.record(scope, "member_added", "network", network_id)


@action(RUN_ORGANISATION)
def leave_network(*, scope: Scope, network_id: UUID) -> None:
    """Leave a network today. Shares already given end only one by one, with a reason."""
    membership = _own_network(scope, network_id)
    membership.left_on = clock.today()
    membership.save(update_fields=["left_on"])
    audit.record(scope, "left", "network", network_id)


def _own_network(scope: Scope, network_id: UUID) -> NetworkMembership:
    found = NetworkMembership.objects.filter(
        network_id=network_id, organisation_id=scope.organisation_id, left_on=None
    ).first()
    if found is None:
        raise NotFound("We could not find that network.")
    return found
