"""What the rules that read diagnoses have in common: who has which groups of a list, and since when."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ibis.expr import types as ir

from linkwell.cohorts import code_lists
from linkwell.cohorts.activity import Activity, evidence, in_order
from linkwell.cohorts.rule import Setting, listing

AE_DAYS = Setting(3 * 365, "Only people who came to A&E in the last so many days.", 1)


def hits(groups: ir.Table) -> ir.Table:
    """Rows of person_id, grp, first_at, one for each person and group, as hits: the score is the number of groups."""
    grouped = groups.group_by("person_id").agg(
        since=groups.first_at.min(), score=groups.count(), groups=in_order(groups.grp, alike=False)
    )
    return grouped.select("person_id", "since", "score", evidence=evidence(groups=grouped.groups))


def among_ae_users(activity: Activity, kind: str, days: int) -> ir.Table:
    """Hits of one list among people who came to A&E in the last so many days."""
    coded = activity.coded
    return hits(coded.filter(coded.kind == kind, coded.came >= activity.since(days)))


def saying(kind: str, clinical_words: str, other_words: str) -> Callable[[Mapping[str, str], bool], str]:
    """A sentence that names the groups to the clinical team and to nobody else."""

    def said(seen: Mapping[str, str], clinical: bool) -> str:
        words = code_lists.words(kind)
        groups = [words[group] for group in seen.get("groups", "").split(",") if group in words]
        return f"{clinical_words} {listing(groups)}." if clinical and groups else other_words

    return said
