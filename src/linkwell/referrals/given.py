"""From a stored referral back to the words as they were given."""

from typing import Any

from linkwell.kernel import phone
from linkwell.kernel.errors import Invalid
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.models import Referral

LONGEST_PHONE = 20
_AS_GIVEN = (
    "given_name", "family_name", "source", "knows", "date_of_birth", "nhs_number", "email", "address",
    "gp_practice_name", "language", "interpreter", "why", "safe_phone", "safe_voicemail", "safe_text", "safe_email",
    "safe_letter", "safe_notes", "asked_alone", "referrer_name", "referrer_role", "referrer_email",
)  # fmt: skip


def columns(details: ReferralDetails) -> dict[str, Any]:
    """The columns that hold a value just as it was given."""
    return {name: getattr(details, name) for name in _AS_GIVEN}


def details_of(referral: Referral) -> ReferralDetails:
    """A referral's own words as they were given."""
    given = {name: getattr(referral, name) for name in _AS_GIVEN}
    return ReferralDetails(
        phone=referral.phone,
        referrer_phone=referral.referrer_phone,
        postcode=referral.postcode,
        needs=tuple(referral.needs),
        **given,
    )


def written_phone(where: str, text: str) -> str:
    """A telephone number as people write it, or as machines do where that is too long. Never cut short.

    Text that is no number is kept as it was given. Raises Invalid, naming `where`, for what does not fit.
    """
    try:
        number = phone.parse(text)
    except Invalid:
        if len(text) > LONGEST_PHONE:
            raise Invalid({where: "This is too long to be a telephone number. Enter one number only."}) from None
        return text
    return number.display if len(number.display) <= LONGEST_PHONE else number.e164
