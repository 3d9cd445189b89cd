from linkwell.core.permissions import CARE_TEAM, LEADS, REFERRERS, STAFF, Role, permission

REFER = permission("referrals.refer", "refer somebody to a team", roles=CARE_TEAM | REFERRERS)
ASK_FOR_HELP = permission("referrals.ask", "ask a team for help", roles=frozenset({Role.PUBLIC}))
READ_REFERRALS = permission("referrals.read", "read the referrals their team has been sent", roles=CARE_TEAM)
DECIDE_REFERRALS = permission("referrals.decide", "accept, decline and ask about referrals", roles=LEADS)
TELL_REFERRERS = permission("referrals.tell", "tell a referrer what they are entitled to hear", roles=CARE_TEAM)
SEE_EXPECTED_WAIT = permission(
    "referrals.see_expected_wait", "see how long people wait for a first conversation", roles=STAFF | {Role.PUBLIC}
)
COUNT_WAITS = permission("referrals.count_waits", "count how long people wait", roles=frozenset({Role.SYSTEM}))
SET_DECLINE_WORDS = permission(
    "referrals.set_decline_words",
    "choose what their team says when it cannot take a referral",
    roles=LEADS,
)
