"""What was stored below a folder is removed as a whole, wherever it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from chassis.storage import Missing, Storage, connect_storage
from tests.servers import S3


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return connect_storage(f"folder://{tmp_path / 'objects'}")
    s3: S3 = request.getfixturevalue("s3")
    made = connect_storage(f"s3://k:s@below?endpoint={s3.url}")
    made._client.create_bucket(Bucket="below")  # type: ignore[attr-defined]
    return made


def test_a_folder_goes_with_all_that_is_in_it_and_nothing_else(storage: Storage, tmp_path: Path) -> None:
    source = tmp_path / "file"
    source.write_bytes(b"content")
    gone, kept = ["a/1/x", "a/1/pages/y", "a/1/pages/z"], ["a/10/x", "a/1x", "b/1/x"]
    for key in (*gone, *kept):
        storage.put(key, source)
    for _ in range(2):
        storage.delete_below("a/1")
    for key in gone:
        with pytest.raises(Missing):
            storage.open(key)
    for key in kept:
        storage.open(key).close()
