"""Who runs sessions, clinics and meetings, and who books a time in a clinic."""

from linkwell.core.permissions import CARE_TEAM, Role, permission

RUN_GROUPS = permission(
    "groupwork.run", "plan and write up sessions, clinics and meetings of their team", roles=CARE_TEAM
)
BOOK_CLINIC = permission(
    "groupwork.book", "book a time in a clinic held at their own practice", roles=frozenset({Role.REFERRER})
)
