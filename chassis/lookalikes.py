"""Names that people could take for another: by letters that look alike, and by characters that are not seen."""

from __future__ import annotations

import re
import unicodedata

ALIKE = str.maketrans(
    "\u0455\u0456\u04cf\u0435\u0442\u0578\u0581\u0261\u03b9\u03c4\u03b5\u03b7\u0131l1|!5$397",
    "siietnggiteniiiiissegt",
)
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that show nothing
BETWEEN = re.compile(r"[\W_]+")


def has_unseen(text: str) -> bool:
    """Whether something in it shows nothing, or turns the direction of what stands around it."""
    return any(unicodedata.category(char) in ("Cf", "Cn", "Co") or char in BLANKS for char in text)


def imitates(text: str, name: str) -> bool:
    """Whether a name, or a word of it, begins like this other name to the eye: ``Slgnet Security`` like ``Signet``."""
    wanted, words = BETWEEN.sub("", _bare(name)), BETWEEN.split(_bare(text))
    return bool(wanted) and any(word.startswith(wanted) for word in (*words, "".join(words)))


def _bare(text: str) -> str:
    """Small letters without accents, full width or mathematical ones as the plain ones."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char.translate(ALIKE) for char in apart if not unicodedata.combining(char))
