"""Who may prepare what is published, and who may sign it off."""

from linkwell.core.permissions import LEADS, Role, permission

PREPARE_RELEASE = permission(
    "showcase.prepare",
    "prepare numbers for everybody to read, see what is kept back and why, and withdraw a release",
    roles=LEADS | {Role.ADMINISTRATOR},
)
SIGN_RELEASE = permission(
    "showcase.sign", "sign off numbers that somebody else prepared, so that everybody can read them", roles=LEADS
)
