"""Made-up people. No name here is meant to be anybody's; numbers are from the ranges kept for drama."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files


def _lists() -> dict[str, tuple[str, ...]]:
    text = files("linkwell.demo").joinpath("names.txt").read_text()
    rows = (line.split("|") for line in text.splitlines() if not line.startswith("#"))
    return {name: tuple(parts) for name, *parts in rows}


LISTS = _lists()
LANGUAGES = ("Polish", "Urdu", "Punjabi", "Welsh", "Somali", "Portuguese")


@dataclass(frozen=True, slots=True)
class Character:
    """One made-up person."""

    given_name: str
    family_name: str
    preferred_name: str
    pronouns: str
    date_of_birth: date
    phone: str
    address: str
    postcode: str
    language: str


def character(chance: random.Random, number: int, ages: tuple[int, int], today: date) -> Character:
    """The `number`-th made-up person. Numbers of one place never share a telephone."""
    pronoun = chance.choices(("she", "he", "they"), (58, 39, 3))[0]
    given = chance.choice(LISTS[pronoun])
    age_in_days = chance.randint(ages[0] * 365, ages[1] * 365 + 364)
    words = {"she": "she/her", "he": "he/him", "they": "they/them"}
    post = chance.randrange(len(LISTS["postcodes"]))
    street = LISTS["streets"][post % len(LISTS["streets"])]
    return Character(
        given_name=given,
        family_name=chance.choice(LISTS["family"]),
        preferred_name=given[:3] + "y" if chance.random() < 0.06 else "",
        pronouns=words[pronoun] if chance.random() < 0.5 else "",
        date_of_birth=today - timedelta(days=age_in_days),
        phone=f"07700 900{number % 1000:03d}",
        address=f"{chance.randint(1, 80)} {street}, Wexcombe-on-Marl",
        postcode=LISTS["postcodes"][post],
        language=chance.choice(LANGUAGES) if chance.random() < 0.12 else "",
    )
