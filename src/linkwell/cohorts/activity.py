"""The tables as rules see them: expressions that no engine has been chosen for, up to the day a question is asked for.

Every date below is a day of the UK calendar; "days" are counted by it, so a change of the clocks moves nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import ibis
from ibis.expr import types as ir

from linkwell.cohorts.columns import ATTENDANCES, DELAYS, OBJECTIONS, SPELLS, Table

CODE_LISTS = {"kind": "string", "grp": "string", "code": "string", "bit": "int64"}
CODED = {
    "person_id": "string",
    "kind": "string",
    "groups": "int64",
    "first_at": "date",
    "came": "date",
}
CAME = {"person_id": "string", "visits": "int64", "came": "date"}
CODED_FOR_DAYS = 3 * 365
"""How far back a diagnosis speaks for a person today; it warns (`speak_first`) however long ago it was written."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened until the end of `as_of`, as expressions. `has` names the tables that were given."""

    as_of: dt.date
    has: frozenset[str] = frozenset({"attendances", "spells", "delays"})

    @property
    def attendances(self) -> ir.Table:
        """Visits to A&E until `as_of`, with `day`."""
        table = _given(ATTENDANCES)
        return table.mutate(day=table.arrived_at.date()).filter(lambda t: t.day <= self.today)

    @property
    def unplanned(self) -> ir.Table:
        """Visits that nobody planned: planned follow-ups are out, and people who were dead on arrival."""
        table = self.attendances
        return table.filter(table.category.isnull() | table.category.notin(["4", "X"]))

    @property
    def spells(self) -> ir.Table:
        """Stays begun until `as_of`, with `admitted` and `left` as days; who left later is still in."""
        table = _given(SPELLS)
        table = table.mutate(admitted=table.admitted_at.date(), left=table.discharged_at.date())
        table = table.filter(table.admitted <= self.today)
        return table.mutate(left=(table.left <= self.today).ifelse(table.left, ibis.null("date")))

    @property
    def delays(self) -> ir.Table:
        """Periods of being ready begun until `as_of`, with `ready` and `not_ready` as days."""
        table = _given(DELAYS)
        table = table.mutate(ready=table.ready_at.date(), not_ready=table.not_ready_at.date())
        table = table.filter(table.ready <= self.today)
        return table.mutate(not_ready=(table.not_ready <= self.today).ifelse(table.not_ready, ibis.null("date")))

    def objecting(self, rule: str) -> ir.Table | None:
        """`person_id` of everyone who objects to this rule or to all; None where no objections were given."""
        if "objections" not in self.has:
            return None
        table = _given(OBJECTIONS)
        return table.filter(table.rule.isnull() | (table.rule == rule)).select("person_id").distinct()

    @property
    def came(self) -> ir.Table:
        """Who came to A&E unplanned: person_id, how many `visits`, and the day they last `came`."""
        return ibis.table(CAME, name="came")

    @property
    def coded(self) -> ir.Table:
        """Who has which listed diagnoses: one row for each person and list (`kind`), of the last three years.

        `groups` is the sum of the bits of the groups they have (`code_lists.bits`), `first_at` the day of the first.
        Of severe illness and self-harm (`speak_first`), whenever they were written: they warn and find nobody.

        `came` is the day the person last came to A&E unplanned; null where they never did.
        """
        return ibis.table(CODED, name="coded")

    @property
    def speak_first(self) -> ir.Table:
        """`person_id` of whoever is known to have severe mental illness or to have harmed themselves."""
        return ibis.table({"person_id": "string"}, name="speak_first")

    @property
    def today(self) -> ir.DateValue:
        return ibis.literal(self.as_of)

    def since(self, days: int) -> ir.DateValue:
        """The first of the `days` days that end with `as_of`."""
        return ibis.literal(self.as_of - dt.timedelta(days=days - 1))

    def codes(self, source: str, kinds: Iterable[str], people: ir.Table | None = None) -> ir.Table:
        """Listed diagnoses in `attendances` or `spells`, one row each: person_id, day, kind, grp, code, bit."""
        table = self.attendances if source == "attendances" else self.spells
        table = table.mutate(day=table.admitted) if source == "spells" else table
        # Before the codes are spread out, which is dear.
        table = table.semi_join(people, "person_id") if people is not None else table
        return _listed(table, kinds)

    def on_record(self, source: str, kinds: Iterable[str]) -> ir.Table:
        """Who is on record with a listed diagnosis since when: person_id and day, of leaving where it is a stay.

        What is written when a person leaves is known of every stay that has ended, whenever the file was drawn.
        """
        table = self.attendances
        if source == "spells":
            table = self.spells.filter(lambda t: t.left.notnull()).mutate(day=lambda t: t.left)
        return _listed(table, kinds).select("person_id", "day")

    def told_of(self) -> list[ir.DateColumn]:
        """The days that visits and, where there are any, stays were written down on."""
        days = [self.attendances.day] if "attendances" in self.has else []
        return [*days, self.spells.left] if "spells" in self.has else days

    def to_make(self) -> dict[str, ir.Table]:
        """Tables that an engine makes once and in this order, before any rule is asked: several rules read them."""
        coded = self._coded()
        if "attendances" not in self.has:
            made = {"coded": coded.mutate(came=ibis.null("date"))}
        else:
            visits = self.unplanned
            came = visits.group_by("person_id").agg(visits=visits.count(), came=visits.day.max())
            known = self.came.select("person_id", "came")
            made = {"came": came, "coded": coded.left_join(known, "person_id").drop("person_id_right")}
        first = self.coded.filter(self.coded.kind == "speak_first").select("person_id").distinct()
        return made | {"speak_first": first}

    def _coded(self) -> ir.Table:
        kinds = ("long_term", "mild_mental", "speak_first", "social", "carer")
        given = [self.codes(source, kinds) for source in ("attendances", "spells") if source in self.has]
        rows = ibis.union(*given) if len(given) > 1 else given[0]
        # A warning does not grow old: who was severely ill years ago is not offered support without a word to the team.
        rows = rows.filter((rows.kind == "speak_first") | (rows.day >= self.since(CODED_FOR_DAYS)))
        return rows.group_by("person_id", "kind").agg(groups=bit_or(rows.bit), first_at=rows.day.min())


