"""Every read of people. A record linked to others is read together with them."""

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
from linkwell.people.queries.group import GroupCard, card_for_group
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
    "about_me",
    "about_me_history",
    "address_belongs_to_another",
    "address_for",
    "agreement",
    "agreement_history",
    "agreements",
    "banner",
    "card_for_group",
    "concern",
    "concern_alert",
    "concerns",
    "concerns_about",
    "concerns_unseen",
    "contact_card",
    "identity_links",
    "kept_apart",
    "names",
    "open_concerns",
    "open_record",
    "people",
    "possible_duplicates",
    "related_contacts",
    "requirements",
    "resolved_ids",
    "risks",
    "safe_answers",
    "safe_answers_of",
    "safe_contact_history",
    "safe_reasons",
    "search_place",
]
