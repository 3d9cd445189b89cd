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
    *("groupwork_meeting", "groupwork_meetingitem", "accounts_teamrules", "accounts_commissionertargets"),
    *("accounts_networkmembership", "impact_practicesize"),
)
# What holds where a team has said nothing else.
USUAL = {"first_try_working_days": 5, "first_talk_working_days": 15, "full_time_hours": 37.5}
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
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            columns = [each[0] for each in cursor.description]
            found[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


class Counter:
    """One organisation and one month over the raw rows."""

    def __init__(self, tables: dict[str, Rows], organisation_id: UUID, first: dt.date, today: dt.date) -> None:
        self.tables, self.first, self.today, self.organisation_id = tables, first, today, organisation_id
        self.next_first = (first + dt.timedelta(days=31)).replace(day=1)
        self.start, self.end = (clock.at(day, dt.time()) for day in (first, self.next_first))
        self.by_id = {row["id"]: row for rows in tables.values() for row in rows if "id" in row}
        self.case_of = {row["referral_id"]: row for row in self.own("casework_case") if row["referral_id"]}
        self.rules = {row["team_id"]: row for row in tables["accounts_teamrules"]}
        self.changes = self._grouped("core_statechange", "object_id")
        self.talks = self._grouped("casework_interaction", "case_id")
        self.pauses = self._grouped("casework_pause", "case_id")

    def _grouped(self, table: str, column: str) -> dict[UUID, Rows]:
        found: dict[UUID, Rows] = defaultdict(list)
        for row in self.tables[table]:
            found[row[column]].append(row)
        return found

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
        yield from self._posts()
        yield from self._sessions()
        yield from self._clinics()
        yield from self._meetings()

    def _posts(self) -> Iterator[Counted]:
        for row in self.own("accounts_membership"):
            there = row["started_at"] < self.end and (row["ended_at"] is None or row["ended_at"] >= self.end)
            if row["role"] == "link_worker" and there:
                week = float(self._rule(row["team_id"], "full_time_hours"))
                part = round(float(row["hours_a_week"] or week) / week, 2)
                yield Counted("full_time", "", (row["team_id"], "", ""), min(1.0, part))

    def _rule(self, team_id: UUID, name: str) -> Any:
        return self.rules.get(team_id, USUAL)[name]

    def list_size(self, practice: str) -> int | None:
        """The people on this practice's list, counted last before the month's end."""
        rows = [row for row in self.own("impact_practicesize") if row["practice"] == practice]
        known = {row["counted_on"]: row["people"] for row in rows if row["counted_on"] < self.next_first}
        return known[max(known)] if known else None

    def _held(self, table: str) -> Rows:
        """What took place in this month: sessions, clinics, meetings."""
        return [row for row in self.own(table) if row["state"] == "held" and self.during(row["starts_at"])]

    def _practice(self, name: str) -> str:
        return " ".join(name.split()).lower()

    def _by_person(self, team_id: UUID, person_id: UUID) -> Slice:
        return team_id, self._practice(self.by_id[person_id]["gp_practice_name"]), "No referral"

    def _sessions(self) -> Iterator[Counted]:
        for session in self._held("groupwork_workersession"):
            team = session["team_id"]
            yield Counted("sessions", "", (team, "", "No referral"))
            yield Counted("session_walk_ins", "", (team, "", "No referral"), session["walk_ins"])
            for place in self.own("groupwork_sessionplace"):
                if place["session_id"] == session["id"] and place["came"] and place["ended_at"] is None:
                    yield Counted("session_came", "", self._by_person(team, place["person_id"]))

    def _clinics(self) -> Iterator[Counted]:
        for clinic in self._held("groupwork_clinic"):
            practice = self._practice(self.by_id[clinic["practice_id"]]["name"])
            where = clinic["team_id"], practice, "No referral"
            yield Counted("clinics", "", where)
            yield Counted("clinic_walk_ins", "", where, clinic["walk_ins"])
            for slot in self.own("groupwork_clinicslot"):
                if slot["clinic_id"] == clinic["id"]:
                    yield Counted("clinic_times", "", where)
                    if slot["state"] == "used":
                        yield Counted("clinic_times_used", "", where)

    def _meetings(self) -> Iterator[Counted]:
        talked_about: dict[UUID, tuple[dt.datetime, UUID, UUID]] = {}
        for meeting in self._held("groupwork_meeting"):
            yield Counted("meetings", "", (meeting["team_id"], "", "No referral"))
            for item in self.own("groupwork_meetingitem"):
                if item["meeting_id"] == meeting["id"]:
                    this = meeting["starts_at"], item["id"], meeting["team_id"]
                    talked_about[item["person_id"]] = min(this, talked_about.get(item["person_id"], this))
        for person_id, (_, _, team_id) in talked_about.items():
            yield Counted("discussed", "", self._by_person(team_id, person_id))

    def slice_of(self, referral: dict[str, Any] | None, case: dict[str, Any] | None) -> Slice:
        person = self.by_id.get((case or referral or {}).get("person_id"))
        practice = (person or {}).get("gp_practice_name") or (referral or {}).get("gp_practice_name") or ""
        return (case or referral or {})["team_id"], self._practice(practice), self._referrer(referral)

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
        mine = self.talks[case["id"]] if case else []
        spoken = case["first_spoken_at"] if case else None
        tried = min([each["happened_at"] for each in mine] + ([spoken] if spoken else []), default=None)
        ended = None
        if row["state"] in ("declined", "withdrawn", "joined"):
            ended = row["decided_at"]
        elif case:
            ended = case["closed_at"]
        for name, done in (("try", tried), ("talk", spoken)):
            status = self._status(row, case, self._target(row, name), done, ended)
            for how in {"inside": ("inside", "due"), "missed": ("missed", "due"), "later": ("later",)}.get(status, ()):
                yield Counted(f"first_{name}_{how}", "", where)

    def _target(self, row: dict[str, Any], name: str) -> int:
        """Working days: as whoever pays asked for those they or their network send, else as the team has it."""
        for asked in self.tables["accounts_commissionertargets"]:
            sender, payer = row["sender_organisation_id"], asked["commissioner_id"]
            if asked["team_id"] == row["team_id"] and (
                sender == payer or self._networks(sender) & self._networks(payer)
            ):
                return int(asked[f"first_{name}_working_days"])
        return int(self._rule(row["team_id"], f"first_{name}_working_days"))

    def _networks(self, organisation_id: UUID | None) -> set[UUID]:
        members = self.tables["accounts_networkmembership"]
        return {row["network_id"] for row in members if row["organisation_id"] == organisation_id}

    def _status(self, row: dict[str, Any], case: dict[str, Any] | None, target: int, done: Any, ended: Any) -> str:
        """Walk through the days one by one until so many have counted."""
        day, left, stop = _day(row["received_at"]), target, _day(done or ended) if done or ended else None
        pauses = self.pauses[case["id"]] if case else []
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
        for change in self.changes[case["id"]]:
            if change["at"] < self.end:
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
