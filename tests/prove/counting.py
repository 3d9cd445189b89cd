"""The report counted a second time, by somebody who knows nothing of its statements: loops over the raw rows.

Each number is the rows it counts, with the team, practice and referrer each belongs to.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections

from linkwell.kernel import clock
from linkwell.kernel.working_days import is_working_day

Rows = list[dict[str, Any]]
TABLES = (
    *("referrals_referral", "casework_case", "casework_interaction", "casework_appointment", "casework_pause"),
    *("casework_plan", "casework_need", "core_statechange", "onward_onwardreferral", "onward_attendance"),
    *("onward_signpost", "people_person", "people_identitylink", "accounts_organisation", "accounts_membership"),
    *("groupwork_workersession", "groupwork_sessionplace", "groupwork_clinic", "groupwork_clinicslot"),
    *("groupwork_meeting", "groupwork_meetingitem"),
)
FIRST_TRY_TARGET, FIRST_TALK_TARGET = 5, 15
Slice = tuple[UUID | None, str, str]


@dataclass(frozen=True)
class Counted:
    """One row that a number counts."""

    number: str
    key: str
    where: Slice
    amount: float = 0


def dump() -> dict[str, Rows]:
    """Every table as it lies in the database."""
    found = {}
    with connections["admin"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            columns = [each[0] for each in cursor.description]
            found[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


class Counter:
    """One organisation and one month over the raw rows."""

    def __init__(self, tables: dict[str, Rows], organisation_id: UUID, first: dt.date, today: dt.date) -> None:
        self.tables, self.first, self.today, self.organisation_id = tables, first, today, organisation_id
        self.next_first = (first + dt.timedelta(days=31)).replace(day=1)
        self.start, self.end = (clock.at(day, dt.time()) for day in (first, self.next_first))
        self.by_id = {row["id"]: row for rows in tables.values() for row in rows}
        self.case_of = {row["referral_id"]: row for row in self.own("casework_case") if row["referral_id"]}

    def own(self, table: str) -> Rows:
        return [row for row in self.tables[table] if row["organisation_id"] == self.organisation_id]

    def during(self, moment: dt.datetime | None) -> bool:
        return moment is not None and self.start <= moment < self.end

    def count(self) -> Iterator[Counted]:
        yield from self._referrals()
        yield from self._waiting()
        yield from self._cases()
        yield from self._conversations()
        yield from self._onward()
        yield from self._people()
        for row in self.own("accounts_membership"):
            there = row["started_at"] < self.end and (row["ended_at"] is None or row["ended_at"] >= self.end)
            if row["role"] == "link_worker" and there:
                full = float(row["hours_a_week"] or 37.5) / 37.5
                yield Counted("full_time", "", (row["team_id"], "", ""), min(1.0, full))

    def slice_of(self, referral: dict[str, Any] | None, case: dict[str, Any] | None) -> Slice:
        person = self.by_id.get((case or referral or {}).get("person_id"))
        practice = (person or {}).get("gp_practice_name") or (referral or {}).get("gp_practice_name") or ""
        return (case or referral or {})["team_id"], " ".join(practice.split()).lower(), self._referrer(referral)

    def _referrer(self, referral: dict[str, Any] | None) -> str:
        if referral is None:
            return "No referral"
        if referral["sender_organisation_id"]:
            return str(self.by_id[referral["sender_organisation_id"]]["name"])
        own = {"self": "The person", "relative": "A relative or friend"}
        return own.get(referral["source"], "A professional without an account")

    def _referrals(self) -> Iterator[Counted]:
        for row in self.own("referrals_referral"):
            where = self.slice_of(row, None)
            if self.during(row["received_at"]):
                yield Counted("received", "", where)
                for need in set(row["needs"]):
                    yield Counted("needs_referred", need, where)
                yield from self._clocks(row, where)
            if self.during(row["decided_at"]):
                key = row["decline_reason"] if row["state"] == "declined" else ""
                yield Counted(row["state"], key, where)

    def _clocks(self, row: dict[str, Any], where: Slice) -> Iterator[Counted]:
        case = self.case_of.get(row["id"])
        mine = [each for each in self.tables["casework_interaction"] if case and each["case_id"] == case["id"]]
        spoken = case["first_spoken_at"] if case else None
        tried = min([each["happened_at"] for each in mine] + ([spoken] if spoken else []), default=None)
        ended = None
        if row["state"] in ("declined", "withdrawn", "joined"):
            ended = row["decided_at"]
        elif case:
            ended = case["closed_at"]
        for name, target, done in (("try", FIRST_TRY_TARGET, tried), ("talk", FIRST_TALK_TARGET, spoken)):
            status = self._status(row, case, target, done, ended)
            for how in {"inside": ("inside", "due"), "missed": ("missed", "due"), "later": ("later",)}.get(status, ()):
                yield Counted(f"first_{name}_{how}", "", where)

    def _status(self, row: dict[str, Any], case: dict[str, Any] | None, target: int, done: Any, ended: Any) -> str:
        """Walk through the days one by one until so many have counted."""
        day, left, stop = _day(row["received_at"]), target, _day(done or ended) if done or ended else None
        pauses = [each for each in self.tables["casework_pause"] if case and each["case_id"] == case["id"]]
        while left and (day - _day(row["received_at"])).days < 2000:
            day += dt.timedelta(days=1)
            left -= is_working_day(day) and not any(_paused(each, day) for each in pauses)
        if stop is not None:
            return ("inside" if done else "over") if stop <= day else "missed"
        return "missed" if self.today > day else "later"

    def _waiting(self) -> Iterator[Counted]:
        last = self.next_first - dt.timedelta(days=1)
        for row in self.own("referrals_referral"):
            undecided = row["state"] in ("received", "asked") or (row["decided_at"] and row["decided_at"] >= self.end)
            if row["received_at"] < self.end and undecided:
                waited = (last - _day(row["received_at"])).days
                yield Counted("waiting", "decision", self.slice_of(row, None), waited)
                yield Counted("longest_wait", "", self.slice_of(row, None), waited)

    def _state_then(self, case: dict[str, Any]) -> str:
        state = ""
        for change in self.tables["core_statechange"]:
            if change["object_id"] == case["id"] and change["at"] < self.end:
                state = change["after"]
        return state

    def _cases(self) -> Iterator[Counted]:
        last = self.next_first - dt.timedelta(days=1)
        for case in self.own("casework_case"):
            if case["closing_reason"] == "in_error":
                continue
            referral = self.by_id.get(case["referral_id"])
            where = self.slice_of(referral, case)
            state = self._state_then(case)
            if state not in ("", "closed"):
                yield Counted("open", state, where)
            if state == "waiting":
                waited = (last - _day(referral["received_at"] if referral else case["opened_at"])).days
                yield Counted("waiting", "worker", where, waited)
                yield Counted("longest_wait", "", where, waited)
            if case["state"] == "closed" and self.during(case["closed_at"]):
                yield Counted("closed", case["closing_reason"], where)

    def _of_case(self, row: dict[str, Any]) -> Slice | None:
        case = self.by_id[row["case_id"]]
        return (
            None if case["closing_reason"] == "in_error" else self.slice_of(self.by_id.get(case["referral_id"]), case)
        )

    def _conversations(self) -> Iterator[Counted]:
        for row in self.own("casework_interaction"):
            where = self._of_case(row)
            if where and self.during(row["happened_at"]) and row["outcome"] in ("talked", "tried"):
                yield Counted(row["outcome"], row["kind"], where)
        for row in self.own("casework_appointment"):
            where = self._of_case(row)
            if not where or not self.during(row["starts_at"]) or not row["agreed_with_person"]:
                continue
            if row["state"] in ("happened", "missed", "not_brought"):
                yield Counted("agreed", "", where)
            if row["state"] in ("missed", "not_brought"):
                yield Counted("missed", row["state"], where)
        for row in self.own("casework_need"):
            where = self._of_case(self.by_id[row["plan_id"]])
            if where and self.during(row["created_at"]):
                yield Counted("needs_planned", row["code"] or "own_words", where)

    def _onward(self) -> Iterator[Counted]:
        yes, came = self._first_yes(), self._first_came()
        for row in self.own("onward_onwardreferral"):
            where = self._of_case(row)
            if not where:
                continue
            if self.during(row["sent_at"]):
                yield Counted("onward_made", "", where)
            if self.during(yes.get(row["id"])):
                yield Counted("onward_accepted", "", where)
            if row["id"] in came and self.first <= came[row["id"]] < self.next_first:
                yield Counted("onward_attended", "", where)
        for row in self.own("onward_signpost"):
            where = self._of_case(row)
            if where and self.during(row["created_at"]):
                yield Counted("signposts", "", where)

    def _first_yes(self) -> dict[UUID, dt.datetime]:
        yes: dict[UUID, dt.datetime] = {}
        for change in self.tables["core_statechange"]:
            if change["after"] == "accepted":
                yes.setdefault(change["object_id"], change["at"])
        return yes

    def _first_came(self) -> dict[UUID, dt.date]:
        came: dict[UUID, dt.date] = {}
        for row in self.own("onward_attendance"):
            if row["came"]:
                before = came.get(row["onward_referral_id"], row["on"])
                came[row["onward_referral_id"]] = min(before, row["on"])
        return came

    def _people(self) -> Iterator[Counted]:
        same = self._same()
        begun: dict[UUID, Rows] = defaultdict(list)
        for case in self.own("casework_case"):
            if self.during(case["opened_at"]) and case["closing_reason"] != "in_error":
                begun[min(same[case["person_id"]], key=str)].append(case)
        for one, cases in begun.items():
            case = min(cases, key=lambda each: (each["opened_at"], each["id"]))
            where = self.slice_of(self.by_id.get(case["referral_id"]), case)
            yield Counted("people_accepted", "", where)
            for name in ("ethnicity", "language", "disability"):
                if not any(self.by_id[each][name] for each in same[one]):
                    yield Counted(f"no_{name}", "", where)

    def _same(self) -> dict[UUID, set[UUID]]:
        """For each person, all the records that are the same person."""
        same = {row["id"]: {row["id"]} for row in self.own("people_person")}
        for link in self.own("people_identitylink"):
            if link["undone_at"] is None:
                together = same[link["record_id"]] | same[link["same_as_id"]]
                for each in together:
                    same[each] = together
        return same


def _day(moment: dt.datetime) -> dt.date:
    return clock.london(moment).date()


def _paused(pause: dict[str, Any], day: dt.date) -> bool:
    end = _day(pause["ended_at"]) if pause["ended_at"] else pause["until"]
    return bool(_day(pause["started_at"]) <= day < end)
