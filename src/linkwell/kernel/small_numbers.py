"""Numbers that leave an organisation: a small one could point to one person, so it is not told."""

FEWEST = 5


def guarded(number: int) -> str:
    """ "None", "fewer than 5", or the nearest five: differences between lines give nobody away."""
    if number == 0:
        return "None"
    return f"fewer than {FEWEST}" if number < FEWEST else str(FEWEST * round(number / FEWEST))
