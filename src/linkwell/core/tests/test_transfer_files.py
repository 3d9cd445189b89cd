"""If these fail, a hospital that leaves loses its activity, or an export writes where it may not."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from linkwell.core.transfer.files import check_files, unpacked, write_files
from linkwell.kernel.errors import Invalid


def put_in(archive: Path, folder: Path) -> dict[str, str]:
    with ZipFile(archive, "w") as bundle:
        return write_files(bundle, folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files" / "activity"
    (made / ".new").mkdir(parents=True)
    (made / "2026.parquet").write_bytes(b"rows" * 1000)
    (made / ".new" / "2026.parquet").write_bytes(b"half")
    return made.parent


def test_what_lies_in_files_comes_back_the_same_without_what_is_half_written(folder: Path, tmp_path: Path) -> None:
    hashes = put_in(tmp_path / "out.zip", folder)
    with ZipFile(tmp_path / "out.zip") as archive:
        check_files(archive, hashes)
        with unpacked(archive, hashes, tmp_path / "there"):
            pass
    assert list(hashes) == ["activity/2026.parquet"]
    assert (tmp_path / "there/activity/2026.parquet").read_bytes() == b"rows" * 1000


def test_what_fails_leaves_no_file_behind(folder: Path, tmp_path: Path) -> None:
    hashes = put_in(tmp_path / "out.zip", folder)
    with (
        ZipFile(tmp_path / "out.zip") as archive,
        pytest.raises(KeyError),
        unpacked(archive, hashes, tmp_path / "there"),
    ):
        raise KeyError
    assert not list((tmp_path / "there").rglob("*.parquet"))


@pytest.mark.fault("F25")
@pytest.mark.parametrize("name", ["../outside", "/outside", "activity/../../outside"])
def test_an_export_writes_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    with ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr(f"files/{name}", b"")
        with pytest.raises(Invalid, match="outside"):
            check_files(archive, {name: ""})


def test_a_damaged_file_is_refused(folder: Path, tmp_path: Path) -> None:
    hashes = put_in(tmp_path / "out.zip", folder)
    with ZipFile(tmp_path / "out.zip") as archive, pytest.raises(Invalid, match="damaged"):
        check_files(archive, dict.fromkeys(hashes, "0"))
