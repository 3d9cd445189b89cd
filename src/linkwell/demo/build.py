"""The demo place from nothing: organisations, directory, lives."""

from collections.abc import Callable

from linkwell.core import sealer
from linkwell.demo.place import build
from linkwell.demo.player import play_all
from linkwell.demo.story import lives
from linkwell.kernel import clock


def build_demo(people: int, progress: Callable[[str, int | None, int | None], None]) -> None:
    """Make the place and live `people` lives in it."""
    progress("Making Wexcombe-on-Marl and its directory", None, None)
    place = build()
    play_all(place, lives(people, clock.today()), people, progress)
    sealer.seal_all()
