"""Values no form expects, chosen by a seeded chance."""

import json
import random
from uuid import UUID

TEXTS = (
    *(
        "",
        " ",
        "\x00",
        "a\x00b",
        "\ufeff",
        "\u202egnikaeps",
        "\u200b",
        "👩‍👩‍👧‍👦" * 40,
        "é" * 255,
        "İßﬀ",
        "\x1b[31m",
        "\t",
    ),
    *(
        "' OR 1=1 --",
        "'; DROP TABLE people_person; --",
        '" UNION SELECT 1 --',
        "%",
        "_",
        "\\",
        "a & ! | b:* <->",
        "((((",
    ),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "{% debug %}", "${7*7}", "%s%n%d%(x)s"),
    *('=HYPERLINK("http://x.example")', "+44 7700 900000", "-1+1", "@SUM(1)", "＝1+1"),
    *(
        "../../../../etc/passwd",
        "/etc/passwd",
        "//elsewhere.example",
        "http://elsewhere.example/",
        "javascript:alert(1)",
    ),
    *("\r\nSet-Cookie: planted=1", "null", "None", "true", "on", "[]", "{}", "undefined"),
    *("a@b", "a@b.example\nbcc: c@d.example", "x" * 300 + "@example.org", "SW1A 1AA", "ZZ99 9ZZ", "07700900000" * 9),
)
NUMBERS = (
    "0",
    "-1",
    "1",
    "²",
    "٣",
    "1.5",
    "1e9",
    "1e400",
    "NaN",
    "-Infinity",
    "32768",
    "2147483648",
    "9" * 19,
    "9" * 400,
)
DATES = (
    *("31 2 2026", "2026-02-31", "0001-01-01", "9999-12-31", "99999-01-01", "29/02/2025", "2026-10-25", "2027-03-28"),
    *(
        "24:00",
        "25:61",
        "01:30",
        "2026-10-25T01:30",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "yesterday",
        "-0001-01-01",
    ),
)
PARTS = {
    "day": ("31", "0", "32", "-1", "²"),
    "month": ("2", "13", "0", "Feb"),
    "year": ("2026", "1", "9999", "99999", "0"),
}
LONG = 100_000
DEPTH = 20_000


def value(chance: random.Random, name: str, known: list[str]) -> str:
    """One hostile value for a field of this name. `known` are identifiers of things that exist."""
    if chance.random() < 0.02:
        return chance.choice("x\U0001f600'<") * LONG
    part = next((part for part in PARTS if name.endswith(part)), None)
    if part and chance.random() < 0.7:
        return chance.choice(PARTS[part])
    kind = chance.randrange(10)
    if kind < 5:
        return chance.choice(TEXTS)
    if kind < 7:
        return chance.choice(NUMBERS)
    if kind < 9:
        return chance.choice(DATES)
    return chance.choice([*known, str(random_id(chance)), "not-an-id"])


def random_id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def body(chance: random.Random) -> tuple[bytes, str]:
    """A body that is no form, and the content type it claims."""
    deep = b"[" * DEPTH + b"]" * DEPTH
    boundary = "multipart/form-data; boundary=x"
    return chance.choice(
        [
            (deep, "application/json"),
            (json.dumps({"a": {"b": ["\x00"] * 100}}).encode(), "application/json"),
            (b"{", "application/json"),
            (deep, "application/x-www-form-urlencoded"),
            (b"a=%ff%fe&%00=1&=&&===&a=%ed%a0%80", "application/x-www-form-urlencoded"),
            (b"&".join(b"f%d=1" % number for number in range(2000)), "application/x-www-form-urlencoded"),
            (b"a=\xff", "application/x-www-form-urlencoded; charset=no-such-charset"),
            (b"a=b", "application/x-www-form-urlencoded; charset=utf-16"),
            (b"--x\r\nContent-Disposition: form-data; name=", boundary),
            (b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n' + b"z" * LONG, boundary),
            (
                b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--',
                boundary,
            ),
            (b"", "multipart/form-data"),
            (b"junk", "multipart/form-data; boundary=" + "y" * 300),
            (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "text/xml"),
            (bytes(chance.randrange(256) for _ in range(500)), "application/octet-stream"),
            (b"\x00" * 1000, ""),
        ]
    )
