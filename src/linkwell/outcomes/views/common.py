"""What the views of this app share."""

from typing import Any
from uuid import UUID

from linkwell.casework import queries as casework
from linkwell.casework.rows import CaseRow
from linkwell.casework.views.common import about_case
from linkwell.core.routes import ScopedRequest
from linkwell.people import presenters as people_presenters
from linkwell.people import queries as people


def opened_case(request: ScopedRequest, case_id: UUID) -> tuple[CaseRow, dict[str, Any]]:
    case = casework.case(request.scope, case_id)
    return case, about_case(request, case)


def about_person(request: ScopedRequest, person_id: UUID) -> tuple[tuple[UUID, ...], dict[str, Any]]:
    """All records that are this person, and the banner."""
    found = people.banner(request.scope, person_id)
    page = {"person": people_presenters.banner(found), "person_name": found.name, "given_name": found.given_name}
    return tuple(found.record_ids), page
