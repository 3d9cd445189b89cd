"""What a message may say: read by a stranger on a recycled number, it tells nothing."""

import re
from string import Template

import pytest
from django.conf import settings

from linkwell.kernel.errors import Invalid
from linkwell.kernel.ids import new_reference
from linkwell.messaging import gate, templates_out
from linkwell.messaging.templates_out import TEMPLATES, Kind, MessageTemplate

EVERY = pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))
GOOD = {
    Kind.LINK: f"{settings.ADDRESS}/answer/abc/",
    Kind.WHEN: "Tuesday 3 March, 2pm",
    Kind.PHONE: "01632 960001",
    Kind.CODE: "4921",
    Kind.REFERENCE: new_reference(),
    Kind.NUMBER: "10",
    Kind.HOW_LONG: "5 weeks",
    Kind.FIRST_NAME_OF_STAFF: "Sam",
}
TELLING = re.compile(
    r"\b(support|prescrib|referr|health|gp|doctor|nurse|debt|money|hous|lonel|bereave|grief|abuse|safeguard|depress|anxi|"
    r"mental|drug|alcohol|benefit|carer|patient|nhs|clinic|hospital|therap|counsel|link worker)",
    re.IGNORECASE,
)
FORBIDDEN_NAMES = {"name", "surname", "family_name", "given_name", "need", "needs", "why", "service", "group", "reason",
                   "organisation", "team", "address", "nhs_number", "date_of_birth", "condition"}  # fmt: skip


@pytest.mark.fault("F20")
@EVERY
def test_no_message_can_carry_a_need_a_service_or_a_surname(template: MessageTemplate) -> None:
    used = set(Template(template.text).get_identifiers())
    assert used == set(template.variables), "every part of the words is declared, and nothing else is"
    assert not used & FORBIDDEN_NAMES
    assert all(isinstance(kind, Kind) for kind in template.variables.values())
    assert "$" not in template.subject


@pytest.mark.fault("F20")
@EVERY
def test_the_words_themselves_tell_nothing(template: MessageTemplate) -> None:
    words = template.text if template.to == "person" else template.text.replace("your practice", "")
    found = TELLING.findall(words + " " + template.subject.replace("your practice", ""))
    assert found == [], f"{template.name} says {found}"


@EVERY
def test_every_message_can_be_written_and_passes_a_gate_that_exists(template: MessageTemplate) -> None:
    words = template.written({name: GOOD[kind] for name, kind in template.variables.items()})
    assert "$" not in words
    assert gate.To(template.to)
    assert gate.WAYS_OF[gate.Act(template.act)]


@pytest.mark.fault("F20")
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.LINK, "https://elsewhere.example/answer/"),
        (Kind.LINK, f"{settings.ADDRESS}.evil.example/"),
        (Kind.LINK, f"{settings.ADDRESS}/a b"),
        (Kind.WHEN, "Tuesday (debt advice)"),
        (Kind.WHEN, "x" * 70),
        (Kind.PHONE, "Wexcombe debt advice"),
        (Kind.CODE, "hello there"),
        (Kind.REFERENCE, "Dorothy Baker"),
        (Kind.NUMBER, "many"),
        (Kind.HOW_LONG, "5 weeks of debt advice"),
        (Kind.FIRST_NAME_OF_STAFF, "Sam Okafor"),
        (Kind.FIRST_NAME_OF_STAFF, ""),
    ],
)
def test_nothing_else_slips_in_through_a_value(kind: Kind, value: str) -> None:
    assert not templates_out.fits(kind, value)


def test_a_value_too_many_or_too_few_stops_the_message() -> None:
    good = {"reference": new_reference(), "link": f"{settings.ADDRESS}/x/"}
    template = templates_out.template("referrer_news")
    for wrong in ({}, {"link": good["link"]}, good | {"need": "debt"}):
        with pytest.raises(Invalid):
            template.written(wrong)
    with pytest.raises(LookupError):
        templates_out.template("made_up")
