"""The fixed lists of the house: a code for the database, plain words for the screen.

Codes are stored, so a code never changes its meaning and is never removed. Plain words may change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from linkwell.kernel.tongue import marked, say


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list: stored `code`, `plain` words, and one `line` that explains it."""

    code: str
    plain: str
    line: str = ""


NEEDS: tuple[Code, ...] = (
    Code("lonely", marked("Feeling lonely"), "Would like more company, or people to talk to."),
    Code("money", marked("Money worries"), "Bills, debt, benefits or the cost of living."),
    Code("housing", marked("Home and housing"), "Somewhere safe, warm and suitable to live."),
    Code("bereaved", marked("Someone has died"), "Living with grief, recent or from long ago."),
    Code("carer", marked("Caring for someone"), "Looks after a relative, partner or friend."),
    Code("low_mood", marked("Low mood or worry"), "Feeling down, anxious or stressed."),
    Code("more_active", marked("Being more active"), "Moving more, in a way that suits them."),
    Code("work", marked("Work, learning or volunteering"), "A job, a course, or giving time to others."),
    Code("food", marked("Food"), "Enough to eat, or eating well."),
    Code("long_term_condition", marked("Living with a health condition"), "Day-to-day life with an illness or pain."),
    Code("memory", marked("Memory worries"), "Memory problems or dementia, their own or a partner's."),
    Code("getting_about", marked("Getting out and about"), "Transport, mobility or confidence outside."),
    Code("daily_living", marked("Managing at home"), "Shopping, cleaning, cooking or equipment."),
    Code("family", marked("Family and relationships"), "Parenting, family life or a relationship."),
    Code("drink_drugs", marked("Alcohol, drugs or gambling"), "Their own use, or that of someone close."),
    Code("legal", marked("Rights and legal advice"), "Immigration, legal or consumer matters."),
    Code("online", marked("Getting online"), "A device, a connection, or how to use them."),
    Code("safe", marked("Feeling safe"), "Safety at home or where they live."),
    Code("other", marked("Something else"), "In their own words."),
)

# The nine that fit on one phone screen as taps; the rest are one tap further.
FIRST_NEEDS: tuple[str, ...] = (
    "lonely", "money", "housing", "bereaved", "carer", "low_mood", "more_active", "work", "food",
)  # fmt: skip

SERVICE_KINDS: tuple[Code, ...] = (
    Code("social_group", "Social groups", "Meeting, talking and doing things together."),
    Code("swimming_group", "Swimming groups", "Swimming and moving in water, at any level."),
    Code("sports_club", "Sports clubs", "Walking football, bowls, running and other sports."),
    Code("course", "Courses", "Learning something new, for interest or for work."),
    Code("food_bank", "Food banks", "Food and essentials for those who are short."),
    Code("community_group", "Community groups", "Neighbours, gardens, culture and mutual help."),
    Code("dancing_class", "Dancing classes", "Dance of every kind, standing or seated."),
    Code("history_group", "History groups", "Local and family history, museums and memories."),
)

CONTACT_CHANNELS: tuple[Code, ...] = (
    Code("phone", "Phone call"),
    Code("voicemail", "Voicemail message"),
    Code("sms", "Text message"),
    Code("email", "E-mail"),
    Code("letter", "Letter"),
    Code("visit", "Visit at home"),
)

# ISO 639 codes; the languages most asked for in England, and Britain's own. Each in its own writing too.
LANGUAGES: tuple[Code, ...] = (
    Code("en", "English"),
    Code("bsl", "British Sign Language"),
    Code("cy", "Welsh", "Cymraeg"),
    Code("gd", "Scottish Gaelic", "Gàidhlig"),
    Code("ga", "Irish", "Gaeilge"),
    Code("sq", "Albanian", "Shqip"),
    Code("am", "Amharic", "አማርኛ"),
    Code("ar", "Arabic", "العربية"),
    Code("bn", "Bengali", "বাংলা"),
    Code("bg", "Bulgarian", "Български"),
    Code("yue", "Chinese (Cantonese)", "廣東話"),
    Code("cmn", "Chinese (Mandarin)", "普通话"),
    Code("prs", "Dari", "دری"),
    Code("fa", "Farsi", "فارسی"),
    Code("fr", "French", "Français"),
    Code("el", "Greek", "Ελληνικά"),
    Code("gu", "Gujarati", "ગુજરાતી"),
    Code("he", "Hebrew", "עברית"),
    Code("hi", "Hindi", "हिन्दी"),
    Code("hu", "Hungarian", "Magyar"),
    Code("it", "Italian", "Italiano"),
    Code("ku", "Kurdish (Kurmanji)", "Kurdî"),
    Code("ckb", "Kurdish (Sorani)", "کوردی"),
    Code("lv", "Latvian", "Latviešu"),
    Code("lt", "Lithuanian", "Lietuvių"),
    Code("ne", "Nepali", "नेपाली"),
    Code("ps", "Pashto", "پښتو"),
    Code("pl", "Polish", "Polski"),
    Code("pt", "Portuguese", "Português"),
    Code("pa", "Punjabi", "ਪੰਜਾਬੀ"),
    Code("ro", "Romanian", "Română"),
    Code("rom", "Romani", "Romani"),
    Code("ru", "Russian", "Русский"),
    Code("sk", "Slovak", "Slovenčina"),
    Code("so", "Somali", "Soomaali"),
    Code("es", "Spanish", "Español"),
    Code("syl", "Sylheti", "ছিলটি"),
    Code("ta", "Tamil", "தமிழ்"),
    Code("tr", "Turkish", "Türkçe"),
    Code("ti", "Tigrinya", "ትግርኛ"),
    Code("uk", "Ukrainian", "Українська"),
    Code("ur", "Urdu", "اردو"),
    Code("vi", "Vietnamese", "Tiếng Việt"),
    Code("yo", "Yoruba", "Yorùbá"),
    Code("other", "Another language"),
)


class Snomed(StrEnum):
    """The few SNOMED CT identifiers whose published meaning we know (never shown on screen).

    Source: facts gathered from the PRSB standard v1.1 and NHS guidance on social prescribing
    codes. The members of the two reference sets need a licence and are loaded by each site.
    """

    REFERRAL_TO_SOCIAL_PRESCRIBING = "871731000000106"
    SOCIAL_PRESCRIBING_DECLINED = "871711000000103"
    REFERRAL_TO_PHYSICAL_ACTIVITY = "390893007"
    PERSON_IS_A_CARER = "224484003"
    NEEDS_AND_CONCERNS_SET = "1373501000000105"
    SUPPORT_SET = "1373511000000107"


def by_code(codes: Iterable[Code]) -> dict[str, Code]:
    """A list by its stored codes."""
    return {code.code: code for code in codes}


def choices(codes: Iterable[Code]) -> list[tuple[str, str]]:
    """A list as forms want it: pairs of stored code and plain words."""
    return [(code.code, say(code.plain)) for code in codes]


def plain(codes: Iterable[Code], code: str) -> str:
    """The plain words for a stored code; the code itself, made readable, if the list lacks it."""
    found = by_code(codes).get(code)
    return say(found.plain) if found else code.replace("_", " ").capitalize()
