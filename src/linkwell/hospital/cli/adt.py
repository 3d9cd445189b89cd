"""`linkwell adt`: messages of admissions, transfers and discharges."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkwell.accounts.cli import say
from linkwell.accounts.queries import organisation_by_code
from linkwell.core.scope import Scope, system_scope

if TYPE_CHECKING:
    from linkwell.hospital.queries import StayRow

_LOOK_AGAIN = 0.2


@click.group()
def adt() -> None:
    """Messages of admissions, transfers and discharges (HL7 v2)."""


organisation = click.option("--organisation", "code", required=True, metavar="CODE", help="Whose hospital it is.")


def _scope(code: str) -> Scope:
    return system_scope(organisation_by_code(code).id, "taking in what the hospital sends")


@adt.command("replay")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@organisation
@click.option("--json", "as_json", is_flag=True, help="Print the result for a machine.")
def replay(paths: tuple[Path, ...], code: str, as_json: bool) -> None:
    """Take in messages from files or folders, framed or bare, as if they came over the line.

    A message that was taken before changes nothing. Ends with status 1 if any was rejected or needs attention.
    """
    from linkwell.hospital.replaying import replay as take_in

    result = take_in(_scope(code), paths)
    words = [f"{result.accepted:,} accepted: {result.processed:,} worked out, {len(result.parked):,} need attention."]
    words.append(f"{len(result.rejected):,} rejected.")
    words += [f"  {each['file']}: {each['field']}: {each['reason']}" for each in (*result.parked, *result.rejected)]
    say(as_json, result.as_json(), "\n".join(words))
    if (result.parked or result.rejected) and not as_json:
        sys.exit(1)


@adt.command("stays")
@organisation
@click.option("--patient", "number", metavar="ID", default=None, help="A hospital number or an NHS number.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for a machine.")
def stays(code: str, number: str | None, as_json: bool) -> None:
    """Say which stays the messages and lists add up to, with times in UTC."""
    from linkwell.hospital.queries import all_stays

    rows = all_stays(_scope(code), number)
    if as_json:
        click.echo(json.dumps([stay_json(row) for row in rows], ensure_ascii=False))
        return
    for row in rows:
        begun, left = (_utc(row.admitted_at) or "?", _utc(row.discharged_at) or "now")
        click.echo(f"{row.patient.hospital_number}  {row.visit_number or '-'}  {row.stay_class}  {begun} to {left}")


def stay_json(row: StayRow) -> dict[str, object]:
    return {
        "patient": {
            "hospital_number": row.patient.hospital_number,
            "nhs_number": row.patient.nhs_number or None,
            "merged_from": list(row.patient.merged_from),
        },
        "visit_number": row.visit_number or None,
        "class": row.stay_class,
        "admitted_at": _utc(row.admitted_at),
        "discharged_at": _utc(row.discharged_at),
        "expected_discharge_at": _utc(row.expected_discharge_at),
        "moves": [
            {"location": location, "from": _utc(since), "to": _utc(until)} for location, since, until in row.moves
        ],
    }


def _utc(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if moment else None


@adt.command("work")
@organisation
@click.option("--once", is_flag=True, help="Work off what waits, then end.")
def work(code: str, once: bool) -> None:
    """Work out what has been received. `adt listen` does this beside the line."""
    from linkwell.hospital import actions

    scope, parent = _scope(code), os.getppid()
    while True:
        number = actions.process_all(scope)
        if once:
            click.echo(f"{number:,} worked out.")
            return
        # Whoever started it is gone.
        if os.getppid() != parent:
            return
        if not number:
            time.sleep(_LOOK_AGAIN)


@adt.command("listen")
@organisation
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=2575, show_default=True, help="0 for any that is free.")
@click.option("--tls-cert", type=click.Path(exists=True, dir_okay=False), default=None, help="Our certificate (PEM).")
@click.option("--tls-key", type=click.Path(exists=True, dir_okay=False), default=None, help="Its key, if elsewhere.")
@click.option(
    "--tls-ca",
    type=click.Path(exists=True, dir_okay=False),
    default=None,
    help="Let in only senders certified by this.",
)
@click.option("--per-second", type=click.IntRange(1), default=5_000, show_default=True, help="Messages of one address.")
@click.option("--work/--no-work", "also_work", default=True, help="Also work out what is received.")
def listen(
    code: str,
    host: str,
    port: int,
    tls_cert: str | None,
    tls_key: str | None,
    tls_ca: str | None,
    per_second: int,
    also_work: bool,
) -> None:
    """Take messages over MLLP. Each is kept for good before it is acknowledged with AA."""
    from linkwell.hospital import actions
    from linkwell.hospital.line.limits import Limits
    from linkwell.hospital.line.server import Line, tls_context

    scope = _scope(code)
    feed_id = actions.open_feed(scope=scope, kind="adt")
    line = Line(
        lambda messages: actions.receive(scope=scope, feed_id=feed_id, messages=messages), Limits(per_second=per_second)
    )
    if (tls_key or tls_ca) and not tls_cert:
        raise click.UsageError("Give --tls-cert as well.")
    tls = tls_context(tls_cert, tls_key, tls_ca) if tls_cert else None
    beside = _worker(code) if also_work else None
    try:
        asyncio.run(_until_told(line.serve(host, port, tls, lambda at: click.echo(f"Listening on {host}:{at}."))))
    finally:
        if beside:
            beside.terminate()
            beside.wait(30)


def _worker(code: str) -> subprocess.Popen[bytes]:
    """A process of its own: what is hard to work out never slows the line."""
    return subprocess.Popen([sys.executable, "-m", "linkwell.web.cli", "adt", "work", "--organisation", code])  # noqa: S603


async def _until_told(serving: Coroutine[None, None, None]) -> None:
    task = asyncio.ensure_future(serving)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        click.echo("Stopped.")
