"""One call that leaves a database ready to use, whoever runs its server."""

from pathlib import Path

from linkwell.core.postgres.progress import Progress, silent
from linkwell.core.postgres.roles import prepare_external
from linkwell.core.postgres.server import start
from linkwell.core.postgres.urls import DatabaseUrls, external_urls


def ensure_database(home: Path, progress: Progress = silent) -> DatabaseUrls:
    """Start the home's own server, or check the one the environment names.

    Raises DatabaseError with the reason when neither can be used.
    """
    if urls := external_urls():
        progress("Checking the database server")
        prepare_external(urls)
        return urls
    return start(home, progress).urls
