"""Names as they are searched and sorted. The database sorts by code point, so the folding is done here."""

import unicodedata

_LETTERS_THAT_DO_NOT_COME_APART = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
# Letters of the Cyrillic, Greek and Armenian alphabets and the Latin ones they are drawn like, small or capital. A name
# pasted in them is compared as it looks; one that is really of that alphabet is changed alike on both sides.
_DRAWN_ALIKE = str.maketrans("аеорсухіјѕԁһԛԝьӏвкмнтαονικρτυχγωβεζημոսօցհ", "aeopcyxijsdhqwblbkmhtaovikptuxywbezhmnuogh")
LONGEST_WORD = 60


def folded(text: str) -> str:
    """The text without case, accents and doubled blanks: "  Zoë  O’Neill" and "zoe o'neill" come out the same.

    Marks that cannot be seen are gone, and letters that only look like ours are ours: only for comparing, never shown.
    """
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS_THAT_DO_NOT_COME_APART)
    seen = (ch for ch in apart if not unicodedata.combining(ch) and unicodedata.category(ch) != "Cf")
    plain = "".join(seen).translate(_DRAWN_ALIKE).replace("’", "'").replace("‘", "'")
    return " ".join(plain.replace(",", " ").split())


def words(*names: str) -> tuple[str, ...]:
    """Each word somebody might type to find these names, once, in order. "O'Neill-Kaya" is found by all its parts."""
    found: dict[str, None] = {}
    for name in names:
        for word in folded(name).split():
            parts = word.replace("-", " ").replace("'", " ").split()
            for each in (word.replace("'", ""), *(parts if len(parts) > 1 else ())):
                found.setdefault(each[:LONGEST_WORD])
    return tuple(word for word in found if word)


def sort_name(family_name: str, given_name: str) -> str:
    """The key lists are sorted by: family name, then given name."""
    return f"{folded(family_name)} {folded(given_name)}".strip()[:210]


def like_it(preferred_name: str, given_name: str, family_name: str) -> str:
    """The name as the person likes it, with the family name: "Dot Baker"."""
    return f"{preferred_name or given_name} {family_name}".strip()