def _bit_or(bits: int) -> int:
    """The sum of all different bits of a group; each engine has its own."""
    raise NotImplementedError


# By the name that every engine has for it: ibis knows it for two of the three.
bit_or: Callable[[ir.Value], ir.IntegerScalar] = ibis.udf.agg.builtin(_bit_or, name="bit_or")


def day_number(day: ir.DateValue) -> ir.IntegerValue:
    """A day as a number, so that a window can run over days in every engine."""
    return day.delta(ibis.literal(dt.date(2000, 1, 1)), unit="day").cast("int64")


def days_between(later: ir.DateValue, earlier: ir.DateValue) -> ir.IntegerValue:
    return later.delta(earlier, unit="day").cast("int64")


def evidence(**values: ir.Value) -> ir.StringValue:
    """`name=value` pairs joined by `;`, in the order given: text that is the same in every engine."""
    parts = [ibis.literal(f"{name}=") + value.cast("string") for name, value in values.items()]
    return ibis.literal(";").join([part.fill_null("") for part in parts])


def in_order(values: ir.StringColumn, *, alike: bool = True) -> ir.StringValue:
    """Different values of a group, sorted and joined by commas. `alike`: some may be the same, which costs more."""
    return values.collect(distinct=alike).sort().join(",")


def _listed(table: ir.Table, kinds: Iterable[str]) -> ir.Table:
    rows = table.filter(table.icd10.length() > 0).select("person_id", "day", code=table.icd10.unnest())
    lists = ibis.table(CODE_LISTS, name="code_lists")
    return rows.join(lists.filter(lists.kind.isin(list(kinds))), "code")


def _given(table: Table) -> ir.Table:
    # What a person was found to have is read from `icd10`; PostgreSQL has no such list of pairs.
    schema = {name: kind for name, kind in table.schema.items() if name != "diagnoses"}
    return ibis.table(schema, name=table.name)
