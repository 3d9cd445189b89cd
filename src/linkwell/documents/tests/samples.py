"""Fictional documents for tests."""

from __future__ import annotations

import datetime as dt

from linkwell.documents.letter import Addressee, Bullets, Heading, Letter, Paragraph, Sender
from linkwell.documents.message_back import Item, MessageBack, Section
from linkwell.documents.plan import Agreement, Contact, Goal, Need, PlanDocument, Step

DAY = dt.date(2026, 3, 3)


def plan(what_matters: str = "Being there for my grandchildren.", name: str = "Amina") -> PlanDocument:
    lunch = Step("Go to the Tuesday lunch club", "Amina and Sam", "Tuesday 10 March, 12 noon", 7)
    ring = Step("Ring my sister", "Amina", "every Sunday", 10, done=True)
    company = Goal("Have company twice a week", 9, (lunch, ring))
    bills = Goal("Know that the bills can be paid", 10)
    return PlanDocument(
        person_name=name,
        what_matters=what_matters,
        needs=(Need("Feeling lonely", "The evenings are hardest.", (company,)), Need("Money worries", "", (bills,))),
        agreement=Agreement(True, "Amina", "face to face", DAY),
        version=2,
        made_on=DAY,
        contact=Contact("Sam Okafor", "Link worker", "Harbour Community Trust", "0117 496 0123", "sam@harbour.example"),
        strengths="A good cook.",
        review_on=dt.date(2026, 5, 12),
    )


def letter() -> Letter:
    return Letter(
        Sender("Sam Okafor", "Link worker", "Harbour Community Trust", ("12 Quay Street",), "0117 496 0123"),
        Addressee("Mrs Amina Rahman", ("14 Orchard Road", "Bristol BS3 4QZ")),
        DAY,
        "Our visit",
        (
            Paragraph("I will visit you on Tuesday."),
            Heading("What to have ready"),
            Bullets(("Any letters", "", "Questions")),
        ),
        reference="LW-7K3-Q9TC",
    )


def message_back() -> MessageBack:
    return MessageBack(
        "Message back",
        (Item("Person", "Amina Rahman"), Item("NHS number", "999 000 0018"), Item("Pronouns", " ")),
        (
            Section("What helped", (Item("Lunch club", "Goes every Tuesday."), Item("Left blank", ""))),
            Section("What did not work", (Item("", "The walking group: her knee hurt."),)),
            Section("Nothing to say", (Item("Blank", "  "),)),
        ),
        DAY,
        ("Sam Okafor", "0117 496 0123"),
    )
