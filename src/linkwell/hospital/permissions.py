"""Who sees the hospital's own patients, and who looks after the feeds they come from."""

from linkwell.core.permissions import CARE_TEAM, REFERRERS, Role, permission

# The staff of a hospital refer; its administrators look after its feeds. Neither sees another hospital's rows.
SEE_PATIENTS = permission(
    "hospital.patients", "see who is in their own hospital", roles=REFERRERS | {Role.ADMINISTRATOR}
)
LOOK_AFTER_FEEDS = permission(
    "hospital.feeds", "load lists, and look after what a hospital sends", roles=frozenset({Role.ADMINISTRATOR})
)
# The line itself and its processing: never a person.
RECEIVE = permission("hospital.receive", "take in what a hospital's own systems send", roles=frozenset())
SEE_CANDIDATES = permission(
    "hospital.candidates", "see who in their own hospital could be offered support, and offer it", roles=REFERRERS
)
SAY_NOT_SUITABLE = permission(
    "hospital.not_suitable",
    "say that support does not suit a patient now, and refer one whose record is restricted",
    roles=frozenset({Role.CLINICIAN}),
)
SET_RULES = permission(
    "hospital.rules",
    "choose which rules look for people to offer support to, and on what legal basis",
    roles=frozenset({Role.ADMINISTRATOR}),
)
SEE_NUMBERS = permission(
    "hospital.numbers", "see how their hospital is doing, in numbers", roles=REFERRERS | {Role.ADMINISTRATOR}
)
# The rules themselves: never a person.
FIND_CANDIDATES = permission("hospital.find", "look for people to offer support to", roles=frozenset())
PLAN_GOING_HOME = permission(
    "hospital.going_home",
    "see who in their own hospital waits to go home, and plan it with them",
    roles=REFERRERS,
)
SEE_ARRIVALS = permission(
    "hospital.arrivals", "see that somebody they support is at a hospital, and at which", roles=CARE_TEAM
)
