"""Text size and keys, for oneself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.accounts.actions.preferences import choose_preferences
from linkwell.accounts.forms.preferences import PreferencesForm
from linkwell.accounts.models import User
from linkwell.core.routes import ScopedRequest


def preferences(request: ScopedRequest) -> HttpResponse:
    user = request.user
    start = {"text_size": user.text_size, "shortcut_keys": _on(user.shortcut_keys)} if isinstance(user, User) else {}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        choose_preferences(
            scope=request.scope, text_size=given["text_size"], shortcut_keys=given["shortcut_keys"] == "on"
        )
        messages.success(request, "Your choices are kept, wherever you sign in.")
        return redirect("accounts:preferences")
    return render(request, "accounts/preferences.jinja", {"form": form}, status=422 if form.errors else 200)


def _on(keys: bool) -> str:
    return "on" if keys else "off"
