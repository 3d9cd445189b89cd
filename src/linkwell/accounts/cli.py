"""Commands on organisations and users: setting up an empty system, and people who come and go."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from linkwell.core.scope import Scope
    from linkwell.kernel.errors import LinkwellError

F = TypeVar("F", bound=Callable[..., Any])
COMMAND_LINE = "command line"

as_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")


def say(as_json: bool, answer: dict[str, Any], words: str) -> None:
    """Answer a program with JSON, or a person with words."""
    click.echo(json.dumps(answer, ensure_ascii=False, default=str) if as_json else words)


def refuse(as_json: bool, error: LinkwellError) -> None:
    """End with status 1, saying what was wrong and where."""
    from linkwell.kernel.errors import Invalid

    findings = error.findings if isinstance(error, Invalid) else ()
    if as_json:
        listed = [{"field": each.where, "reason": each.message} for each in findings]
        click.echo(json.dumps({"error": error.message, "findings": listed}, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{finding.where}: {finding.message}" if finding.where else finding.message, err=True)
        if not findings:
            click.echo(error.message, err=True)
    sys.exit(1)


@click.group()
def organisation() -> None:
    """Organisations that work with Linkwell."""


@organisation.command("add")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", help="Its code, such as an ODS code.")
@click.option("--name", help="Its name, as people know it.")
@click.option("--kind", help="practice, pcn, trust, voluntary, council or icb.")
@click.option("--nation", default="ENG", show_default=True, help="ENG, SCT, WLS or NIR: whose bank holidays count.")
@as_json
def organisation_add(
    file: Path | None, code: str | None, name: str | None, kind: str | None, nation: str, as_json: bool
) -> None:
    """Add the organisations in FILE (CSV or JSON), or one by --code, --name and --kind."""
    from linkwell.accounts import loading
    from linkwell.kernel.errors import LinkwellError

    one = {"code": code or "", "name": name or "", "kind": kind or "", "nation": nation}
    if file is None and not (code and name and kind):
        raise click.UsageError("Give a FILE, or --code, --name and --kind.")
    if file is not None and (code or name or kind):
        raise click.UsageError("Give a FILE or the three options, not both.")
    try:
        rows = loading.read(file) if file is not None else [one]
    except LinkwellError as error:
        refuse(as_json, error)
        return
    loaded = loading.load(rows)
    say(as_json, loaded.as_json(), loaded.words())
    if loaded.rejected:
        sys.exit(1)


@organisation.command("list")
@as_json
def organisation_list(as_json: bool) -> None:
    """Every organisation: code, kind and name."""
    from linkwell.accounts.queries import organisations

    rows = organisations()
    words = "\n".join(f"{row.code:<12} {row.kind:<10} {row.name}" for row in rows)
    listed = [{"code": row.code, "name": row.name, "kind": row.kind, "nation": row.nation} for row in rows]
    say(as_json, {"organisations": listed}, words or "There is no organisation yet. Add one: linkwell organisation add")


@click.group()
def user() -> None:
    """People who work here and their sign-ins."""


def _scope_of(code: str) -> Scope:
    from linkwell.accounts.queries import organisation_by_code
    from linkwell.core.scope import system_scope

    return system_scope(organisation_by_code(code).id, COMMAND_LINE)


def _with_organisation(command: F) -> F:
    return click.option("--organisation", "code", required=True, help="The code of the organisation.")(command)


@user.command("invite")
@click.option("--email", required=True, help="The address they will sign in with.")
@click.option("--name", required=True, help="Their name, as colleagues know it.")
@_with_organisation
@click.option("--role", required=True, help="referrer, link_worker, team_lead, safeguarding_lead or administrator.")
@click.option("--team", "slug", help="The team's short name, for roles in a team. A team's form address ends with it.")
@as_json
def user_invite(email: str, name: str, code: str, role: str, slug: str | None, as_json: bool) -> None:
    """Give somebody a role and send them a link to set up their sign-in, or print it when no e-mail can be sent."""
    from linkwell.accounts import inviting
    from linkwell.accounts.details import RoleDetails
    from linkwell.accounts.queries import team_by_slug
    from linkwell.kernel.errors import LinkwellError

    try:
        scope = _scope_of(code)
        team_id = team_by_slug(slug).id if slug else None
        sent = inviting.invite_and_tell(scope=scope, email=email, name=name, details=RoleDetails(role, team_id))
    except LinkwellError as error:
        refuse(as_json, error)
        return
    say(as_json, {"user": sent.user_id, "emailed": sent.emailed, "link": sent.link}, sent.words)


@user.command("reset")
@click.option("--email", required=True, help="The address they sign in with.")
@_with_organisation
@as_json
def user_reset(email: str, code: str, as_json: bool) -> None:
    """Let somebody who lost their phone set up password and second step anew, by a new link."""
    from linkwell.accounts import inviting
    from linkwell.accounts.queries.sign_in import roles_held, user_with_email
    from linkwell.kernel.errors import LinkwellError, NotFound

    try:
        scope = _scope_of(code)
        user_id = user_with_email(email)
        here = [
            role for role in (roles_held(user_id) if user_id else ()) if role.organisation_id == scope.organisation_id
        ]
        if not here:
            raise NotFound("Nobody here signs in with that address.")
        sent = inviting.reset_and_tell(scope=scope, membership_id=here[0].membership_id)
    except LinkwellError as error:
        refuse(as_json, error)
        return
    say(as_json, {"user": sent.user_id, "emailed": sent.emailed, "link": sent.link}, sent.words)


@user.command("list")
@_with_organisation
@as_json
def user_list(code: str, as_json: bool) -> None:
    """Everybody with a role in an organisation now."""
    from linkwell.accounts.queries.staff import people_who_work_here
    from linkwell.kernel.errors import LinkwellError

    try:
        scope = _scope_of(code)
        page = people_who_work_here(scope)
        rows = list(page)
        while page.has_next:
            page = people_who_work_here(scope, page.number + 1)
            rows += page
    except LinkwellError as error:
        refuse(as_json, error)
        return
    listed = [
        {"email": row.email, "name": row.name, "role": row.role, "team": row.team_name, "invited": row.invited}
        for row in rows
    ]
    words = "\n".join(f"{row.email:<36} {row.role_words:<18} {row.name}" for row in rows)
    say(as_json, {"users": listed}, words or "Nobody works here yet. Invite somebody: linkwell user invite")


@user.command("close")
@click.option("--email", required=True, help="The address they sign in with.")
@_with_organisation
@as_json
def user_close(email: str, code: str, as_json: bool) -> None:
    """Close a leaver's sign-in. Refused, with a list, while anything still waits for them."""
    from linkwell.accounts.actions import StillBusy, close_user
    from linkwell.accounts.queries.sign_in import user_with_email
    from linkwell.kernel.errors import LinkwellError, NotFound

    try:
        user_id = user_with_email(email)
        if user_id is None:
            raise NotFound("Nobody signs in with that address.")
        close_user(scope=_scope_of(code), user_id=user_id)
    except StillBusy as busy:
        waiting = [{"what": each.name, "count": each.count} for each in busy.left]
        say(as_json, {"error": busy.message, "waiting": waiting}, busy.message)
        sys.exit(1)
    except LinkwellError as error:
        refuse(as_json, error)
        return
    say(as_json, {"closed": email}, f"Closed. {email} can no longer sign in here.")
