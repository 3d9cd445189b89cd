"""What the rules that read diagnoses have in common: who has which groups of a list, and since when."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ibis
from ibis.expr import types as ir

from linkwell.cohorts import code_lists
from linkwell.cohorts.activity import Activity, evidence
from linkwell.cohorts.rule import Setting, listing

AE_DAYS = Setting(3 * 365, "Only people who came to A&E in the last so many days.", 1)


def hits(people: ir.Table, bits: Mapping[str, int]) -> ir.Table:
    """Rows of person_id, groups, first_at, one for each person, as hits: the score is the number of groups.

    `groups` is the sum of the `bits` of the groups that somebody has.
    """
    # Few have the same groups as nobody else: each different set is put into words once.
    told = people.join(_in_words(people.select("groups").distinct(), bits), "groups")
    return told.select("person_id", since=told.first_at, score=told.score, evidence=evidence(groups=told.names))


def _in_words(sets: ir.Table, bits: Mapping[str, int]) -> ir.Table:
    """Sets of groups with `score`, how many they are, and `names` in order, joined by commas."""
    score, names = ibis.literal(0).cast("int64"), ibis.literal("")
    for name, bit in sorted(bits.items()):
        has = (sets.groups & bit) != 0
        score += has.ifelse(1, 0).cast("int64")
        names += has.ifelse(f",{name}", "")
    return sets.mutate(score=score, names=names.substr(1))


def among_ae_users(activity: Activity, kind: str, days: int) -> ir.Table:
    """Hits of one list among people who came to A&E in the last so many days."""
    coded = activity.coded
    return hits(coded.filter(coded.kind == kind, coded.came >= activity.since(days)), code_lists.bits(kind))


def saying(kind: str, clinical_words: str, other_words: str) -> Callable[[Mapping[str, str], bool], str]:
    """A sentence that names the groups to the clinical team and to nobody else."""

    def said(seen: Mapping[str, str], clinical: bool) -> str:
        words = code_lists.words(kind)
        groups = [words[group] for group in seen.get("groups", "").split(",") if group in words]
        return f"{clinical_words} {listing(groups)}." if clinical and groups else other_words

    return said
