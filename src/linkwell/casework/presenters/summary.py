"""A message back, from its JSON to a page and a PDF: the same items in the same order in both."""

import datetime as dt
from typing import Any

from linkwell.documents.message_back import Item, MessageBack, Section, filled
from linkwell.kernel import nhs_number, words

_ABOUT_ME = {
    "most_important_to_me": "What is most important to me",
    "people_important_to_me": "People who are important to me",
    "how_i_communicate": "How I communicate",
    "my_wellness": "My wellness",
    "please_do": "Please do",
    "please_do_not": "Please don’t",
    "how_and_when_to_support_me": "How and when to support me",
    "also_worth_knowing": "Also worth knowing about me",
    "supported_to_write_this_by": "Supported to write this by",
}


def document(content: dict[str, Any]) -> MessageBack:
    """The message as it is read."""
    sender = content["sent_by"]
    return MessageBack(
        title="Summary of support from a link worker",
        about=_about(content),
        sections=filled(tuple(_sections(content))),
        written_on=dt.date.fromisoformat(content["written_on"]),
        sent_by=tuple(
            line
            for line in (
                ", ".join(part for part in (sender.get("name", ""), sender.get("role", "")) if part),
                sender.get("team", ""),
                sender["organisation"],
                sender.get("telephone", ""),
                sender.get("email", ""),
            )
            if line
        ),
    )


def _about(content: dict[str, Any]) -> tuple[Item, ...]:
    person = content["person_demographics"]
    practice = content.get("gp_practice", {})
    name = " ".join(part for part in (person.get("title", ""), person["first_name"], person["family_name"]) if part)
    number = person.get("nhs_number", "")
    shown = str(nhs_number.parse(number)) if number and nhs_number.problem(number) is None else number
    rows = (
        ("Name", name),
        ("Likes to be called", person.get("preferred_name", "")),
        ("Pronouns", person.get("pronoun", "")),
        ("Date of birth", _day(person.get("date_of_birth", ""))),
        ("NHS number", shown),
        ("GP practice", practice.get("practice_name", "")),
        ("To", content["recipient"]),
    )
    return tuple(Item(label, text) for label, text in rows)


def _sections(content: dict[str, Any]) -> list[Section]:
    about_me = content.get("about_me", {})
    summary = content.get("clinical_summary", {})
    return [
        Section("Summary", _summary(summary)),
        Section("Risks", tuple(Item("", f"{each['risk']} ({_day(each['recorded_on'])})") for each in content["risks"])),
        Section("What they need", tuple(_needed(each) for each in content.get("individual_requirements", []))),
        Section("The plan: what they wanted, and how it went", _plan(content.get("care_and_support_plan", {}))),
        Section("Onward referrals to groups", tuple(_tried(each) for each in content.get("onward_referrals", []))),
        Section("Signposted to", tuple(_tried(each) for each in content.get("signpost_details", []))),
        Section("Conversations and attempts", _contacts(content.get("contacts_with_professionals", []))),
        Section("About me, in their own words", tuple(Item(_ABOUT_ME[key], about_me[key]) for key in about_me)),
        Section("The referral", _referral(content.get("referral_details", {}))),
    ]


def _needed(each: dict[str, str]) -> Item:
    return Item(each["kind"], each["requirement"])


def _summary(summary: dict[str, Any]) -> tuple[Item, ...]:
    start, end = _day(summary.get("support_from", "")), _day(summary.get("support_to", ""))
    return (
        Item("Support", f"{start} to {end}" if end else f"Since {start}" if start else ""),
        Item("Why it ended", summary.get("reason_for_ending", "")),
        Item("What has changed", summary.get("summary", "")),
        Item("What did not work", summary.get("what_did_not_work", "")),
    )


def _plan(plan: dict[str, Any]) -> tuple[Item, ...]:
    items = [Item("Strengths", plan.get("strengths", ""))]
    for need in plan.get("needs", []):
        items.append(Item("What they wanted to change", need["need"]))
        for goal in need.get("goals", []):
            items.append(Item(f"Goal, {goal['status']}", _with_scores(goal["goal"], "matters", goal.get("importance"))))
            items += [
                Item(f"Step, {step['status']}", _with_scores(step["what"], "how sure", step.get("confidence")))
                for step in goal.get("actions", [])
            ]
    if "agreed_with_person" in plan:
        agreed = "Yes" if plan["agreed_with_person"] else f"Not yet: {plan.get('why_not_agreed', '')}"
        items.append(Item("Agreed with the person", f"{agreed} ({_day(plan.get('last_agreed_on', ''))})"))
    return tuple(items)


def _with_scores(text: str, label: str, scores: dict[str, int] | None) -> str:
    """ "Go to the lunch club. How sure: 4 out of 10 at first, 9 now." """
    if not scores:
        return text
    first, latest = scores.get("first"), scores.get("latest")
    moved = f"{first} out of 10 at first, {latest} now" if first != latest else f"{latest} out of 10"
    return f"{text}\n{label.capitalize()}: {moved}"


def _tried(each: dict[str, Any]) -> Item:
    helped = {True: "It helped.", False: "It did not help."}.get(each.get("helped"), "")  # type: ignore[arg-type]
    said = ". ".join(part for part in (each.get("outcome", ""), each.get("reason", "")) if part)
    return Item(
        f"{each['service']}, {_day(each['date'])}",
        " ".join(part for part in (said, helped) if part) or "No more is known",
    )


def _contacts(rows: list[dict[str, Any]]) -> tuple[Item, ...]:
    return tuple(
        Item(
            words.written_datetime(dt.datetime.fromisoformat(row["date_and_time"]), year=True),
            f"{row['consultation_method']}: {row['outcome']} ({row['seen_by']})",
        )
        for row in rows
    )


def _referral(referral: dict[str, Any]) -> tuple[Item, ...]:
    parts = (referral.get(name, "") for name in ("referrer_name", "referrer_role", "referrer_organisation"))
    return (
        Item("Date", _day(referral.get("date", ""))),
        Item("Referred by", ", ".join(part for part in parts if part)),
        Item("Why", referral.get("reason", "")),
    )


def _day(text: str) -> str:
    return words.short_date(dt.date.fromisoformat(text)) if text else ""
