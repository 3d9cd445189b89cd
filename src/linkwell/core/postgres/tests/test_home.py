"""Where things are kept, and that nobody else can look inside."""

import os
import stat
from pathlib import Path

import pytest

from linkwell.core.postgres import DatabaseError, layout, linkwell_home, remove_home
from linkwell.core.postgres.account import server_account
from linkwell.core.postgres.home import LONGEST_SOCKET_PATH, prepare_home, write_private


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_environment_names_the_home_from_any_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LINKWELL_HOME", "here")
    monkeypatch.chdir(tmp_path)

    assert linkwell_home() == tmp_path / "here"


def test_root_uses_a_fixed_home_and_others_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINKWELL_HOME", raising=False)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert linkwell_home() == Path("/var/lib/linkwell/home")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert linkwell_home() == Path.home() / ".linkwell"


def test_nobody_else_can_look_into_a_home(nowhere: Path) -> None:
    paths = prepare_home(nowhere, server_account(layout(nowhere).cluster))

    for folder in [*paths.private_folders(), paths.database, paths.socket_folder]:
        assert mode(folder) == 0o700, folder
    assert mode(paths.home) & 0o007 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders to another account")
def test_no_folder_above_a_home_is_opened_up_for_the_server(folder: Path) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    home = private / "home"

    paths = prepare_home(home, server_account(layout(home).cluster))
    real = paths.database

    assert mode(private) == 0o700
    assert paths.database_link.is_symlink()
    assert real.is_relative_to("/var/lib/linkwell/homes")
    assert prepare_home(home, server_account(paths.cluster)).database == real
    remove_home(home)
    assert not real.exists()


@pytest.mark.parametrize("name", ["x" * 120, "with, comma"])
def test_a_home_no_socket_can_live_in_gets_a_short_private_folder_for_it(folder: Path, name: str) -> None:
    paths = layout(folder / name)

    assert paths.socket_folder.parent == Path("/tmp")
    assert len(os.fsencode(paths.socket)) <= LONGEST_SOCKET_PATH
    assert layout(folder / name).socket == paths.socket


def test_a_socket_folder_put_there_by_somebody_else_is_refused(folder: Path) -> None:
    home = folder / ("y" * 120)
    paths = layout(home)
    paths.socket_folder.symlink_to(folder)
    try:
        with pytest.raises(DatabaseError, match="belongs to somebody else"):
            prepare_home(home, server_account(paths.cluster))
    finally:
        paths.socket_folder.unlink()


def test_a_secret_is_never_readable_by_others_even_while_it_is_written(folder: Path) -> None:
    write_private(folder / "key", b"secret")
    write_private(folder / "key", b"new secret")

    assert mode(folder / "key") == 0o600
    assert (folder / "key").read_bytes() == b"new secret"
    assert [path.name for path in folder.iterdir()] == ["key"]
