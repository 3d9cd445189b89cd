"""What was found, in words."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from linkwell.core.addresses import address
from linkwell.directory.queries import FoundService
from linkwell.journey.queries import Found, FoundReferral
from linkwell.people import presenters as people


def found(result: Found, text: str) -> dict[str, Any]:
    return {
        "people": [people.person_row(row) for row in result.people or ()],
        "more_people": f"{reverse('people:list')}?{urlencode({'q': text})}" if result.more_people else "",
        "alike": result.alike,
        "services": [_service(row) for row in result.services or ()],
        "more_services": f"{reverse('directory:find')}?{urlencode({'words': text})}" if result.more_services else "",
        "referrals": [_referral(row) for row in result.referrals],
        "nothing": result.nothing,
    }


def _service(row: FoundService) -> dict[str, str]:
    return {
        "name": row.service.name,
        "url": address("directory:service", row.service.id),
        "who": row.service.organisation_name,
    }


def _referral(row: FoundReferral) -> dict[str, str]:
    route = "referrals:mine_one" if row.own else "referrals:referral"
    return {
        "reference": row.reference,
        "name": row.name,
        "url": reverse(route, args=[row.id]),
        "what": "Sent by your organisation" if row.own else "Sent to your team",
    }
