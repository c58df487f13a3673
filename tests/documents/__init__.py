"""Tests of the PDF work: real files, real signatures, no mocks."""
