"""The demo place from nothing: organisations, directory, lives."""

from collections.abc import Callable

from linkwell.core import sealer
from linkwell.core.installation import is_fictional
from linkwell.demo.answering import ask_how_they_are
from linkwell.demo.arriving import arrive
from linkwell.demo.evaluating import evaluate
from linkwell.demo.groups import gather
from linkwell.demo.hospital import admit
from linkwell.demo.keeping import keep_lists
from linkwell.demo.listings import keep_listings
from linkwell.demo.offering import offer_support
from linkwell.demo.place import build, find
from linkwell.demo.player import play_all
from linkwell.demo.publishing import publish
from linkwell.demo.queries import lives_begun
from linkwell.demo.reporting import report
from linkwell.demo.story import lives
from linkwell.demo.team import look_after
from linkwell.kernel import clock


def build_demo(people: int, progress: Callable[[str, int | None, int | None], None]) -> None:
    """Make the place unless it is there, and live made-up lives in it until there are `people`.

    Killed half-way, the next call goes on where this one stopped; the life it was at stays as far as it got.
    """
    if not is_fictional():
        progress("Making Wexcombe-on-Marl and its directory", None, None)
    place = find() if is_fictional() else build()
    begun = lives_begun(place.system)
    if begun < people:
        play_all(place, lives(people, clock.today(), first=begun), people - begun, progress)
        keep_listings(place)
        ask_how_they_are(place)
        evaluate(place)
        gather(place)
        look_after(place)
        arrive(place)
        admit(place)
        offer_support(place)
        report(place)
        publish(place)
        keep_lists(place)
        sealer.seal_all()
