"""The generated documents say what the code says."""

from pathlib import Path

from docs.generate import documents


def test_the_documents_are_current():
    stale = [name for name, text in documents().items() if Path("docs", name).read_text() != text]
    assert not stale, "run make docs"
