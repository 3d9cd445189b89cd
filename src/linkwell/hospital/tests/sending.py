"""Messages for tests, as a patient administration system sends them."""

from __future__ import annotations

import itertools
from pathlib import Path

_numbers = itertools.count(1)


def message(
    trigger: str,
    at: str = "20261102091000",
    *,
    patient: str = "H100",
    visit: str = "V1",
    account: str = "",
    location: str = "W12^B^4",
    sent: str = "",
    occurred: str = "",
    control_id: str = "",
    patient_class: str = "I",
    admitted: str = "",
    discharged: str = "",
    expected: str = "",
    method: str = "",
    admission: str = "",
    specialty: str = "",
    nhs: str = "9434765919",
    family: str = "EVERYMAN",
    given: str = "ADAM",
    born: str = "19580412",
    restricted: str = "",
    merged: str = "",
    processing: str = "P",
    more: tuple[str, ...] = (),
) -> bytes:
    """One ADT message; an empty location, visit, account or NHS number is left out."""
    control_id = control_id or f"T{next(_numbers):06}"
    numbers = f"{patient}^^^WEXPAS^MR" + (f"~{nhs}^^^NHS^NHS" if nhs else "")
    pv1 = [""] * 46
    pv1[:4] = "PV1", "1", patient_class, location
    pv1[4], pv1[10], pv1[19] = admission, specialty, visit
    pv1[36], pv1[44], pv1[45] = method, admitted, discharged
    lines = [
        f"MSH|^~\\&|PAS|WEXGEN|LINKWELL|WEX01|{sent or at}||ADT^{trigger}|{control_id}|{processing}|2.4",
        f"EVN|{trigger}|{at}||||{occurred}",
        f"PID|1||{numbers}||{family}^{given}||{born}|M|||12 MILL LANE^^WEXCOMBE^^ZW5 9QY||01632960123|||||{account}",
        f"PD1||||||||||||{restricted}",
        "|".join(pv1).rstrip("|"),
        f"PV2|||||||||{expected}",
        *([f"MRG|{merged}^^^WEXPAS^MR"] if merged else []),
        *more,
    ]
    return "\r".join(lines).encode() + b"\r"


def write(folder: Path, *messages: bytes) -> Path:
    """One file with these messages, one after another."""
    path = folder / "messages.hl7"
    path.write_bytes(b"\r".join(messages))
    return path
