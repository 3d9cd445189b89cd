"""That a hospital's ready-to-go-home list came, for tests of what is known of a week."""

import datetime as dt
from uuid import UUID

from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.hospital.actions.feeds import open_feed
from linkwell.hospital.models import ListRun
from linkwell.kernel import clock


def list_came(scope: Scope, *days_ago: int, **facts: object) -> UUID:
    """One so many days ago, with nobody new on it; the feed."""
    feed_id = open_feed(scope=scope, kind="ready_list")
    with scoped(scope):
        for days in days_ago:
            ListRun.objects.create(
                organisation_id=scope.organisation_id, feed_id=feed_id, file_name="ready.csv", content_hash=b"",
                as_at=clock.now() - dt.timedelta(days=days), read=0, loaded=0, rejected=0, **facts,
            )  # fmt: skip
    return feed_id
