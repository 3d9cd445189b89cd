"""Who may see the monthly report, sign a month off, and say how many people a practice has."""

from linkwell.core.permissions import LEADS, Role, permission

SEE_REPORT = permission(
    "impact.see_report",
    "see the monthly report and the list behind each of its numbers",
    roles=LEADS | {Role.ADMINISTRATOR},
)
SIGN_MONTH = permission("impact.sign_month", "sign off a month of the report", roles=LEADS)
SAY_LIST_SIZES = permission(
    "impact.say_list_sizes",
    "say how many people a GP practice has on its list",
    roles=LEADS | {Role.ADMINISTRATOR},
)
