"""Who may attach files, open them and take them off. Which record it is about decides the rest (`belonging`)."""

from linkwell.core.permissions import CARE_TEAM, REFERRERS, Role, permission

ATTACH = permission("attachments.attach", "attach a file to a record they are part of", roles=CARE_TEAM | REFERRERS)
OPEN_FILES = permission(
    "attachments.open",
    "open the files of a record they are part of",
    roles=CARE_TEAM | REFERRERS | {Role.GROUP},
)
TAKE_OFF = permission("attachments.take_off", "take a file off a record, and put it back", roles=CARE_TEAM | REFERRERS)
# Only jobs of Linkwell itself hold this.
CHECK_FILES = permission("attachments.check", "have files checked for viruses", roles=frozenset({Role.SYSTEM}))
