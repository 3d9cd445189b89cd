"""The long proofs, run by `python -m tests.prove` through pytest for its databases; each leaves its figures behind.

`LINKWELL_PROVE` is "quick" or "full"; `LINKWELL_PROVE_SEED` repeats a run.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.fixtures import Settings

from linkwell.core import audit, audit_check, sealer
from linkwell.core.database import scoped
from linkwell.core.models import AuditSeal
from linkwell.core.postgres import remove_home
from linkwell.core.postgres.tests.prove_recovery import kill_program_rounds, kill_server_rounds
from linkwell.core.scope import system_scope
from linkwell.evaluation.tests.releasing import publish_and_attack
from linkwell.hospital.actions import process_all
from linkwell.hospital.tests.histories import check
from linkwell.referrals.tests.killing import NOTHING, WHOLE, kill_and_send_again, statements_of_one_referral
from tests.place import Place
from tests.prove.agreeing import differences, lists_differ, not_kept
from tests.prove.conservation import Weeks, failed_jobs, unaccounted
from tests.prove.copies import copied
from tests.prove.coverage import DESIGNS, in_words, simulate, wrong
from tests.prove.fuzz import Fuzz
from tests.prove.kills import ACTS, kill_and_again, statements_of
from tests.prove.lines import kill_lines
from tests.prove.messages import fuzz as fuzz_messages
from tests.prove.network import crossed, shared_and_read
from tests.prove.next_acts import NEXT, never
from tests.prove.reading import everybody, overheard
from tests.prove.week import Week
from tests.world import World

FULL = os.environ.get("LINKWELL_PROVE") == "full"
SEED = int(os.environ.get("LINKWELL_PROVE_SEED", "1"))
Record = Callable[[str, object], None]
# As many tries on one copy of the place as still leave most of it standing.
TRIES_A_COPY = 500


def note(record: Record, proof: str, faults: str, rounds: object, result: str) -> None:
    for name, value in (("proof", proof), ("faults", faults), ("rounds", rounds), ("result", result), ("seed", SEED)):
        record(name, value)


def test_fuzz(world: World, record_property: Record) -> None:
    fuzz = Fuzz(world, SEED)
    for _ in range((10_000 if FULL else 1_500) // TRIES_A_COPY):
        with copied(world):
            result = fuzz.run(TRIES_A_COPY)
    statuses = ", ".join(f"{number} × {status}" for status, number in sorted(result.statuses.items()))
    words = f"{len(result.findings)} answered with an error of ours; {len(result.routes)} routes; {statuses}"
    note(record_property, "hostile requests to every route", "F26 F40", f"{result.tries:,}", words)
    assert not result.findings, "\n\n".join(f"{each.request}\n{each.wrong}" for each in result.findings)


def test_conservation(world: World, record_property: Record) -> None:
    lives, weeks = (6, 26) if FULL else (2, 3)
    done = refused = lost = 0
    for number in range(lives):
        with copied(world):
            simulated = Weeks(world.place, SEED + number)
            for _ in range(weeks):
                simulated.live(1)
                lost += len(unaccounted(world.place))
            done, refused = done + simulated.done.total(), refused + simulated.refused.total()
    words = f"{lost} things in no list; {done:,} acts done, {refused:,} refused by the rules"
    note(record_property, "made-up weeks: everything in one list", "F37", f"{lives} × {weeks} weeks", words)
    assert not lost


def test_week(own_database: str, record_property: Record) -> None:
    people, days = (400, 25) if FULL else (60, 12)
    week = Week(SEED, NEXT)
    week.live(people, days, nights=5)
    lost, (wrong, compared), over = [*unaccounted(week.place), *failed_jobs()], differences(week), crossed()
    heard, told = overheard(week, everybody(week), of_each=1, most=100 if FULL else 20)
    wrong += [*lists_differ(week), *not_kept(week)]
    words = f"{len(lost)} in nobody's queue; {len(wrong)} of {compared:,} numbers differ from the raw rows; "
    words += f"{len(over)} rows crossed, {shared_and_read():,} were shared; {len(heard)} of others' words read on "
    words += f"{told:,} pages about people; {week.done.total():,} acts, {week.refused.total():,} refused by the rules; "
    words += f"never came: {', '.join(never()) or 'none'}"
    note(record_property, "a week of five partners and what follows", "F37", f"{people} referrals, {days} days", words)
    assert not [*lost, *wrong, *over, *heard], [*lost[:5], *wrong[:5], *over[:5], *heard[:5]]
    assert not FULL or never() == []


@pytest.mark.parametrize("name", ACTS)
def test_kills(world: World, record_property: Record, name: str) -> None:
    with copied(world):
        statements = statements_of(ACTS[name](world))
        rounds = half = twice = 0
        for number in range(1, statements + 1, 1 if FULL else 3):
            for after in (False, True):
                result = kill_and_again(ACTS[name](world), number, after=after)
                rounds += result.died
                half += not result.whole_or_nothing
                twice += not result.happened_once
    words = f"{half} left half done, {twice} not exactly once after doing it again"
    note(record_property, f"killed during {name} ({statements} statements)", "F1", rounds, words)
    assert not half
    assert not twice


def test_referral_kills(place_committed: Place, record_property: Record) -> None:
    statements = statements_of_one_referral(place_committed)
    rounds = half = wrong = 0
    for number in range(1, statements + 1, 1 if FULL else 3):
        for after in (False, True):
            killed, first, again = kill_and_send_again(place_committed, number, after=after)
            rounds += killed
            half += first not in (NOTHING, WHOLE)
            wrong += again != WHOLE
    words = f"{half} left half a referral, {wrong} not exactly one after sending again"
    note(record_property, f"killed during a referral ({statements} statements)", "F1", rounds, words)
    assert not half
    assert not wrong


def test_recovery(tmp_path_factory: pytest.TempPathFactory, record_property: Record) -> None:
    rounds = 20 if FULL else 2
    folder = tmp_path_factory.mktemp("recovery", numbered=True)
    servers = list(kill_server_rounds(folder / "home", rounds=rounds, seed=SEED))
    remove_home(folder / "home")
    acknowledged, lost = sum(each.acknowledged for each in servers), sum(each.lost for each in servers)
    sound, longest = sum(each.amcheck_clean for each in servers), max(each.seconds_to_start for each in servers)
    words = f"{lost} of {acknowledged:,} acknowledged rows lost; {sound} of {rounds} sound by pg_amcheck; "
    words += f"longest start {longest:.1f} s"
    note(record_property, "database server killed under load", "F2", rounds, words)
    assert lost == 0
    assert sound == rounds


def test_starter_killed(tmp_path_factory: pytest.TempPathFactory, record_property: Record) -> None:
    rounds = 20 if FULL else 2
    programs = list(kill_program_rounds(tmp_path_factory.mktemp("starter"), rounds=rounds, seed=SEED))
    started = sum(each.started for each in programs)
    note(record_property, "starting program killed, then started", "F2", rounds, f"{started} started")
    assert started == rounds


@pytest.fixture
def sealed(own_database: str, settings: Settings, tmp_path: Path, place_committed: Place) -> Place:
    settings.AUDIT_HEADS = tmp_path / "heads"
    scope = place_committed.worker.scope
    for number in range(40):
        with scoped(scope):
            audit.record(scope, f"tried {number}", "test", place_committed.team_id)
    sealer.seal_all()
    run("CREATE TABLE kept_events AS TABLE core_auditevent", "CREATE TABLE kept_seals AS TABLE core_auditseal")
    return place_committed


# Each changes one row of the trail, or takes it away, in a way somebody with the owner's password could.
TAMPERINGS = (
    "UPDATE core_auditevent SET verb = verb || '.' WHERE id = {0}",
    "UPDATE core_auditevent SET at = at - interval '1 second' WHERE id = {0}",
    "UPDATE core_auditevent SET actor_id = gen_random_uuid() WHERE id = {0}",
    "UPDATE core_auditevent SET person_id = gen_random_uuid() WHERE id = {0}",
    "UPDATE core_auditevent SET fields = ARRAY['planted'] WHERE id = {0}",
    "DELETE FROM core_auditevent WHERE id = {0}",
    "DELETE FROM core_auditseal WHERE audit_id = {0}",
    "DELETE FROM core_auditevent WHERE id >= {0}; DELETE FROM core_auditseal WHERE audit_id >= {0}",
    "UPDATE core_auditseal SET mac = '\\x00' WHERE audit_id = {0}",
)
PUT_BACK = (
    "TRUNCATE core_auditevent, core_auditseal",
    "INSERT INTO core_auditevent SELECT * FROM kept_events",
    "INSERT INTO core_auditseal SELECT * FROM kept_seals",
)


def test_tampering(sealed: Place, record_property: Record) -> None:
    chance, rounds = random.Random(SEED), 1_000 if FULL else 100
    ids = [row.audit_id for row in _seals(sealed)]
    assert audit_check.verify(sealed.organisation_id).sound
    found = 0
    for _ in range(rounds):
        run(chance.choice(TAMPERINGS).format(chance.choice(ids)))
        found += not audit_check.verify(sealed.organisation_id).sound
        run(*PUT_BACK)
    assert audit_check.verify(sealed.organisation_id).sound
    note(record_property, "a row of the audit trail changed or removed", "F30", rounds, f"{found} found")
    assert found == rounds


def _seals(place: Place) -> list[AuditSeal]:
    return list(AuditSeal.objects.using("admin").filter(organisation_id=place.organisation_id))


def run(*statements: str) -> None:
    with connections["admin"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_histories_of_a_hospital(record_property: Record) -> None:
    histories = 100_000 if FULL else 2_000
    events = sum(check(SEED * 10_000_000 + number) for number in range(histories))
    words = f"{events:,} messages in any order, twice, over a line killed at any moment: the stays that were made up, "
    words += "whatever was merged, parted, moved to another patient or swapped"
    note(record_property, "histories of a hospital", "F4 F5 F6 F7", f"{histories:,}", words)


def test_spoilt_messages(record_property: Record) -> None:
    messages = 1_000_000 if FULL else 10_000
    counts = fuzz_messages(messages, SEED)
    words = "no error of ours; " + ", ".join(f"{number:,} {what}" for what, number in counts.items())
    note(record_property, "spoilt messages of a hospital", "F8 F9", f"{messages:,}", words)


def test_line_killed(place_committed: Place, record_property: Record) -> None:
    kills, between = (200, 100) if FULL else (3, 60)
    scope = system_scope(place_committed.organisation_id, "proof")
    told = kill_lines(scope, kills=kills, between=between, chance=random.Random(SEED))
    worked_out = process_all(scope)
    words = f"{len(told.lost)} of {len(told.acknowledged):,} acknowledged messages lost, {told.twice} kept twice; "
    words += f"{worked_out:,} worked out"
    note(record_property, "a hospital's line killed under load", "F2 F4", told.kills, words)
    assert (len(told.lost), told.twice, worked_out) == (0, 0, kills * between)


@pytest.mark.parametrize("name", DESIGNS)
def test_coverage(record_property: Record, name: str) -> None:
    design, effect = DESIGNS[name]
    rounds = 1_000 if FULL else 60
    result = simulate(design, effect, rounds, SEED)
    words = f"{rounds:,} with an effect, {rounds:,} with none"
    note(record_property, f"evaluations of made-up data: {name}", "", words, in_words(result))
    assert not wrong(result)


def test_releases(record_property: Record) -> None:
    rounds = 300 if FULL else 20
    chances = [random.Random(f"{SEED}/{number}") for number in range(rounds)]
    found = [publish_and_attack(chance, areas=2) for chance in chances]
    alone = [publish_and_attack(random.Random(f"{SEED}/{number}"), areas=2, guarded=False) for number in range(rounds)]
    told = sum(each.told for each in found)
    words = (
        f"{told} of {sum(each.protected for each in found):,} small numbers told to within three; "
        f"{sum(each.told for each in alone):,} by rounding alone; {sum(each.refused for each in found)} refused"
    )
    note(record_property, "a solver reads every release", "F28 F29", f"{rounds}", words)
    assert told == 0
