"""Plain values as objects of an open pikepdf document."""

from decimal import Decimal
from typing import Any

import pikepdf

from documents.values import Indirect, Name, Stream, Value


class Converter:
    """Turns values into pikepdf objects; a stream or indirect value that comes twice is written once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._written: dict[int, tuple[Any, Any]] = {}

    def __call__(self, value: Value) -> Any:
        """The value as a pikepdf object."""
        match value:
            case Stream() | Indirect():
                return self._reference(value)
            case Name():
                return pikepdf.Name(value)
            case bool() | int():
                return value
            case float():
                return Decimal(f"{value:.4f}")
            case str() | bytes():
                return pikepdf.String(value)
            case list() | tuple():
                return pikepdf.Array([self(item) for item in value])
            case _:
                return pikepdf.Dictionary({key: self(item) for key, item in value.items()})

    def _reference(self, value: Stream | Indirect) -> Any:
        if id(value) not in self._written:
            self._written[id(value)] = (value, self._write(value))
        return self._written[id(value)][1]

    def _write(self, value: Stream | Indirect) -> Any:
        if isinstance(value, Indirect):
            return self._pdf.make_indirect(pikepdf.Dictionary({key: self(item) for key, item in value.entries.items()}))
        entries, data = value.written
        return self._pdf.make_stream(data, {key: self(item) for key, item in entries.items() if key != "/Length"})
