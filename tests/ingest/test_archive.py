"""Archives are looked at before they are unpacked."""

import zipfile
from pathlib import Path

import pytest

from pipeline.errors import DeliveryError
from pipeline.ingest.reading.archive import check_archive
from pipeline.ingest.reading.limits import SMALL_BYTES


def archive(tmp_path: Path, *sizes: int) -> Path:
    """A workbook in name whose members are that long and easily packed."""
    path = tmp_path / "bestand.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for number, size in enumerate(sizes):
            with target.open(f"{number}.xml", "w") as member:
                for _ in range(size // 1_000_000):
                    member.write(bytes(1_000_000))
                member.write(bytes(size % 1_000_000))
    return path


def test_members_together_may_be_as_long_as_a_small_file(tmp_path: Path) -> None:
    check_archive(archive(tmp_path, SMALL_BYTES // 2, SMALL_BYTES // 2))


def test_one_byte_more_refuses_it(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="um ein Vielfaches größer"):
        check_archive(archive(tmp_path, SMALL_BYTES // 2, SMALL_BYTES // 2 + 1))


def test_a_cut_archive_is_left_to_its_reader(tmp_path: Path) -> None:
    path = archive(tmp_path, SMALL_BYTES + 1)
    path.write_bytes(path.read_bytes()[:-10])
    check_archive(path)
