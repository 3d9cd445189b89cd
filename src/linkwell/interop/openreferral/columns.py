"""Which column of a table says what: guessed from its headings, looked over by a person, kept for the feed.

A listing made by hand comes as one table, or as three: services, and the organisations and places they name.
A `Columns` says for each of our words ("name", "postcode") which headings hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Our word, what it means to whoever looks it over, and the headings people use for it.
_SERVICE: dict[str, tuple[str, str]] = {
    "id": ("its own number or code", "id serviceid key ref reference uid code identifier"),
    "name": ("name", "name service servicename title group groupname activity activityname "
             "serviceprovidername"),
    "organisation": ("who runs it", "organisation organization organisations organizations provider providedby runby "
                     "organisationname organizationname providername charity serviceprovidername"),
    "description": ("what it is", "description serviceinfo about details summary info information whatisit synopsis "
                    "categorysynopsis"),
    "url": ("web address", "url website web link webaddress serviceurl moreinfo"),
    "email": ("e-mail", "email emailaddress contactemail mail"),
    "phone": ("telephone", "phone telephone tel phonenumber telephonenumber contactnumber mobile contactphone"),
    "contact": ("who to ask for", "contact contactname contactperson leader organiser"),
    "times": ("when", "timingnotes openingtimes openinghours times when hours opening timing dayandtime schedule"),
    "kinds": ("what kind", "servicetype basictype type category categories tags kind activitytype subcategory usecases "
              "servicecategory categoryname subcategories"),
    "needs": ("what it helps with", "supportneeds needs need helpswith topics"),
    "who_for": ("who it is for", "audiencecats audience clientgroups whofor eligibility whoisitfor targetgroup "
                "suitablefor"),
    "minimum_age": ("lowest age", "minage minimumage agefrom ageminimum lowestage"),
    "maximum_age": ("highest age", "maxage maximumage ageto agemaximum highestage"),
    "cost": ("cost", "cost price fees fee charge charges pricing"),
    "free": ("free: yes or no", "free isfree freeofcharge"),
    "referral_only": ("by referral only: yes or no", "referralsonly referralonly referralrequired needsreferral"),
    "members_only": ("members only: yes or no", "membersonly memberonly membershiprequired"),
    "ring_first": ("ring first: yes or no", "isappointmentonly appointmentonly bookingrequired bookingonly mustbook"),
    "by_telephone": ("by telephone: yes or no", "istelephoneservice telephoneservice phoneservice"),
    "online": ("online: yes or no", "online isonline virtual"),
    "languages": ("languages", "languages language languagesspoken"),
    "access": ("getting in", "accessibility access accessible wheelchairaccess disabledaccess stepfree"),
    "first_visit": ("the first visit", "firstvisit whattoexpect firsttime"),
    "how_to_join": ("how to join", "howtojoin joining attendingaccess howtoattend howtoaccess "
                    "referralroute"),
    "greeted_by": ("who greets you", "greetedby whogreetsyou welcomedby whomeetsyou askfor"),
    "checked_by": ("details checked by", "checkedby verifiedby assuredby"),
    "picture": ("web address of a picture", "picture image photo photograph pictureurl imageurl photourl logo"),
    "status": ("running or not", "status"),
    "checked_on": ("details checked on", "checkedon lastchecked assureddate lastverified verifiedon reviewed"),
}  # fmt: skip
_PLACE: dict[str, tuple[str, str]] = {
    "place": ("name of the place", "location locations venue venues place venuename locationname where"),
    "address": ("address", "address street address1 addressline1 streetaddress street1 address2 addressline2 street2 "
                "street3 address3 streetline1 streetline2 streetline3 streetline4"),
    "town": ("town", "town city village posttown"),
    "postcode": ("postcode", "postcode postalcode zip venuepostcode"),
    "latitude": ("latitude", "lat latitude"),
    "longitude": ("longitude", "lon lng long longitude"),
    "getting_there": ("getting there", "gettingthere directions transport travel locationdescription parking"),
}  # fmt: skip
_ABOUT = {name: _SERVICE[name] for name in ("name", "description", "url", "email", "phone")}
_ORGANISATION = _ABOUT | {
    "name": ("name", "organisation organization organisationname organizationname name provider"),
    "url": ("web address", "orgwebsite website url web organisationwebsite"),
}
_PLACE_TABLE = _PLACE | {
    "place": ("name", "locationname venuename name place venue location placename"),
    "access": _SERVICE["access"],
}
# Roles whose columns are joined. Of every other role the first column that says something counts.
JOINED = frozenset({"address", "kinds", "needs", "who_for", "only_for"})

SERVICES, ORGANISATIONS, PLACES = "services", "organisations", "places"
_TABLES = {SERVICES: _SERVICE | _PLACE, ORGANISATIONS: _ORGANISATION, PLACES: _PLACE_TABLE}
ONLY_FOR = "only_for"


@dataclass(frozen=True, slots=True)
class Columns:
    """By table ("services", "organisations", "places"), and in it by our word: the headings that hold it."""

    tables: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def of(self, table: str) -> Mapping[str, tuple[str, ...]]:
        return self.tables.get(table, {})

    @property
    def is_enough(self) -> bool:
        """Without a name there is no service; what has no number of its own is told apart by what it says."""
        return bool(self.of(SERVICES).get("name"))

    def as_json(self) -> dict[str, dict[str, list[str]]]:
        return {table: {role: list(each) for role, each in roles.items()} for table, roles in self.tables.items()}


def columns_from(value: Any) -> Columns:
    """What `as_json` gave, whatever became of it since: unknown tables, words and shapes are left out."""
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for table in _TABLES:
        roles = value.get(table) if isinstance(value, Mapping) else None
        if isinstance(roles, Mapping):
            tables[table] = {
                role: tuple(str(each) for each in named)
                for role, named in roles.items()
                if role in words(table) and isinstance(named, list | tuple)
            }
    return Columns(tables)


def words(table: str) -> dict[str, str]:
    """Our words for a table's columns, each with what it means."""
    found = {role: meaning for role, (meaning, _) in _TABLES[table].items()}
    return found | ({ONLY_FOR: "only for some: yes or no"} if table == SERVICES else {})


def guess(table: str, headings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The headings that plainly are one of our words. A heading that could be anything is left alone."""
    found: dict[str, tuple[str, ...]] = {}
    named = {heading: _bare(heading) for heading in headings}
    for role, (_, known) in _TABLES[table].items():
        fits = [
            heading
            for synonym in known.split()
            for heading, bare in named.items()
            if synonym == bare or (synonym == _last(heading) and (role in _PLACE or not _of_a_place(heading)))
        ]
        if fits:
            found[role] = tuple(dict.fromkeys(fits))
    if table == SERVICES:
        taken = {heading for each in found.values() for heading in each}
        only = tuple(heading for heading in named if named[heading].endswith("only") and heading not in taken)
        found |= {ONLY_FOR: only} if only else {}
    return found


def _bare(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\(s\)", "s", heading.casefold()))


def _of_a_place(heading: str) -> bool:
    """ "location.description" tells where a place is, not what the service does."""
    return bool(re.match(r"location|address|venue|place", _bare(heading.partition(".")[0]))) and not re.search(
        r"times|hours|phone$", heading, re.IGNORECASE
    )


def _last(heading: str) -> str:
    """ "address.postcode" of a JSON listing is a postcode."""
    return _bare(heading.rpartition(".")[2]) if "." in heading else ""
