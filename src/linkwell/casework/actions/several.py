"""What taking back an act on several people needs beside the ordinary actions."""

import datetime as dt
from uuid import UUID

from linkwell.casework.actions.parts import change_case, lock_open_case
from linkwell.casework.permissions import WRITE_CASES
from linkwell.core.actions import action
from linkwell.core.scope import Scope


@action(WRITE_CASES)
def put_next_back(*, scope: Scope, case_id: UUID, expected_version: int, next_date: dt.date, next_step: str) -> None:
    """What came next before it was changed. Unlike `set_next` it may be a day that has gone: it was so before."""
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    case.next_date, case.next_step = next_date, next_step
    change_case(scope=scope, case=case, event="next set", fields=("next_date", "next_step"))
