"""Files of a case belong to the team that supports the person."""

from uuid import UUID

from linkwell.attachments.belonging import Record, belonging
from linkwell.casework.queries.files import record_of_case
from linkwell.core.scope import Scope


@belonging("case")
def files_of_a_case(scope: Scope, about_id: UUID) -> Record:
    return record_of_case(scope, about_id)
