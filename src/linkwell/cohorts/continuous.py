"""Stays joined across hospitals: when a new admission is the same time in hospital going on.

The one place of the joining rule, as published for England (NHS Digital, methodology to create continuous inpatient
spells): admitted within two days of leaving, and sent to, or come from, another hospital. Somebody sent home who comes
back through A&E begins a new stay, whatever the source says.
"""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from linkwell.cohorts.activity import days_between

WITHIN_DAYS = 2
TRANSFER_DESTINATIONS = ("49", "50", "51", "52", "53", "84")
TRANSFER_SOURCES = ("49", "50", "51", "52", "53", "87")
TRANSFER_METHODS = ("2B", "81")
HOME, OTHER_HOSPITAL, THROUGH_AE = "19", "51", "21"

NOT_A_STAY = ("2", "3", "4")
"""Day cases and regular attenders: no stay, so neither joined nor counted as one."""
DIED_METHODS = ("4", "5")
DIED_DESTINATION = "79"
OBSTETRIC_SPECIALTIES = ("501", "560", "610")


def joined(spells: ir.Table) -> ir.Table:
    """Continuous stays: person_id, number (in order), start, finish, method, spell_id, died, obstetric.

    `finish` is null while still in; `method` and `spell_id` are of the first spell; `died` and `obstetric` of any.
    """
    spells = stays_of(spells)
    in_order = ibis.window(group_by="person_id", order_by=["admitted_at", "spell_id"])
    before = spells.mutate(
        gap=days_between(spells.admitted, spells.left.lag(1).over(in_order)),
        sent_to=spells.discharge_destination.lag(1).over(in_order),
    )
    numbered = before.mutate(new=_same_stay(before).ifelse(0, 1)).mutate(
        number=lambda t: t.new.sum().over(
            ibis.cumulative_window(group_by="person_id", order_by=["admitted_at", "spell_id"])
        )
    )
    first = numbered.new == 1
    stays = numbered.group_by("person_id", "number").agg(
        start=numbered.admitted.min(),
        last=numbered.left.max(),
        still_in=numbered.left.isnull().ifelse(1, 0).max(),
        method=numbered.admission_method.max(where=first),
        spell_id=numbered.spell_id.max(where=first),
        died=_died(numbered).ifelse(1, 0).max(),
        obstetric=numbered.main_specialty.isin(OBSTETRIC_SPECIALTIES).fill_null(False).ifelse(1, 0).max(),
    )
    return stays.mutate(finish=(stays.still_in == 0).ifelse(stays.last, ibis.null("date"))).drop("last", "still_in")


def stays_of(spells: ir.Table) -> ir.Table:
    """Spells that are stays: no day case and no regular attender."""
    return spells.filter(spells.patient_class.isnull() | spells.patient_class.notin(NOT_A_STAY))


def _same_stay(spells: ir.Table) -> ir.BooleanValue:
    moved = (
        spells.sent_to.isin(TRANSFER_DESTINATIONS).fill_null(False)
        | spells.admission_source.isin(TRANSFER_SOURCES).fill_null(False)
        | spells.admission_method.isin(TRANSFER_METHODS).fill_null(False)
    )
    came_back = (
        (spells.sent_to == HOME) & (spells.admission_source == OTHER_HOSPITAL) & (spells.admission_method == THROUGH_AE)
    ).fill_null(False)
    return spells.gap.between(0, WITHIN_DAYS).fill_null(False) & moved & ~came_back


def _died(spells: ir.Table) -> ir.BooleanValue:
    return spells.discharge_method.isin(DIED_METHODS).fill_null(False) | (
        spells.discharge_destination == DIED_DESTINATION
    ).fill_null(False)
