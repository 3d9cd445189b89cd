"""What each role may do with cases, conversations, plans and summaries."""

from linkwell.core.permissions import CARE_TEAM, LEADS, REFERRERS, permission

SEE_CASES = permission("casework.see", "read the people being supported, conversations and plans", roles=CARE_TEAM)
WRITE_CASES = permission(
    "casework.write", "write up conversations, keep appointments and plans, and end support", roles=CARE_TEAM
)
ACCEPT_REFERRALS = permission("casework.accept", "accept a referral into support", roles=LEADS)
ALLOCATE = permission("casework.allocate", "choose who supports whom, and who covers for whom", roles=LEADS)
SEND_SUMMARIES = permission(
    "casework.send_summary", "send a summary to a GP practice or the person's clinicians", roles=CARE_TEAM
)
READ_SUMMARIES = permission("casework.read_summary", "read the summaries sent to their organisation", roles=REFERRERS)
DECIDE_ENDINGS = permission(
    "casework.decide_ending",
    "decide whether support ends for somebody who may be at risk, and whether it may last longer",
    roles=LEADS,
)
COPY_TO_RECORD = permission(
    "casework.copy_to_record", "copy what happened into the GP record and say that it is entered", roles=CARE_TEAM
)
SEE_NOT_ENTERED = permission("casework.see_not_entered", "see what is not in the GP record yet", roles=LEADS)
SAY_RECORD_CODES = permission("casework.say_record_codes", "choose the codes that go into the GP record", roles=LEADS)
