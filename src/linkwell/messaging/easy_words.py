"""The messages to a person in easy read: one short sentence a line. Chosen by itself for whoever likes to read so."""

EASY_WORDS = {
    "person_received": (
        "Thank you.\nWe have your message.\nYour number is $reference.\nWe will read it by $when.\n"
        "Do you want to change something? Phone $phone."
    ),
    "person_received_wait": (
        "Thank you.\nWe have your message.\nYour number is $reference.\nWe will read it by $when.\n"
        "Most people wait up to $wait until we talk.\nDo you want to change something? Phone $phone."
    ),
    "person_please_phone": "Hello.\n$staff phoned you.\nPlease phone back when you can.\nThe number is $phone.",
    "person_appointment": "You will meet $staff.\nWhen: $when.\nIs that no good? Phone $phone.",
    "person_appointment_moved": (
        "The time is new.\nYou will meet $staff.\nThe new time: $when.\nIs that no good? Phone $phone."
    ),
    "person_appointment_cancelled": "The meeting on $when is off.\nWe will find a new time.\nPhone $phone.",
}
