"""What a group may change in its listing, field by field, in words, and what has to be looked at first. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from linkwell.directory.models import Service
from linkwell.kernel import words

Value = str | int | bool | list[str] | None
YES_NO = {True: "Yes", False: "No", None: ""}
JOINING = {
    "drop_in": "Just turn up",
    "ring_first": "Ring or write first",
    "referral": "Needs a referral",
    "member": "Join as a member",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a listing. A `risky` one waits for a keeper: a wrong hand could lead people astray with it."""

    name: str
    label: str
    longest: int = 4000
    risky: bool = False


FIELDS: tuple[Field, ...] = (
    Field("name", "Name of the group", 200, risky=True),
    Field("who_runs", "Who runs it", 200, risky=True),
    Field("referral_email", "E-mail address that referrals go to", 254, risky=True),
    Field("url", "Web address", 500, risky=True),
    Field("description", "What it is"),
    Field("who_for", "Who it is for", 1000),
    Field("minimum_age", "From which age"),
    Field("maximum_age", "Up to which age"),
    Field("first_visit", "What the first visit is like", 1000),
    Field("greeted_by", "Who greets somebody new", 200),
    Field("how_to_join", "How to join"),
    Field("join_words", "How to join, in your words", 1000),
    Field("cost", "What it costs", 1000),
    Field("free", "Is it free?"),
    Field("phone", "Telephone", 60),
    Field("contact", "Who to ask for", 200),
    Field("step_free", "Can people get in without steps?"),
    Field("access", "Getting in and around", 500),
    Field("languages", "Languages spoken", 200),
    Field("alert", "Something people should know just now", 500),
)
# Parts of a listing in rows of their own: `meeting` says what may be in them.
PARTS = (Field("time", "When you meet"), Field("place", "Where you meet"), Field("rule", "Who can come"))
BY_NAME = {each.name: each for each in (*FIELDS, *PARTS)}


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, as values of its column."""

    field: str
    before: Value
    after: Value

    @property
    def risky(self) -> bool:
        return BY_NAME[self.field].risky

    @property
    def label(self) -> str:
        return BY_NAME[self.field].label

    @property
    def before_words(self) -> str:
        return in_words(self.field, self.before)

    @property
    def after_words(self) -> str:
        return in_words(self.field, self.after)


def as_it_is(row: Service) -> dict[str, Value]:
    """What the listing says now, by field."""
    values: dict[str, Value] = {each.name: getattr(row, each.name) for each in FIELDS if each.name != "who_runs"}
    return {**values, "who_runs": row.community_organisation.name}


def changes(before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[Change, ...]:
    """What is different, in the order of the page. A field that `after` does not name stays as it is."""
    return tuple(
        Change(each.name, before[each.name], tidy(after[each.name]))
        for each in FIELDS
        if each.name in after and tidy(after[each.name]) != tidy(before[each.name])
    )


def tidy(value: Value) -> Value:
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.strip().splitlines())
    return [each.strip() for each in value if each.strip()] if isinstance(value, list) else value


def in_words(name: str, value: Value) -> str:
    """A value as the page shows it; "Nothing" where there is none."""
    if name == "how_to_join":
        return JOINING.get(str(value), "") or "Nothing"
    if value is None or isinstance(value, bool):
        return YES_NO[value] or "Not known"
    if isinstance(value, list):
        return ("\n".join(value) if name in {each.name for each in PARTS} else words.joined(value)) or "Nothing"
    return str(value) or "Nothing"
