"""Django's PostgreSQL backend with one addition: no statement reaches a policed table without a scope."""

from typing import Any

from django.db.backends.postgresql import base

from linkwell.core.database import refuse_without_scope


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(refuse_without_scope)
