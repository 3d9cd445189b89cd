"""Settings of the rules: a TOML file with a table for each rule, checked before anything is asked.

[repeat_attendance]
visits = 6
same_provider = true
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from linkwell.cohorts import rules
from linkwell.cohorts.rule import Setting, Settings
from linkwell.kernel.errors import Finding, Invalid

_MOST = 36_500


def read(path: Path) -> dict[str, Settings]:
    """Rule to settings. Raises Invalid for a rule or a setting there is not, or a value of another kind."""
    try:
        # Notepad puts a mark before the first line.
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Invalid({path.name: f"This is not a TOML file: {wrong}."}) from wrong
    findings = [finding for name, values in given.items() for finding in _wrong(name, values)]
    if findings:
        raise Invalid(findings)
    return given


def _wrong(name: str, values: object) -> list[Finding]:
    rule = rules.named(name)
    if rule is None or not isinstance(values, dict):
        known = ", ".join(each.name for each in rules.known())
        return [Finding(name, f"There is no rule called {name}. There are {known}.")]
    return [
        Finding(f"{name}.{key}", _words(rule.settings.get(key)))
        for key, value in values.items()
        if not _fits(rule.settings.get(key), value)
    ]


def _fits(setting: Setting | None, value: object) -> bool:
    if setting is None or type(value) is not type(setting.default):
        return False
    return not isinstance(value, int) or isinstance(value, bool) or setting.least <= value <= _MOST


def _words(setting: Setting | None) -> str:
    if setting is None:
        return "The rule has no such setting."
    number = f"a whole number from {setting.least} to {_MOST:,}"
    kind = "yes or no (true or false)" if isinstance(setting.default, bool) else number
    return f"{setting.words} It is {kind}."
