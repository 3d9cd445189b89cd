"""The made-up world copied, so that what a proof does to it touches nobody else's tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkwell.core.postgres import create_database, drop_database
from tests.databases import close_connections, use_database
from tests.world import World


@contextmanager
def copied(world: World) -> Iterator[None]:
    """Inside the block everything happens to a copy of the world as it was built, whatever other tests opened since."""
    home = Path(os.environ["LINKWELL_HOME"])
    name = f"copy_{world.database}"
    close_connections()
    drop_database(home, name)
    create_database(home, name, template=world.untouched)
    use_database(name)
    try:
        yield
    finally:
        use_database(world.database)
        drop_database(home, name)
