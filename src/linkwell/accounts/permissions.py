"""Who may see and change organisations, teams, staff and shares."""

from linkwell.core.permissions import CARE_TEAM, LEADS, REFERRERS, STAFF, Role, permission

SEE_COLLEAGUES = permission(
    "accounts.see_colleagues", "see the teams and colleagues of their organisation", roles=STAFF
)
OWN_PREFERENCES = permission("accounts.preferences", "choose how pages look for themselves", roles=STAFF)
RUN_ORGANISATION = permission(
    "accounts.run_organisation",
    "change the details of their organisation, its teams and its networks",
    roles=frozenset({Role.ADMINISTRATOR}),
)
SET_RULES = permission(
    "accounts.set_rules",
    "change the numbers a team works by, and the targets its commissioners ask for",
    roles=frozenset({Role.TEAM_LEAD, Role.ADMINISTRATOR}),
)
MANAGE_STAFF = permission(
    "accounts.manage_staff",
    "invite people who work here, change their roles and close their sign-in",
    roles=frozenset({Role.ADMINISTRATOR}),
)
SEE_ADMIN = permission(
    "accounts.see_admin", "open the admin pages of their organisation", roles=LEADS | {Role.ADMINISTRATOR}
)
SHARE = permission(
    "accounts.share",
    "let another organisation see one part of a record, with a reason",
    roles=CARE_TEAM | REFERRERS,
)
SEE_UNUSUAL_OPENING = permission(
    "accounts.see_unusual_opening", "see who has opened records in an unusual way, and note what was found", roles=LEADS
)
NOTE_UNUSUAL_OPENING = permission(
    "accounts.note_unusual_opening", "note that records were opened in an unusual way", roles=frozenset({Role.SYSTEM})
)
CHOOSE_ROLE = permission("accounts.choose_role", "choose which of their roles to act in", roles=STAFF)
ACCEPT_INVITATION = permission(
    "accounts.accept_invitation", "turn an invitation into a sign-in", roles=frozenset({Role.SYSTEM})
)
SEE_AWAY = permission("accounts.see_away", "see which days colleagues are away", roles=CARE_TEAM | {Role.ADMINISTRATOR})
NOTE_AWAY = permission("accounts.note_away", "note the days they are away", roles=CARE_TEAM | {Role.ADMINISTRATOR})
SET_HOURS = permission(
    "accounts.set_hours",
    "set the hours and induction of colleagues, and note the days they are away",
    roles=LEADS | {Role.ADMINISTRATOR},
)
MOVE_WORK = permission(
    "accounts.move_work",
    "give what waits for one colleague to another, when somebody leaves or is away",
    roles=LEADS | {Role.ADMINISTRATOR},
)
