"""What each role may open of the pages that bring the other apps together."""

from linkwell.core.permissions import CARE_TEAM, LEADS, STAFF, Role, permission

TODAY = permission("journey.today", "open their own start page", roles=STAFF)
PERSON_PAGE = permission("journey.person", "open the page of a person", roles=CARE_TEAM)
WHO_LOOKED = permission("journey.looked", "see who has opened the record of a person", roles=CARE_TEAM)
COPY_RECORD = permission("journey.copy", "print or save a copy of the record, for the person", roles=CARE_TEAM)
ADD_PERSON = permission("journey.add_person", "add a person by hand, with a referral for them", roles=CARE_TEAM)
SEARCH = permission("journey.search", "search everything they may see", roles=STAFF)
OVERDUE = permission("journey.overdue", "see everyone whose next date has passed", roles=LEADS)
UNFINISHED = permission(
    "journey.unfinished", "see work that did not finish, and have it tried again", roles=frozenset({Role.ADMINISTRATOR})
)
