import json

import click

from linkwell.core import postgres


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def status(as_json: bool) -> None:
    """Say what is running."""
    home = postgres.linkwell_home()
    state = postgres.status(home)
    if as_json:
        click.echo(json.dumps({"home": str(home), "database": state.state, "pid": state.pid}))
    else:
        click.echo(f"Home      {home}\nDatabase  {state.state}")
