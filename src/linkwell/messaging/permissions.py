"""Who may write, send and see messages."""

from linkwell.core.permissions import CARE_TEAM, LEADS, REFERRERS, STAFF, Role, permission

SEND = permission(
    "messaging.send", "have Linkwell send a message", roles=CARE_TEAM | REFERRERS | {Role.GROUP, Role.PUBLIC}
)
SENT_SEE = permission(
    "messaging.sent", "see which messages were sent, without their words", roles=LEADS | {Role.ADMINISTRATOR}
)
SENT_DECIDE = permission(
    "messaging.decide", "decide about a message that did not go", roles=LEADS | {Role.ADMINISTRATOR}
)
DEMO_SEE = permission("messaging.demo", "read the kept messages of the demonstration", roles=STAFF)
THREAD_READ = permission(
    "messaging.thread_read",
    "read the messages about a referral they are part of",
    roles=STAFF | {Role.GROUP, Role.PUBLIC},
)
THREAD_WRITE = permission(
    "messaging.thread_write",
    "write a message about a referral they are part of",
    roles=CARE_TEAM | REFERRERS | {Role.GROUP, Role.PUBLIC},
)
# Only jobs of Linkwell itself hold this.
DELIVER = permission("messaging.deliver", "hand messages to the mail server and to GOV.UK Notify", roles=frozenset())
