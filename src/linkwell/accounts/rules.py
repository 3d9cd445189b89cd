"""The numbers a team works by: each a setting with a default, so that a rule of the service is never in the program."""

from dataclasses import dataclass
from decimal import Decimal

from linkwell.kernel.tongue import say


@dataclass(frozen=True, slots=True)
class Rules:
    """Ages in whole years, targets in working days, the rest in the unit its name says."""

    youngest: int = 18
    oldest: int | None = None
    for_children: bool = False
    first_try_working_days: int = 5
    first_talk_working_days: int = 15
    tries_before_closing: int = 3
    ways_before_closing: int = 2
    missed_before_asking: int = 2
    reopen_within_days: int = 28
    still_waiting_weeks: int = 4
    offer_weeks: int = 13
    offer_conversations: int = 12
    visit_grace_minutes: int = 15
    supervision_weeks: int = 6
    full_time_hours: Decimal = Decimal("37.5")
    wait_weeks: int = 12
    wait_least_people: int = 10
    hand_over_working_days: int = 5

    def takes(self, age: int) -> bool:
        """Whether the team supports people of this age."""
        return self.youngest <= age and (self.oldest is None or age <= self.oldest)

    def outside(self, age: int) -> str:
        """Why somebody of this age is not for this team, in a sentence or two; empty when they are."""
        return "" if self.takes(age) else f"{age} years old. This team supports people {self.ages_words}."

    @property
    def ages_words(self) -> str:
        """ "aged 18 and over", "aged 11 to 25", "aged 25 and under", "of any age"."""
        if self.oldest is None:
            ages = say("aged %(youngest)s and over") if self.youngest else say("of any age")
        elif self.youngest:
            ages = say("aged %(youngest)s to %(oldest)s")
        else:
            ages = say("aged %(oldest)s and under")
        return ages % {"youngest": self.youngest, "oldest": self.oldest}


@dataclass(frozen=True, slots=True)
class Targets:
    """By when, in working days from the day a referral came: read, first tried, first spoken with."""

    triage: int = 2
    first_try: int = 5
    first_talk: int = 15
