"""Who may do what with the record of a person."""

from linkwell.core.permissions import CARE_TEAM, LEADS, Role, permission

PERSON_SEE = permission("people.see", "open the record of a person", roles=CARE_TEAM)
PERSON_SEARCH = permission("people.search", "search the people their organisation supports", roles=CARE_TEAM)
PERSON_ADD = permission("people.add", "add a person", roles=CARE_TEAM)
PERSON_CHANGE = permission("people.change", "change the details of a person", roles=CARE_TEAM)
PERSON_RESTRICT = permission("people.restrict", "restrict a record or lift the restriction", roles=LEADS)
SAFE_REASON_SEE = permission("people.safe_reason", "read why a way of contact is not safe", roles=CARE_TEAM)
HOME_ACCESS = permission("people.home_access", "open how to get into a person's home", roles=CARE_TEAM)
IDENTITY_DECIDE = permission("people.identity", "decide that two records are one person", roles=CARE_TEAM)
CONCERN_RAISE = permission("people.concern_raise", "raise a safeguarding concern", roles=CARE_TEAM | {Role.GROUP})
CONCERN_HANDLE = permission("people.concern_handle", "handle safeguarding concerns", roles=LEADS)
NAMES_SEE = permission("people.names", "see the names of people on lists of their own work", roles=CARE_TEAM)
RETENTION = permission("people.retention", "hold records, and decide with a second person which may go", roles=LEADS)
THIRD_PARTY_DECIDE = permission(
    "people.third_party", "decide what others told us goes into a copy for the person", roles=CARE_TEAM
)
# Messages and answers pass these; the person using a link or form never sees what they return.
SAFE_ANSWERS_USE = permission(
    "people.safe_answers", "have Linkwell check how it is safe to reach a person", roles=CARE_TEAM | {Role.GROUP}
)
DEATH_RECORD = permission("people.death", "record that a person has died, and put a mistake right", roles=CARE_TEAM)
CHILDREN_KEEP = permission("people.children", "keep who is responsible for a child and who decides", roles=CARE_TEAM)
CAPACITY_KEEP = permission(
    "people.capacity", "record whether a person can decide something, and who acts for them", roles=CARE_TEAM
)
# Only jobs of Linkwell itself hold this.
CONTACT_DOUBT = permission(
    "people.contact_doubt", "note that something sent to a number or address came back", roles=frozenset()
)
