"""Numbers that leave an organisation: a small one could point to one person, so it is not told.

`guarded` is for signed-in partners and groups, who are bound by an agreement. What anybody may read passes the stricter
gate of `evaluation.disclosure`; the two round in the same way, here.
"""

FEWEST = 5
ROUNDED_TO = 5


def rounded(number: int) -> int:
    """To the nearest five."""
    return ROUNDED_TO * round(number / ROUNDED_TO)


def guarded(number: int) -> str:
    """ "None", "fewer than 5", or the nearest five: differences between lines give nobody away."""
    if number == 0:
        return "None"
    return f"fewer than {FEWEST}" if number < FEWEST else str(rounded(number))
