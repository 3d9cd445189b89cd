"""The reference pages, made from the program itself so that they cannot go stale."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
from django.apps import apps
from django.urls import URLPattern

from linkwell.core import outbox, periodic
from linkwell.core.held import StatefulModel
from linkwell.core.permissions import ROLE_WORDS, Permission, Role, registered
from linkwell.core.routes import Guard, Open, SignedIn, declared_routes, guard_of, refuse_undeclared_routes
from linkwell.core.row_security import policed_models
from linkwell.core.unpoliced import UNPOLICED
from linkwell.web import config
from linkwell.web.cli import COMMANDS

MADE = "<!-- Made by `linkwell docs` from the program. Change the program, not this page. -->"


def pages() -> dict[str, str]:
    """File name and text of each reference page."""
    # Loading the routes loads every view, and with them every permission.
    refuse_undeclared_routes()
    return {
        "settings.md": _page("Settings", "Linkwell reads these from its environment.", _settings()),
        "permissions.md": _page(
            "Permissions", "What each role may do. Whatever is not here is refused.", _permissions()
        ),
        "routes.md": _page("Addresses", "Every address, and who may use it.", _routes()),
        "commands.md": _page("Commands", "Everything the `linkwell` command can do.", _commands()),
        "states.md": _page("States", "Where each thing may go. Whatever is not here is refused.", _states()),
        "tables.md": _page("Tables", "Who may read and write the rows of each table.", _tables()),
        "events.md": _page(
            "Events and rounds", "What happens seconds later, and what comes round by the clock.", _events()
        ),
    }


def write(folder: Path) -> list[Path]:
    """Write the pages that differ from what is there; those written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            written.append(path)
    return written


def _page(title: str, lead: str, lines: Iterator[str]) -> str:
    return "\n".join([MADE, "", f"# {title}", "", lead, "", *lines]).rstrip() + "\n"


def _table(*heads: str) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"


def _settings() -> Iterator[str]:
    yield from _table("name", "without it", "meaning")
    for setting in config.ALL:
        yield f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else 'empty'} | {setting.words} |"


def _permissions() -> Iterator[str]:
    roles = [role for role in Role if role is not Role.SYSTEM]
    yield from _table("permission", "may …", *(ROLE_WORDS[role] for role in roles))
    for each in registered():
        held = (" yes " if role in each.roles else " " for role in roles)
        yield f"| `{each.code}` | {each.words} |{'|'.join(held)}|"
    yield ""
    yield "Linkwell itself, in jobs, acts inside one organisation at a time and holds every permission there."


def _routes() -> Iterator[str]:
    yield from _table("name", "address", "who")
    for name, pattern in declared_routes():
        yield f"| `{name}` | `{pattern.pattern}` | {_who(guard_of(pattern), pattern)} |"


def _who(guard: Guard | None, pattern: URLPattern) -> str:
    match guard:
        case Permission():
            return f"`{guard.code}`"
        case Open():
            return f"anybody: {guard.why}"
        case SignedIn():
            return "anybody signed in"
        case _:
            return "not declared"


def _commands() -> Iterator[str]:
    for name, entry in sorted(COMMANDS.items()):
        command = getattr(import_module(entry.module), name.replace("import", "import_"))
        yield from _command(f"linkwell {name}", command)


def _command(path: str, command: click.Command) -> Iterator[str]:
    yield f"## `{path}`"
    yield ""
    yield (command.help or "").strip()
    yield ""
    for parameter in command.params:
        words = getattr(parameter, "help", None) or ""
        names = ", ".join(parameter.opts) if isinstance(parameter, click.Option) else str(parameter.human_readable_name)
        yield f"- `{names}` {words}".rstrip()
    if command.params:
        yield ""
    if isinstance(command, click.Group):
        context = click.Context(command)
        below = {name: command.get_command(context, name) for name in command.list_commands(context)}
        for name, each in sorted(below.items()):
            if each:
                yield from _command(f"{path} {name}", each)


def _states() -> Iterator[str]:
    models = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
    for model in sorted(models, key=lambda each: each.moves.kind):
        yield f"## {model.moves.kind}"
        yield ""
        yield from _table("state", "on screen", "may become")
        for state, after in model.moves.allowed.items():
            leads_to = ", ".join(f"`{each}`" for each in sorted(after)) or "nothing"
            yield f"| `{state}` | {model.moves.words[state]} | {leads_to} |"
        yield ""


def _tables() -> Iterator[str]:
    yield from _table("table", "read when", "written when", "rows")
    for model, security in policed_models():
        rows = "only added" if security.append_only else "added, changed, removed"
        yield f"| `{model._meta.db_table}` | `{_code(security.read)}` | `{_code(security.write)}` | {rows} |"
    yield ""
    yield "These are read before anybody's organisation is known, and hold no personal data beyond the sign-in:"
    yield ""
    yield from _table("table", "why")
    for table, why in sorted(UNPOLICED.items()):
        yield f"| `{table}` | {why} |"


def _code(condition: str) -> str:
    return " ".join(condition.replace("|", "\\|").split())


def _events() -> Iterator[str]:
    yield from _table("event", "handled by")
    for event, names in sorted(outbox.registered().items()):
        if not event.startswith("periodic."):
            yield f"| `{event}` | {', '.join(f'`{name}`' for name in names)} |"
    yield ""
    yield from _table("round", "when (cron, Europe/London)")
    for job, cron in sorted(periodic.registered().items()):
        yield f"| `{job.removeprefix('periodic.')}` | `{cron}` |"
