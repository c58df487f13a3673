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
)
NAME_TREES = ("/JavaScript", "/EmbeddedFiles", "/Renditions", "/URLS", "/IDS", "/AlternatePresentations")
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
    for key in ("/Collection", "/NeedsRendering"):
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


def require_unsigned(pdf: pikepdf.Pdf) -> None:
    """Refused pdf_signed if a field carries a signature or the document is certified."""
    permissions = pdf.Root.get("/Perms")
    if isinstance(permissions, pikepdf.Dictionary) and "/DocMDP" in permissions:
        raise Refused("pdf_signed", "certified")
    form = pdf.Root.get("/AcroForm")
    waiting: list[tuple[Any, Any]] = [(item, None) for item in _array(form, "/Fields")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        field, inherited_kind = waiting.pop()
        if not isinstance(field, pikepdf.Dictionary) or (field.is_indirect and field.objgen in seen):
            continue
        seen.add(field.objgen)
        kind = field.get("/FT", inherited_kind)
        if kind == "/Sig" and isinstance(field.get("/V"), pikepdf.Dictionary):
            raise Refused("pdf_signed", "signature field with a value")
        waiting += [(kid, kind) for kid in _array(field, "/Kids")]


def _wanted(annotation: pikepdf.Object) -> bool:
    return pages.spelled(annotation.get("/Subtype")) not in UNWANTED_ANNOTATIONS


def _array(holder: Any, key: str) -> list[Any]:
    found = holder.get(key) if isinstance(holder, pikepdf.Dictionary) else None
    return list(found) if isinstance(found, pikepdf.Array) else []


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
    if isinstance(item, pikepdf.Array):
        children = list(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        _disarm(item)
        children = [child for _, child in item.items()]
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _clean(child, depth - 1)


def _disarm(holder: pikepdf.Object) -> None:
    keys = set(holder.keys())
    if isinstance(holder, pikepdf.Stream):
        _drop(holder, OUTSIDE)
    for key in keys.intersection(EVERYWHERE):
        del holder[key]
    for key in keys.intersection(("/A", "/PA")):
        action = holder[key]
        if isinstance(action, pikepdf.Dictionary) and "/S" in action and not _harmless(action):
            del holder[key]
    if {"/S", "/Next"} <= keys:
        del holder["/Next"]


def _harmless(action: pikepdf.Object) -> bool:
    kind = pages.spelled(action.get("/S"))
    if kind == "/URI":
        return _address(action.get("/URI")).strip().lower().startswith(LINKABLE)
    if kind == "/Named":
        return pages.spelled(action.get("/N")) in HARMLESS_NAMES
    return kind in HARMLESS_ACTIONS


def _address(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, pikepdf.String) else ""
