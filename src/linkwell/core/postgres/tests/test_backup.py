"""A backup brings everything back, to the second, or is refused as a whole."""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from linkwell.core.postgres import (
    DamagedBackup,
    DatabaseError,
    DatabaseUrls,
    WrongPassphrase,
    backup,
    create_database,
    drop_database,
    layout,
    remove_home,
    restore,
    sealed,
    start,
)
from linkwell.core.postgres.bases import WINDOW, bases, keep_bases, log_since, take_base
from linkwell.core.postgres.connect import column, connect, value
from linkwell.core.postgres.progress import silent
from linkwell.core.postgres.server import RunningServer
from linkwell.core.postgres.urls import ADMIN_VARIABLE, APP_VARIABLE

PASSPHRASE = "a long passphrase"


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "SCRYPT_COST", 10)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One home for all these tests: making one takes seconds."""
    made = Path(tempfile.mkdtemp(prefix="linkwell-"))
    yield made
    remove_home(made)


@pytest.fixture(scope="module")
def lived_in(home: Path) -> DatabaseUrls:
    """The home has a row, a file, a key, a seal and an outbox."""
    urls = start(home, settings={"fsync": "off", "shared_buffers": "64MB"}).urls
    paths = layout(home)
    (paths.files / "ab").mkdir()
    (paths.files / "ab" / "plan.pdf").write_bytes(b"%PDF" * 500_000)
    (paths.keys / "audit").write_text("secret")
    (paths.audit_heads / "head").write_text("42")
    with connect(urls.admin) as database:
        database.execute("CREATE TABLE core_installation AS SELECT 7 AS epoch")
        database.execute("CREATE TABLE note AS SELECT 'first' AS text")
    return urls


def notes(home: Path) -> list[str]:
    with connect(start(home).urls.app) as database:
        return column(database, "SELECT text FROM note ORDER BY text")


def add_note(urls: DatabaseUrls, text: str) -> None:
    with connect(urls.app) as database:
        database.execute("INSERT INTO note VALUES (%s)", (text,))


@pytest.mark.fault("F31")
def test_everything_comes_back_and_nothing_pending_is_sent_again(
    folder: Path, home: Path, lived_in: DatabaseUrls
) -> None:
    made = backup(home, folder / "b", PASSPHRASE)
    back = folder / "back"

    report = restore(back, made.path, PASSPHRASE)

    assert notes(back) == ["first"]
    assert (back / "files" / "ab" / "plan.pdf").read_bytes() == b"%PDF" * 500_000
    assert (back / "keys" / "audit").read_text() == "secret"
    assert (back / "audit-heads" / "head").read_text() == "42"
    assert report.outbox_held
    with connect(start(back).urls.app) as database:
        assert database.execute("SELECT epoch FROM core_installation").fetchall() == [(8,)]


@pytest.mark.fault("F31")
def test_a_chosen_second_comes_back_and_what_was_done_after_it_does_not(
    folder: Path, home: Path, lived_in: DatabaseUrls
) -> None:
    time.sleep(1)
    moment = datetime.now(UTC)
    time.sleep(1)
    with connect(lived_in.admin) as database:
        database.execute("ALTER TABLE note RENAME TO lost")
        made = backup(home, folder / "b", PASSPHRASE)
        database.execute("ALTER TABLE lost RENAME TO note")
    back = folder / "back"

    restore(back, made.path, PASSPHRASE, to=moment)

    assert notes(back) == ["first"]
    # The restored home can itself be used, and backed up again.
    add_note(start(back).urls, "after")
    again = folder / "again"
    restore(again, backup(back, folder / "c", PASSPHRASE).path, PASSPHRASE)
    assert notes(again) == ["after", "first"]


def test_a_moment_outside_the_backup_is_refused_before_anything_changes(
    folder: Path, home: Path, lived_in: DatabaseUrls
) -> None:
    made = backup(home, folder / "b", PASSPHRASE)

    for moment in (made.earliest - timedelta(seconds=1), made.latest + timedelta(seconds=1)):
        with pytest.raises(DatabaseError, match="reaches from"):
            restore(home, made.path, PASSPHRASE, to=moment, replace=True)
    with pytest.raises(DatabaseError, match="time zone"):
        restore(home, made.path, PASSPHRASE, to=datetime(2026, 1, 1), replace=True)  # noqa: DTZ001 - the point
    assert notes(home) == ["first"]


def test_the_wrong_passphrase_and_a_damaged_file_change_nothing(
    folder: Path, home: Path, lived_in: DatabaseUrls
) -> None:
    made = backup(home, folder / "b", PASSPHRASE)
    whole = made.path.read_bytes()

    with pytest.raises(WrongPassphrase):
        restore(home, made.path, "another", replace=True)
    for name, data in {
        "cut": whole[:-1],
        "cut at a chunk": whole[: sealed.HEADER.size + sealed.CHUNK + sealed.TAG],
        "changed": whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :],
        "something else": b"PK" + whole[2:],
    }.items():
        (folder / name).write_bytes(data)
        with pytest.raises(DamagedBackup):
            restore(home, folder / name, PASSPHRASE, replace=True)
    assert notes(home) == ["first"]


def test_a_home_in_use_is_only_replaced_when_asked_and_kept_aside(
    folder: Path, home: Path, lived_in: DatabaseUrls
) -> None:
    made = backup(home, folder / "b", PASSPHRASE)
    add_note(lived_in, "later")

    with pytest.raises(DatabaseError, match="not empty"):
        restore(home, made.path, PASSPHRASE)
    report = restore(home, made.path, PASSPHRASE, replace=True)

    assert notes(home) == ["first"]
    assert report.moved_aside is not None
    assert (report.moved_aside / "keys" / "audit").read_text() == "secret"
    assert (report.moved_aside / "database" / "cluster" / "PG_VERSION").exists()


def test_half_a_restore_never_opens(folder: Path) -> None:
    half = folder / "half"
    half.mkdir()
    layout(half).unfinished_restore.write_text("begun")

    with pytest.raises(DatabaseError, match="did not finish"):
        start(half)


def test_a_backup_never_overwrites_and_leaves_no_half_file(
    folder: Path, home: Path, lived_in: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "taken").write_text("something dear")
    with pytest.raises(DatabaseError, match="already exists"):
        backup(home, folder / "taken", PASSPHRASE)
    with pytest.raises(DatabaseError, match="passphrase"):
        backup(home, folder / "new", "")

    assert (folder / "taken").read_text() == "something dear"
    assert [path.name for path in folder.iterdir()] == ["taken"]
    inside = backup(home, folder, PASSPHRASE).path
    assert inside.parent == folder
    assert inside.stat().st_mode & 0o077 == 0


def test_nothing_in_a_backup_can_be_read_without_the_passphrase(
    folder: Path, home: Path, lived_in: DatabaseUrls
) -> None:
    made = backup(home, folder / "b", PASSPHRASE)

    data = made.path.read_bytes()
    assert b"%PDF" not in data
    assert b"secret" not in data


def test_the_archived_log_is_deleted_once_no_window_needs_it(home: Path, lived_in: DatabaseUrls) -> None:
    start(home)
    paths = layout(home)
    newest = take_base(paths, silent)
    before = {path.name for path in paths.wal_archive.iterdir()}

    keep_bases(paths, silent, now=newest.ended + timedelta(hours=23))
    assert {path.name for path in paths.wal_archive.iterdir()} >= before
    keep_bases(paths, silent, now=newest.ended + WINDOW)

    assert newest in bases(paths)
    kept = [path.name for path in log_since(paths, newest) if path.suffix != ".history"]
    assert kept
    assert sorted(path.name for path in paths.wal_archive.iterdir() if len(path.name) == 24) == kept


def test_a_server_we_do_not_run_is_backed_up_and_restored_into_an_empty_database(
    folder: Path, server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, empty = create_database(server.home, "source"), create_database(server.home, "empty")
    with connect(source.admin) as database:
        database.execute("CREATE TABLE core_installation AS SELECT 7 AS epoch")
        database.execute("CREATE TABLE person AS SELECT 'Ada' AS name")
        database.execute("ALTER TABLE person ENABLE ROW LEVEL SECURITY")
        database.execute("ALTER TABLE person FORCE ROW LEVEL SECURITY")
        database.execute("REVOKE DELETE ON person FROM linkwell_app")
        database.execute("CREATE POLICY app ON person TO linkwell_app USING (true)")
    (folder / "home" / "files").mkdir(parents=True)
    (folder / "home" / "files" / "a").write_text("file")
    monkeypatch.setenv(APP_VARIABLE, source.app)
    monkeypatch.setenv(ADMIN_VARIABLE, source.admin)
    with pytest.raises(DatabaseError, match=r"cannot see every row of these tables.*person"):
        backup(folder / "home", folder / "b", PASSPHRASE)
    with connect(source.admin) as database:
        database.execute("CREATE POLICY admin ON person TO linkwell_admin USING (true)")
    made = backup(folder / "home", folder / "b", PASSPHRASE)

    with pytest.raises(DatabaseError, match="not empty"):
        restore(folder / "back", made.path, PASSPHRASE)
    monkeypatch.setenv(APP_VARIABLE, empty.app)
    monkeypatch.setenv(ADMIN_VARIABLE, empty.admin)
    with pytest.raises(DatabaseError, match="restored whole"):
        restore(folder / "back", made.path, PASSPHRASE, to=made.latest)
    restore(folder / "back", made.path, PASSPHRASE, replace=True)

    assert (folder / "back" / "files" / "a").read_text() == "file"
    with connect(empty.app) as database:
        assert value(database, "SELECT name FROM person") == "Ada"
        assert value(database, "SELECT has_table_privilege('person', 'DELETE')") is False
        assert database.execute("SELECT epoch FROM core_installation").fetchall() == [(8,)]
    monkeypatch.undo()
    for name in ("source", "empty"):
        drop_database(server.home, name)
