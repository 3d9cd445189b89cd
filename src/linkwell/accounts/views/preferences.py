"""Your settings: how pages look, and what is sent in the morning."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.accounts.actions.preferences import Preferences, choose_preferences
from linkwell.accounts.forms.preferences import PreferencesForm
from linkwell.accounts.models import User
from linkwell.core.routes import ScopedRequest


def preferences(request: ScopedRequest) -> HttpResponse:
    user = request.user
    start = _start(user) if isinstance(user, User) else {}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = Preferences(**{**given, "shortcut_keys": given["shortcut_keys"] == "on"})
        choose_preferences(scope=request.scope, chosen=chosen)
        messages.success(request, "Your choices are kept, wherever you sign in.")
        return redirect("accounts:preferences")
    return render(request, "accounts/preferences.jinja", {"form": form}, status=422 if form.errors else 200)


def _start(user: User) -> dict[str, str | int]:
    return {
        "today_first": user.today_first,
        "digest": user.digest,
        "list_length": user.list_length,
        "text_size": user.text_size,
        "shortcut_keys": "on" if user.shortcut_keys else "off",
    }
