"""Objects of a file that was opened by pikepdf, as values for an update of it."""

from decimal import Decimal

import pikepdf

from documents.values import Raw, Ref, Value


def dictionary(holder: pikepdf.Object) -> dict[str, Value]:
    """The entries of a dictionary, each in the syntax it has; references stay references."""
    return {str(key): syntax(item) for key, item in holder.items()}


def syntax(item: pikepdf.Object) -> Raw:
    """An object in PDF syntax; an indirect one as its reference."""
    if isinstance(item, pikepdf.Object) and item.is_indirect:
        return Raw(b"%d %d R" % item.objgen)
    return Raw(item.unparse() if isinstance(item, pikepdf.Object) else _plain(item))


def reference(item: pikepdf.Object) -> Ref:
    """The reference of an indirect object; ValueError for a direct one."""
    if not item.is_indirect:
        raise ValueError("a direct object has no reference")
    return Ref(*item.objgen)


def _plain(item: object) -> bytes:
    """What pikepdf hands out as a Python value: a boolean, a number or null."""
    if item is None:
        return b"null"
    return f"{item:f}".encode() if isinstance(item, Decimal) else str(item).lower().encode()
