"""What the shipped packs call their scores, for the catalogue: a pack is data, and the catalogue is gathered from code.

Titles, and names of scores and bands alone. The questions stay in the language in which they were tested.
"""

from linkwell.kernel.tongue import marked

SAID = (
    marked("Anxious yesterday"),
    marked("Concerns"),
    marked("Feeling lonely, asked directly"),
    marked("Happy yesterday"),
    marked("How much it matters"),
    marked("How sure"),
    marked("Loneliness, three questions together"),
    marked("Low mood"),
    marked("Mental wellbeing"),
    marked("Resilience"),
    marked("Satisfied with life"),
    marked("Things done are worthwhile"),
    marked("Wellbeing"),
    marked("Worry"),
    marked("high"),
    marked("low"),
    marked("medium"),
    marked("mild"),
    marked("moderate"),
    marked("moderately severe"),
    marked("none or minimal"),
    marked("normal"),
    marked("severe"),
    marked("very high"),
    marked("very low"),
)
TITLES = (
    marked("Brief resilience scale"),
    marked("How often you feel lonely"),
    marked("How you feel about your life"),
    marked("Low mood over the last two weeks"),
    marked("Measure yourself concerns and wellbeing"),
    marked("Short Warwick-Edinburgh mental wellbeing"),
    marked("What you would like to change"),
    marked("Worry over the last two weeks"),
)
