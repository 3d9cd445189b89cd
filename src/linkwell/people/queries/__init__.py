"""Every read of people. A record linked to others is read together with them."""

from linkwell.people.queries.access import (
    access,
    cannot_read_messages,
    interpreted,
    interpreter_for,
    interpreters_for,
    needs_interpreter,
    reading_format,
)
from linkwell.people.queries.agreeing import agreement_stands, why_not_agree
from linkwell.people.queries.capacity import capacity, who_can_agree
from linkwell.people.queries.children import (
    adult_to_write,
    adults_to_tell,
    contact_is_decided_for_them,
    responsible_adult,
    young_person,
)
from linkwell.people.queries.concerns import (
    ConcernAlert,
    concern,
    concern_alert,
    concerns,
    concerns_about,
    concerns_unseen,
    open_concerns,
)
from linkwell.people.queries.contact import (
    address_belongs_to_another,
    address_for,
    related_contacts,
    safe_answers,
    safe_answers_of,
    safe_contact_history,
    safe_reasons,
)
from linkwell.people.queries.deaths import (
    check_alive,
    death_of,
    death_told,
    has_died,
    stopped_by_death,
    undone_death,
    who_died,
)
from linkwell.people.queries.group import GroupCard, card_for_group
from linkwell.people.queries.household import HouseholdRow, household, pair_of
from linkwell.people.queries.identity import identity_links, possible_duplicates, resolved_ids
from linkwell.people.queries.person import banner, contact_card, kept_apart, names, open_record, search_place
from linkwell.people.queries.record import (
    about_me,
    about_me_history,
    agreement,
    agreement_history,
    agreements,
    requirements,
    risks,
)
from linkwell.people.queries.search import people

__all__ = [
    "ConcernAlert",
    "GroupCard",
    "HouseholdRow",
    "about_me",
    "about_me_history",
    "access",
    "address_belongs_to_another",
    "address_for",
    "adult_to_write",
    "adults_to_tell",
    "agreement",
    "agreement_history",
    "agreement_stands",
    "agreements",
    "banner",
    "cannot_read_messages",
    "capacity",
    "card_for_group",
    "check_alive",
    "concern",
    "concern_alert",
    "concerns",
    "concerns_about",
    "concerns_unseen",
    "contact_card",
    "contact_is_decided_for_them",
    "death_of",
    "death_told",
    "has_died",
    "household",
    "identity_links",
    "interpreted",
    "interpreter_for",
    "interpreters_for",
    "kept_apart",
    "names",
    "needs_interpreter",
    "open_concerns",
    "open_record",
    "pair_of",
    "people",
    "possible_duplicates",
    "reading_format",
    "related_contacts",
    "requirements",
    "resolved_ids",
    "responsible_adult",
    "risks",
    "safe_answers",
    "safe_answers_of",
    "safe_contact_history",
    "safe_reasons",
    "search_place",
    "stopped_by_death",
    "undone_death",
    "who_can_agree",
    "who_died",
    "why_not_agree",
    "young_person",
]
