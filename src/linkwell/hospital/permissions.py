"""Who sees the hospital's own patients, and who looks after the feeds they come from."""

from linkwell.core.permissions import Role, permission

# The staff of a hospital refer; its administrators look after its feeds. Neither sees another hospital's rows.
SEE_PATIENTS = permission(
    "hospital.patients", "see who is in their own hospital", roles=frozenset({Role.REFERRER, Role.ADMINISTRATOR})
)
LOOK_AFTER_FEEDS = permission(
    "hospital.feeds", "load lists, and look after what a hospital sends", roles=frozenset({Role.ADMINISTRATOR})
)
# The line itself and its processing: never a person.
RECEIVE = permission("hospital.receive", "take in what a hospital's own systems send", roles=frozenset())
