"""From a stored referral back to the words as they were given."""

from typing import Any

from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.models import Referral

_AS_GIVEN = (
    "given_name", "family_name", "source", "knows", "date_of_birth", "nhs_number", "email", "address",
    "gp_practice_name", "language", "interpreter", "why", "safe_phone", "safe_voicemail", "safe_text", "safe_email",
    "safe_letter", "safe_notes", "asked_alone", "referrer_name", "referrer_role", "referrer_email", "referrer_phone",
)  # fmt: skip


def columns(details: ReferralDetails) -> dict[str, Any]:
    """The columns that hold a value just as it was given."""
    return {name: getattr(details, name) for name in _AS_GIVEN}


def details_of(referral: Referral) -> ReferralDetails:
    """A referral's own words as they were given."""
    given = {name: getattr(referral, name) for name in _AS_GIVEN}
    return ReferralDetails(phone=referral.phone, postcode=referral.postcode, needs=tuple(referral.needs), **given)
