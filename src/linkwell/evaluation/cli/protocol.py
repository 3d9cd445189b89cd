"""`linkwell impact protocol`: say what will be asked before looking."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from linkwell.evaluation.answer import as_json
from linkwell.evaluation.cli.answering import refusals
from linkwell.evaluation.protocol import register as registers
from linkwell.evaluation.protocol.register import Protocol, State
from linkwell.evaluation.refusal import Refused

REGISTER = click.option(
    "--register",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file of the register; it is made with the first protocol.",
)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("protocol")
def protocol() -> None:
    """What will be asked, fixed and time-stamped before the data are opened."""


@protocol.command("open")
@REGISTER
@click.option("--design", required=True, help="The command that will be run, as paired or its.")
@click.option("--question", required=True, help="What will be asked, in one sentence.")
@click.option("--population", required=True, help="Who is in.")
@click.option("--outcome", required=True, help="The column of the outcome.")
@click.option("--comparison", required=True, help="Compared with whom, or with when.")
@click.option("--from", "starts", type=DAY, required=True, help="The first day of the data.")
@click.option("--until", "ends", type=DAY, required=True, help="The last day of the data.")
@click.option("--minimum-n", type=int, required=True, help="With fewer, no number is given.")
@click.option("--setting", multiple=True, help="An option of the run, as family=quasi. May be given again.")
def open_one(register: Path, starts: dt.datetime, ends: dt.datetime, setting: tuple[str, ...], **given: object) -> None:
    """Open a protocol. It cannot be changed; abandon it and open another."""
    with refusals():
        settings = dict(_pair(each) for each in setting)
        asked = Protocol(starts=starts.date(), ends=ends.date(), settings=settings, **given)  # type: ignore[arg-type]
        click.echo(as_json({"opened": registers.open_protocol(register, asked)}))


@protocol.command("refuse")
@REGISTER
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why it may not, or cannot, be run.")
def refuse(register: Path, number: int, reason: str) -> None:
    """Say that a protocol was refused: by whoever approves, or because the data will not carry it."""
    with refusals():
        click.echo(as_json({"refused_protocol": registers.end_protocol(register, number, State.REFUSED, reason)}))


@protocol.command("abandon")
@REGISTER
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why it will not be run, or not published.")
def abandon(register: Path, number: int, reason: str) -> None:
    """Say that a protocol was given up. Every later report lists it."""
    with refusals():
        click.echo(as_json({"abandoned": registers.end_protocol(register, number, State.ABANDONED, reason)}))


@protocol.command("list")
@REGISTER
def list_all(register: Path) -> None:
    """Check the register and list every protocol in it."""
    with refusals():
        found = registers.read(register)
        click.echo(as_json({"protocols": found.kept, "head": found.head}))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (sign and name.strip()):
        raise Refused(f"“{text}” is not an option and its value, as family=quasi.")
    return name.strip().replace("-", "_"), value.strip()
