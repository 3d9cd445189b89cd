"""Django's PostgreSQL backend with two additions.

No statement reaches a policed table without a scope, and no temporary table stands before one of ours.
"""

from typing import Any

from django.db.backends.postgresql import base

from linkwell.core.database import refuse_without_scope


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(refuse_without_scope)

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        # A connection goes on from one request to the next. Named last, what is temporary hides nothing.
        params["options"] = f"{params.get('options', '')} -c search_path=public,pg_temp".strip()
        return params
