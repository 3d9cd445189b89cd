import os

import click

from linkwell.core.postgres import linkwell_home
from linkwell.web.commands.progress import shown


@click.command()
@click.option("--people", default=200, show_default=True, help="How many made-up people.")
@click.option("--port", default=8000, show_default=True, help="Port of the web server.")
def demo(people: int, port: int) -> None:
    """Make a fictional place, once, and open it. Everyone in it is made up."""
    os.environ.update(LINKWELL_DEMO="1", LINKWELL_BIND="127.0.0.1", LINKWELL_PORT=str(port))
    os.environ.setdefault("LINKWELL_HOME", str(linkwell_home() / "demo"))

    from linkwell.web.commands.serve import address, alone, run
    from linkwell.web.commands.setting_up import bring_up_to_date, open_database

    with alone():
        open_database()
        bring_up_to_date()
        _build(people)
        run(_welcome(address()))


def _build(people: int) -> None:
    from linkwell.accounts.queries import organisations
    from linkwell.core.installation import is_fictional
    from linkwell.demo.build import build_demo

    if organisations() and not is_fictional():
        raise click.ClickException("This home holds a real installation. Name another with LINKWELL_HOME.")
    build_demo(people, shown)


def _welcome(address: str) -> str:
    from linkwell.accounts.queries.demo import demo_people

    lines = [f"    {person.name:<14} {person.does:<56} {address}/demo/" for person in demo_people()]
    return "\n".join(
        [
            "",
            f"  Linkwell is at {address}",
            "  Everyone here is made up. Open the page and sign in as any of them with one click:",
            "",
            *lines,
            "",
            "  Ctrl-C stops it. The next start takes a few seconds.",
        ]
    )
