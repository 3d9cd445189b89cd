"""What help comes first when the words suggest danger. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from linkwell.kernel.danger import DangerKind, dangers_in


@dataclass(frozen=True, slots=True)
class Help:
    """What such help calls itself: words of its name or said of it more than once, kinds and needs."""

    words: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


NONE = Help()
_HELP = {
    DangerKind.SUICIDE: Help(("suicide", "suicidal", "samaritans", "crisis")),
    DangerKind.CHILD: Help(("childline", "nspcc", "safeguarding"), needs=frozenset({"safe"})),
    DangerKind.ABUSE: Help(("abuse", "violence", "refuge"), needs=frozenset({"safe"})),
    DangerKind.NO_FOOD_OR_HEAT: Help(("foodbank", "larder", "pantry"), kinds=frozenset({"food_bank"})),
}


def help_for(text: str) -> Help:
    """The help for the most pressing danger the words suggest; NONE when they suggest none."""
    found = dangers_in(text)
    return _HELP.get(found[0].kind, NONE) if found else NONE
