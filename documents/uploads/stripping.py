"""Take out of an open document what acts, hides or carries other files; what is seen stays."""

import re
from typing import Any

import pikepdf

from documents import pages
from documents.errors import Refused

CATALOG = (
    "/OpenAction",
    "/AA",
    "/AF",
    "/Perms",
    "/Requirements",
    "/Legal",
    "/DSS",
    "/Threads",
    "/SpiderInfo",
    "/PieceInfo",
    "/ByteRange",
)
NAME_TREES = ("/JavaScript", "/EmbeddedFiles", "/Renditions", "/URLS", "/IDS", "/AlternatePresentations")
UNREMOVABLE = ("/Collection", "/NeedsRendering")
EVERYWHERE = ("/AA", "/JS", "/EF", "/AF", "/RichMediaContent", "/RichMediaSettings", "/PresSteps")
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI")  # streams whose content lies in another file
ACTIONS = ("/A", "/PA", "/Next")
SUSPECT = re.compile(rb"(?:%s)(?![A-Za-z0-9_])" % "|".join((*EVERYWHERE, *ACTIONS)).encode())
HARMLESS_ACTIONS = ("/GoTo", "/URI", "/Named")
HARMLESS_NAMES = ("/NextPage", "/PrevPage", "/FirstPage", "/LastPage")
LINKABLE = ("http:", "https:", "mailto:", "tel:")
UNWANTED_ANNOTATIONS = {"/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/TrapNet", "/Popup"}
DEPTH = 200


def strip(pdf: pikepdf.Pdf) -> None:
    """Remove scripts, launch and remote actions, embedded files, media; Refused pdf_active_content_unremovable."""
    for key in UNREMOVABLE:
        if pdf.Root.get(key):
            raise Refused("pdf_active_content_unremovable", key)
    _drop(pdf.Root, CATALOG)
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        _drop(names, NAME_TREES)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Object) and _suspicious(item):
            _clean(item, DEPTH)


def unwanted_annotations(listed: list[pikepdf.Page]) -> None:
    """Remove annotations that play, carry or launch something, and the pop-ups of comments."""
    for page in listed:
        annotations = page.obj.get("/Annots")
        if not isinstance(annotations, pikepdf.Array):
            _drop(page.obj, ("/Annots",))
            continue
        kept = [item for item in annotations if isinstance(item, pikepdf.Dictionary) and _wanted(item)]
        page.obj.Annots = pikepdf.Array(kept)


def require_passive(pdf: pikepdf.Pdf, listed: list[pikepdf.Page]) -> None:
    """Refused pdf_active_content_unremovable if a file that must stay as it is acts, or carries other files."""
    found = _catalog_acts(pdf.Root) or next((why for page in listed if (why := _plays(page))), None)
    if found:
        raise Refused("pdf_active_content_unremovable", found)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Object) and _suspicious(item):
            _require_passive(item, DEPTH)


def _catalog_acts(root: pikepdf.Object) -> str | None:
    opening, names, form = root.get("/OpenAction"), root.get("/Names"), root.get("/AcroForm")
    if isinstance(opening, pikepdf.Dictionary) and not _harmless(opening):
        return "/OpenAction"
    found = [key for key in ("/AA", "/AF", *UNREMOVABLE) if root.get(key)]
    found += [key for key in NAME_TREES if isinstance(names, pikepdf.Dictionary) and key in names]
    found += ["/XFA"] if isinstance(form, pikepdf.Dictionary) and "/XFA" in form else []
    return found[0] if found else None


def _plays(page: pikepdf.Page) -> str | None:
    annotations = page.obj.get("/Annots")
    listed = list(annotations) if isinstance(annotations, pikepdf.Array) else []
    kinds = {pages.spelled(item.get("/Subtype")) for item in listed if isinstance(item, pikepdf.Dictionary)}
    return next(iter(sorted(kinds & UNWANTED_ANNOTATIONS - {"/Popup", "/TrapNet"})), None)


def _require_passive(item: Any, depth: int) -> None:
    """Like `_clean`, and changes nothing."""
    if depth == 0:
        raise Refused("pdf_too_complex", "objects nested too deeply")
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and (armed := _armed(item)):
        raise Refused("pdf_active_content_unremovable", ", ".join(armed))
    for child in _children(item):
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _require_passive(child, depth - 1)


def _wanted(annotation: pikepdf.Object) -> bool:
    return pages.spelled(annotation.get("/Subtype")) not in UNWANTED_ANNOTATIONS


def _drop(dictionary: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def _suspicious(item: pikepdf.Object) -> bool:
    """False for what has no key that matters at any depth: qpdf tells that far faster than a walk, names decoded."""
    return isinstance(item, pikepdf.Stream) or bool(SUSPECT.search(item.unparse(resolved=True)))


def _clean(item: Any, depth: int) -> None:
    """Clean an indirect object and the direct objects inside it; indirect ones inside have their own turn."""
    if depth == 0:
        raise Refused("pdf_too_complex", "objects nested too deeply")
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        _drop(item, _armed(item))
    for child in _children(item):
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _clean(child, depth - 1)


def _children(item: Any) -> list[Any]:
    if isinstance(item, pikepdf.Array):
        return list(item)
    return [child for _, child in item.items()] if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else []


def _armed(holder: pikepdf.Object) -> tuple[str, ...]:
    """The keys of a dictionary or stream that act or fetch."""
    keys = set(holder.keys())
    found = keys.intersection(EVERYWHERE)
    if isinstance(holder, pikepdf.Stream):
        found |= keys.intersection(OUTSIDE)
    for key in keys.intersection(("/A", "/PA")):
        action = holder[key]
        if isinstance(action, pikepdf.Dictionary) and "/S" in action and not _harmless(action):
            found.add(key)
    return tuple(sorted(found | ({"/Next"} if {"/S", "/Next"} <= keys else set())))


def _harmless(action: pikepdf.Object) -> bool:
    kind = pages.spelled(action.get("/S"))
    if kind == "/URI":
        return _address(action.get("/URI")).strip().lower().startswith(LINKABLE)
    if kind == "/Named":
        return pages.spelled(action.get("/N")) in HARMLESS_NAMES
    return kind in HARMLESS_ACTIONS


def _address(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, pikepdf.String) else ""
