"""The national categories of ethnic background, and how one is read from what a hospital sends.

Codes and words are those of ETHNIC CATEGORY in the NHS Data Dictionary (the categories of the 2001 census). A second
character is a hospital's own division of a category and is not kept.
"""

from __future__ import annotations

WORDS = {
    "A": "White - British",
    "B": "White - Irish",
    "C": "White - Any other White background",
    "D": "Mixed - White and Black Caribbean",
    "E": "Mixed - White and Black African",
    "F": "Mixed - White and Asian",
    "G": "Mixed - Any other mixed background",
    "H": "Asian or Asian British - Indian",
    "J": "Asian or Asian British - Pakistani",
    "K": "Asian or Asian British - Bangladeshi",
    "L": "Asian or Asian British - Any other Asian background",
    "M": "Black or Black British - Caribbean",
    "N": "Black or Black British - African",
    "P": "Black or Black British - Any other Black background",
    "R": "Other Ethnic Groups - Chinese",
    "S": "Other Ethnic Groups - Any other ethnic group",
    "Z": "Not stated",
}
"""`Z` is somebody who was asked and did not say. 99, not known, is no category: it takes the place of none."""

# How the names of other tables begin: those of the United States, and a hospital's own. Their N and H are not ours.
_OTHER_TABLES = ("HL7", "CDCREC", "2.16.840.1.113883.6.238", "99")
_LOCAL = "L"


def category(code: str, table: str = "", words: str = "") -> str | None:
    """The national code, or None where none is said: an unknown code, or one of a table that is not the national one.

    `table` is what the sender names as the source of the code, `words` what it calls it.
    """
    code, table = code.strip().upper(), table.strip().upper()
    if not code.isalnum() or len(code) > 2 or code[0] not in WORDS or "HISPANIC" in words.upper():
        return None
    return None if table == _LOCAL or table.startswith(_OTHER_TABLES) else code[0]
