"""The messages in Welsh: to a person who likes Welsh best, and to whoever refers. They say no more than in English.

Written by people who build Linkwell; a Welsh speaker must read them before they are sent for real.
"""

from dataclasses import replace

from linkwell.kernel.tongue import Tongue
from linkwell.messaging.message_parts import MessageTemplate

SUBJECT = "Mae gennych neges"
END = "\n\nPeidiwch ag ateb y neges hon, os gwelwch yn dda."

WELSH_WORDS = {
    "person_received": (
        "Diolch am eich neges. Eich cyfeirnod yw $reference. Byddwn yn ei darllen erbyn $when."
        " I newid eich meddwl neu i ychwanegu rhywbeth, ffoniwch $phone."
    ),
    "person_received_wait": (
        "Diolch am eich neges. Eich cyfeirnod yw $reference. Byddwn yn ei darllen erbyn $when. Mae'r rhan fwyaf o bobl"
        " yn aros hyd at $wait nes i ni siarad. I newid eich meddwl neu i ychwanegu rhywbeth, ffoniwch $phone."
    ),
    "person_please_phone": (
        "Helo. Ceisiodd $staff eich ffonio. Pan fydd yn amser da i chi, ffoniwch $phone, os gwelwch yn dda."
    ),
    "person_appointment": "Rydych yn cwrdd â $staff: $when. I newid hyn, ffoniwch $phone.",
    "person_appointment_reminder": "I'ch atgoffa: rydych yn cwrdd â $staff: $when. I newid hyn, ffoniwch $phone.",
    "person_appointment_moved": (
        "Mae'r amser wedi newid. Rydych nawr yn cwrdd â $staff: $when. I newid hyn, ffoniwch $phone."
    ),
    "person_appointment_cancelled": (
        "Mae'r cyfarfod ar $when wedi'i ganslo. I ddod o hyd i amser arall, ffoniwch $phone."
    ),
    "person_other_staff": "$staff fydd yn cwrdd â chi: $when. I newid hyn, ffoniwch $phone.",
    "person_other_staff_until": "Tan $when, gofynnwch am $staff pan fyddwch yn ffonio $phone.",
    "person_other_staff_from_now": "O hyn ymlaen, gofynnwch am $staff pan fyddwch yn ffonio $phone.",
    "person_last_word": (
        "Helo. Ceisiodd $staff gysylltu â chi, ac ni fydd yn ceisio eto am y tro. Pryd bynnag y bydd yn gyfleus i chi,"
        " gallwch ffonio $phone."
    ),
    "person_link": (
        "Mae rhywbeth i chi ei ddarllen yma:\n$link\n\nOs nad oedd hwn wedi'i fwriadu i chi, anwybyddwch ef."
    ),
    "person_received_easy": (
        "Diolch.\nMae eich neges gyda ni.\nEich rhif chi yw $reference.\nByddwn yn ei darllen erbyn $when.\n"
        "Ydych chi eisiau newid rhywbeth? Ffoniwch $phone."
    ),
    "person_received_wait_easy": (
        "Diolch.\nMae eich neges gyda ni.\nEich rhif chi yw $reference.\nByddwn yn ei darllen erbyn $when.\n"
        "Mae'r rhan fwyaf o bobl yn aros hyd at $wait nes i ni siarad.\n"
        "Ydych chi eisiau newid rhywbeth? Ffoniwch $phone."
    ),
    "person_please_phone_easy": "Helo.\nFfoniodd $staff chi.\nFfoniwch yn ôl pan allwch chi.\nY rhif yw $phone.",
    "person_appointment_easy": "Byddwch yn cwrdd â $staff.\nPryd: $when.\nDdim yn gyfleus? Ffoniwch $phone.",
    "person_appointment_moved_easy": (
        "Mae'r amser yn newydd.\nByddwch yn cwrdd â $staff.\nYr amser newydd: $when.\nDdim yn gyfleus? Ffoniwch $phone."
    ),
    "person_appointment_cancelled_easy": (
        "Ni fydd y cyfarfod ar $when.\nByddwn yn dod o hyd i amser newydd.\nFfoniwch $phone."
    ),
    "parent_appointment": "Mae cyfarfod gyda $staff: $when. I newid hyn, ffoniwch $phone.",
    "parent_appointment_reminder": "I'ch atgoffa: mae cyfarfod gyda $staff: $when. I newid hyn, ffoniwch $phone.",
    "parent_appointment_moved": (
        "Mae'r amser wedi newid. Mae'r cyfarfod gyda $staff nawr: $when. I newid hyn, ffoniwch $phone."
    ),
    "parent_appointment_cancelled": (
        "Mae'r cyfarfod ar $when wedi'i ganslo. I ddod o hyd i amser arall, ffoniwch $phone."
    ),
    "referrer_received": "Rydym wedi derbyn $reference. Byddwn yn ei ddarllen erbyn $when. I weld ble mae arni:\n$link",
    "referrer_received_by_phone": (
        "Rydym wedi derbyn $reference. Byddwn yn ei ddarllen erbyn $when. Os bydd rhywbeth yn newid, ffoniwch $phone."
    ),
    "referrer_news": "Mae newyddion am $reference. I'w darllen:\n$link",
    "referrer_question": "Mae gennym gwestiwn am $reference. I'w ddarllen a'i ateb:\n$link",
    "referrer_message": "Mae neges i chi am $reference. I'w darllen a'i hateb:\n$link",
}


def in_welsh(english: MessageTemplate, text: str) -> MessageTemplate:
    """The message in Welsh; in both languages to whoever's own language is not known."""
    whole, subject = text + ("" if english.name == "person_link" else END), SUBJECT
    if english.to != "person":
        # What is known is the language of the person it is about, or of the place.
        whole, subject = f"{whole}\n\n{english.text}", f"{SUBJECT} / {english.subject}"
    return replace(english, name=f"{english.name}_cy", text=whole, subject=subject, language=Tongue.WELSH)
