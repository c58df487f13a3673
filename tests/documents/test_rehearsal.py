"""What would fail after sending is refused at upload."""

from __future__ import annotations

import pikepdf
import pytest

from documents.errors import Refused
from documents.geometry import PageBox
from documents.uploads import rehearsal
from signet.demo.contract import sample_contract

A4 = PageBox(0.0, 0.0, 595.0, 842.0, 0, 1.0)


def test_a_sound_file_passes(tmp_path):
    path = tmp_path / "sound.pdf"
    path.write_bytes(sample_contract())
    rehearsal.rehearse(path, (A4, A4))


def test_a_file_without_its_catalog_is_refused(tmp_path):
    path = tmp_path / "lost.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    path.write_bytes(path.read_bytes().replace(b"/Root", b"/Boot"))
    with pytest.raises(Refused) as refused:
        rehearsal.rehearse(path, (A4,))
    assert refused.value.code == "pdf_damaged"


def test_a_page_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "short.pdf"
    path.write_bytes(sample_contract())
    with pytest.raises(Refused):
        rehearsal.rehearse(path, (A4, A4, A4))
