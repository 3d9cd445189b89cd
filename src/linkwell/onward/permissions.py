"""Who may refer onward, and what a group may do from a link."""

from linkwell.core.permissions import CARE_TEAM, Role, permission

REFER_ONWARD = permission("onward.refer", "refer a person onward or signpost them", roles=CARE_TEAM)
SEE_ONWARD = permission("onward.see", "see where people were referred onward and what came of it", roles=CARE_TEAM)
SEE_LEFT_BEHIND = permission(
    "onward.left_behind",
    "be told how many onward referrals a leaver still follows",
    roles=CARE_TEAM | {Role.ADMINISTRATOR},
)
ANSWER = permission("onward.answer", "answer one referral from a link", roles=frozenset({Role.GROUP}))
