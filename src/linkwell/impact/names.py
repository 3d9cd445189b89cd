"""The name of a GP practice as two people type it: one way to compare them, here and in the database."""

# The same folding in SQL, over a column or expression put in place of {}.
FOLDED_SQL = r"lower(regexp_replace(btrim({}), '\s+', ' ', 'g'))"


def folded(name: str) -> str:
    """Small letters, single spaces."""
    return " ".join(name.split()).lower()
