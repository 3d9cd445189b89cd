from linkwell.core.permissions import CARE_TEAM, REFERRERS, Role, permission

SEE_TASKS = permission("tasks.see", "see what the team has to do", roles=CARE_TEAM)
DO_TASKS = permission("tasks.do", "take, finish and reopen the team's tasks", roles=CARE_TEAM)
# A referrer's answer or a group's link leaves work for the team without seeing any of it.
LEAVE_TASK = permission(
    "tasks.leave",
    "leave something for the team to do",
    roles=CARE_TEAM | REFERRERS | {Role.ADMINISTRATOR, Role.GROUP, Role.PUBLIC},
)
