"""Whether what was given for an organisation, a team or a role can be used."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from linkwell.accounts.details import NetworkDetails, OrganisationDetails, RoleDetails, TeamDetails
from linkwell.accounts.models import NOT_STAFF, OrganisationKind
from linkwell.core.permissions import ROLE_WORDS, Role
from linkwell.kernel.errors import Invalid

NATIONS = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}
TEAM_ROLES = (Role.LINK_WORKER, Role.TEAM_LEAD, Role.SAFEGUARDING_LEAD)
STAFF_ROLES = tuple(role for role in Role if role not in NOT_STAFF)
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")


def check_organisation(details: OrganisationDetails) -> None:
    """Raises Invalid naming each field that needs another look."""
    wrong: dict[str, str] = {}
    if not _CODE.fullmatch(details.code.upper()):
        wrong["code"] = "Enter a code of 2 to 20 letters and numbers, like P90001."
    if not 0 < len(details.name.strip()) <= 200:
        wrong["name"] = "Enter a name of at most 200 letters."
    if details.kind not in OrganisationKind.values:
        wrong["kind"] = f"Use one of: {', '.join(OrganisationKind.values)}."
    if details.nation not in NATIONS:
        wrong["nation"] = f"Use one of: {', '.join(NATIONS)}."
    if details.email and not is_email(details.email):
        wrong["email"] = "Enter an e-mail address, like name@example.org."
    if len(details.legal_basis) > 200:
        wrong["legal_basis"] = "Use at most 200 letters."
    if len(details.phone) > 20:
        wrong["phone"] = "Enter a telephone number of at most 20 figures."
    _refuse(wrong)


def check_role(details: RoleDetails) -> None:
    wrong: dict[str, str] = {}
    if details.role not in STAFF_ROLES:
        words = ", ".join(STAFF_ROLES)
        wrong["role"] = f"Use one of: {words}."
    elif details.role in TEAM_ROLES and details.team_id is None:
        wrong["team"] = f"Choose the team. A {ROLE_WORDS[Role(details.role)].lower()} works in one."
    if any(day not in range(7) for day in details.working_days):
        wrong["working_days"] = "Choose days of the week."
    _refuse(wrong)


def check_team(details: TeamDetails) -> None:
    wrong: dict[str, str] = {}
    if not 0 < len(details.name.strip()) <= 120:
        wrong["name"] = "Enter a name of at most 120 letters."
    if details.closes_at <= details.opens_at:
        wrong["closes_at"] = "The team must close later than it opens."
    _refuse(wrong)


def check_network(details: NetworkDetails) -> None:
    wrong: dict[str, str] = {}
    if not details.name.strip():
        wrong["name"] = "Enter a name."
    if not details.agreement.strip():
        wrong["agreement"] = "Say which agreement it stands under, or where it is kept."
    if details.review_on <= details.agreed_on:
        wrong["review_on"] = "The review must come after the agreement."
    _refuse(wrong)


def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid(wrong)
