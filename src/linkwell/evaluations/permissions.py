"""Who may ask whether support helped, see who gets to it, and load the list of who opted out."""

from linkwell.core.permissions import LEADS, Role, permission

EVALUATE = permission(
    "evaluations.evaluate",
    "fix a protocol, run an evaluation and read every evaluation of their organisation",
    roles=LEADS | {Role.ADMINISTRATOR},
)
SEE_WHO_GETS_THERE = permission(
    "evaluations.who_gets_there",
    "see which groups of people get to each step of support",
    roles=LEADS | {Role.ADMINISTRATOR},
)
LOAD_OPT_OUTS = permission(
    "evaluations.opt_outs",
    "load the list of people who opted out of uses beyond their care",
    roles=frozenset({Role.ADMINISTRATOR}),
)
# The worker of the outbox: never a person.
WORK_OUT = permission("evaluations.work_out", "work out an evaluation", roles=frozenset())
