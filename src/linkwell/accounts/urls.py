from linkwell.accounts.permissions import (
    MANAGE_STAFF,
    NOTE_AWAY,
    OWN_PREFERENCES,
    RUN_ORGANISATION,
    SEE_ADMIN,
    SEE_AWAY,
    SEE_UNUSUAL_OPENING,
    SET_HOURS,
    SET_RULES,
)
from linkwell.accounts.views import admin, browsing, leave, preferences, rules, sign_in, staff
from linkwell.core.routes import Open, SignedIn, route

app_name = "accounts"

DEMO = Open("One-click sign-in, absent except in a demonstration on this computer.")
ONE = "people-who-work-here/<uuid:membership_id>/"

_signing_in = [
    route("preferences/", preferences.preferences, name="preferences", allow=OWN_PREFERENCES),
    route("switch/", sign_in.switch, name="switch", allow=SignedIn()),
    route(
        "second-step/",
        sign_in.second_step,
        name="second_step",
        allow=Open("Setting up the second step, which everything else waits for; it asks for sign-in itself."),
    ),
    route(
        "invitation/<str:token>/",
        staff.invitation,
        name="invitation",
        allow=Open("Somebody invited has no sign-in yet; the secret in the address is the key."),
    ),
    route("demo/", sign_in.demo_sign_in, name="demo", allow=DEMO),
    route("demo/<uuid:user_id>/", sign_in.demo_sign_in_as, name="demo_sign_in", allow=DEMO),
]

_organisation = [
    route("admin/", admin.home, name="admin", allow=SEE_ADMIN),
    route("admin/organisation/", admin.organisation, name="organisation", allow=RUN_ORGANISATION),
    route("admin/teams/", admin.teams, name="teams", allow=RUN_ORGANISATION),
    route("admin/teams/add/", admin.team_add, name="team_add", allow=RUN_ORGANISATION),
    route("admin/teams/<uuid:team_id>/", admin.team, name="team", allow=RUN_ORGANISATION),
    route("admin/rules/", rules.mine, name="rules", allow=SET_RULES),
    route("admin/teams/<uuid:team_id>/rules/", rules.rules, name="team_rules", allow=SET_RULES),
    route("admin/teams/<uuid:team_id>/targets/", rules.targets, name="team_targets", allow=SET_RULES),
    route("admin/teams/<uuid:team_id>/targets/end/", rules.end_targets, name="team_targets_end", allow=SET_RULES),
    route("admin/networks/", admin.networks, name="networks", allow=RUN_ORGANISATION),
    route("admin/networks/add/", admin.network_add, name="network_add", allow=RUN_ORGANISATION),
    route("admin/networks/<uuid:network_id>/add/", admin.network_member, name="network_member", allow=RUN_ORGANISATION),
    route("admin/networks/<uuid:network_id>/leave/", admin.network_leave, name="network_leave", allow=RUN_ORGANISATION),
]

_staff = [
    route("people-who-work-here/", staff.people, name="staff", allow=MANAGE_STAFF),
    route("people-who-work-here/invite/", staff.invite, name="staff_invite", allow=MANAGE_STAFF),
    route(ONE, staff.change_role, name="staff_role", allow=MANAGE_STAFF),
    route(f"{ONE}invite-again/", staff.invite_again, name="staff_invite_again", allow=MANAGE_STAFF),
    route(f"{ONE}reset/", staff.reset, name="staff_reset", allow=MANAGE_STAFF),
    route(f"{ONE}end/", staff.end_role, name="staff_end", allow=MANAGE_STAFF),
    route(f"{ONE}leaver/", staff.leaver, name="staff_leaver", allow=MANAGE_STAFF),
    route("away/", leave.away, name="away", allow=SEE_AWAY),
    route("away/<uuid:leave_id>/take-out/", leave.cancel, name="away_cancel", allow=NOTE_AWAY),
    route(f"{ONE}hours/", leave.hours, name="staff_hours", allow=SET_HOURS),
    route("admin/unusual-opening/", browsing.flags, name="opened", allow=SEE_UNUSUAL_OPENING),
    route("admin/unusual-opening/<uuid:flag_id>/", browsing.flag, name="opened_one", allow=SEE_UNUSUAL_OPENING),
]

urlpatterns = _signing_in + _organisation + _staff
