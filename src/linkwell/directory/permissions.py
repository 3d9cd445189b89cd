"""What may be done with the directory of groups and services."""

from linkwell.core.permissions import CARE_TEAM, LEADS, Role, permission

FINDERS = CARE_TEAM | {Role.ADMINISTRATOR}

# Everybody may where the organisation gives its directory away: `public_views` makes sure of that.
FIND_SERVICES = permission("directory.find", "look for groups and services", roles=FINDERS | {Role.PUBLIC})
# A group answering from a link sees and speaks for its own service.
SEE_SERVICE = permission("directory.see", "see a group or service", roles=FINDERS | {Role.GROUP, Role.PUBLIC})
SAY_ROOM = permission("directory.say_room", "say whether a group has room", roles=CARE_TEAM | {Role.GROUP})
REPORT_GAP = permission("directory.report_gap", "say what is missing near here", roles=CARE_TEAM)
SEE_GAPS = permission("directory.see_gaps", "see what people looked for and did not find", roles=LEADS)
IMPORT_DIRECTORY = permission(
    "directory.import", "load the directory from a feed", roles=frozenset({Role.ADMINISTRATOR, Role.TEAM_LEAD})
)
# A group keeps its own listing from a link; a keeper does it for a group that asks on the telephone.
KEEP_LISTING = permission(
    "directory.keep_listing",
    "change what the directory says of a group, and its limits",
    roles=frozenset({Role.GROUP, Role.TEAM_LEAD, Role.ADMINISTRATOR}),
)
DECIDE_LISTING = permission(
    "directory.decide_listing",
    "decide on changes and claims that groups sent",
    roles=frozenset({Role.TEAM_LEAD, Role.ADMINISTRATOR}),
)
ASK_TO_KEEP = permission("directory.ask_to_keep", "ask to keep a group's listing", roles=frozenset({Role.PUBLIC}))
SEE_LISTING_DESK = permission(
    "directory.see_listing_desk",
    "see who keeps a listing, what its group asked for, and ask the group about it",
    roles=CARE_TEAM | {Role.ADMINISTRATOR},
)
READ_PUBLISHED = permission(
    "directory.read_published",
    "read the directory that an organisation gives to everybody",
    roles=frozenset({Role.PUBLIC, Role.ADMINISTRATOR, Role.TEAM_LEAD}),
)
