"""From a session to a scope, anew on every request: a role taken away is gone at once."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from linkwell.accounts.models import ListLength
from linkwell.accounts.queries.demo import demo_allowed
from linkwell.accounts.queries.sign_in import RoleRow, roles_held, second_steps
from linkwell.accounts.scopes import staff_scope
from linkwell.core.paging import show_lines
from linkwell.core.routes import Open, SignedIn
from linkwell.core.scope import Scope
from linkwell.kernel import clock

Respond = Callable[[HttpRequest], HttpResponseBase]

MEMBERSHIP = "membership"
USED = "used"


class SessionThatMayHaveEnded(SessionMiddleware):
    """Django's own, but use is noted now and then, not by a write for every page.

    A page that is ready after its reader signed out leads to the sign-in page, not to an error.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        _note_use(request.session)
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            return HttpResponseRedirect(reverse("account_login"))


def _note_use(session: SessionBase) -> None:
    now = int(clock.now().timestamp())
    if not session.is_empty() and now - session.get(USED, 0) >= settings.USE_NOTED_SECONDS:
        session[USED] = now


class StaffRequest(HttpRequest):
    """What later parts find on a request."""

    user: Any
    scope: Scope | None
    organisation_name: str
    organisation_kind: str
    team_name: str
    membership_count: int
    proved_twice: bool


class ScopeOfRequest:
    """Set `request.scope`; before a view runs, see that the second step was taken and a role chosen."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        work_out_scope(cast(StaffRequest, request))
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        allow = getattr(view, "allow", None)
        if isinstance(allow, Open) or not request.user.is_authenticated:
            return None
        asked = cast(StaffRequest, request)
        if not asked.proved_twice:
            return HttpResponseRedirect(_second_step_page(asked))
        if asked.scope is None and not isinstance(allow, SignedIn):
            return HttpResponseRedirect(_with_next(reverse("accounts:switch"), request))
        return None


def scope_of_request(respond: Respond) -> ScopeOfRequest:
    return ScopeOfRequest(respond)


def work_out_scope(request: StaffRequest) -> None:
    """Look up the roles somebody holds now, and give the request the scope of the one they act in."""
    request.scope = None
    request.organisation_name = request.organisation_kind = request.team_name = ""
    request.membership_count = 0
    request.proved_twice = False
    show_lines(None)
    if not request.user.is_authenticated:
        return
    chosen = request.user.list_length
    show_lines(chosen if chosen != ListLength.USUAL else None)
    request.proved_twice = proved_twice(request)
    if not request.proved_twice:
        return
    roles = roles_held(request.user.pk)
    request.membership_count = len(roles)
    chosen = _chosen(request, roles)
    if chosen is not None:
        _act_as(request, chosen)


def _chosen(request: StaffRequest, roles: tuple[RoleRow, ...]) -> RoleRow | None:
    """The role named in the session while it is held, or the only one there is; otherwise they must choose."""
    wanted = request.session.get(MEMBERSHIP)
    found = next((role for role in roles if str(role.membership_id) == wanted), None)
    if found is None and len(roles) == 1 and wanted is None:
        found = roles[0]
        request.session[MEMBERSHIP] = str(found.membership_id)
    return found


def _act_as(request: StaffRequest, role: RoleRow) -> None:
    request.organisation_name = role.organisation_name
    request.organisation_kind = role.organisation_kind
    request.team_name = role.team_name
    request.scope = staff_scope(
        user_id=request.user.pk, name=request.user.name, organisation_id=role.organisation_id, role=role.role
    )


def proved_twice(request: StaffRequest) -> bool:
    """Whether this session took a second step: an app's code, a passkey, a recovery code, or elsewhere."""
    for record in get_authentication_records(request, request.user):
        if record.get("method") == "mfa":
            return True
        if record.get("method") == "socialaccount" and settings.OIDC_STRONG:
            return True
    return bool(request.user.demo) and demo_allowed()


def _second_step_page(request: StaffRequest) -> str:
    """Where to give the second step somebody has, or to set one up."""
    kinds = second_steps(request.user.pk)
    if Authenticator.Type.TOTP in kinds:
        return _with_next(reverse("mfa_reauthenticate"), request)
    if kinds:
        return _with_next(reverse("mfa_reauthenticate_webauthn"), request)
    return _with_next(reverse("accounts:second_step"), request)


def _with_next(page: str, request: HttpRequest) -> str:
    """Only a page that was asked for by GET is worth coming back to."""
    return f"{page}?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else page
