"""What the views of this app share."""

from typing import Any
from uuid import UUID

from linkwell.casework import presenters, queries
from linkwell.casework.rows import CaseRow
from linkwell.core.routes import ScopedRequest
from linkwell.people import presenters as people_presenters
from linkwell.people import queries as people


def about_person(request: ScopedRequest, person_id: UUID) -> dict[str, Any]:
    """The banner on every page about somebody: nobody phones or visits without seeing it."""
    found = people.banner(request.scope, person_id)
    return {"person": people_presenters.banner(found), "person_name": found.name, "given_name": found.given_name}


def about_case(request: ScopedRequest, case: CaseRow) -> dict[str, Any]:
    return {"case": case, "case_title": presenters.case_title(case), **about_person(request, case.person_id)}


def opened_case(request: ScopedRequest, case_id: UUID) -> tuple[CaseRow, dict[str, Any]]:
    case = queries.case(request.scope, case_id)
    return case, about_case(request, case)


def is_part(request: ScopedRequest) -> bool:
    """Asked for by the page itself, to put in its place."""
    return request.headers.get("HX-Request") == "true"
