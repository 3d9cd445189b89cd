"""The lists that made-up colleagues look at often."""

from linkwell.core.saved import keep_list
from linkwell.demo.place import DemoPlace


def keep_lists(place: DemoPlace) -> None:
    """A list of the same name is replaced, so once more changes nothing."""
    keep_list(scope=place.lead, page="referrals:triage", name="Read first", filters="show=danger")
    keep_list(scope=place.lead, page="referrals:triage", name="Money worries", filters="show=waiting&need=money")
    for worker in place.workers:
        keep_list(scope=worker, page="casework:caseload", name="Support that has ended", filters="show=closed")
