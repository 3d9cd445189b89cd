"""A check of passwords beside Django's own: nothing that is only a short piece again and again, or a row of keys."""

from itertools import pairwise

from django.core.exceptions import ValidationError

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
WORDS = "Choose something less easy to guess: not the same piece again and again, nor letters or numbers in a row."


class NoPlainPattern:
    """Refuses "passwordpassword", "aaaaaaaaaaaa", "123456789012", "qwertyuiopasdf"."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError for a password that is only a pattern."""
        text = password.casefold()
        if _repeats(text) or _in_a_row(text):
            raise ValidationError(WORDS, code="plain_pattern")

    def get_help_text(self) -> str:
        return WORDS


def _repeats(text: str) -> bool:
    """Whether the text is one shorter piece, twice or more (the text is found inside itself doubled, off its ends)."""
    return bool(text) and text in (text + text)[1:-1]


def _in_a_row(text: str) -> bool:
    """Whether nearly every character follows the one before it: in the alphabet, in counting, or on the keyboard."""
    steps = [_follows(first, second) for first, second in pairwise(text)]
    return bool(steps) and sum(steps) >= 0.8 * len(steps)


def _follows(first: str, second: str) -> bool:
    if abs(ord(second) - ord(first)) == 1:
        return True
    return any(first + second in row or second + first in row for row in ROWS)
