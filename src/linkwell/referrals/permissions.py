from linkwell.core.permissions import CARE_TEAM, LEADS, Role, permission

REFER = permission("referrals.refer", "refer somebody to a team", roles=CARE_TEAM | {Role.REFERRER})
ASK_FOR_HELP = permission("referrals.ask", "ask a team for help", roles=frozenset({Role.PUBLIC}))
READ_REFERRALS = permission("referrals.read", "read the referrals their team has been sent", roles=CARE_TEAM)
DECIDE_REFERRALS = permission("referrals.decide", "accept, decline and ask about referrals", roles=LEADS)
TELL_REFERRERS = permission("referrals.tell", "tell a referrer what they are entitled to hear", roles=CARE_TEAM)
