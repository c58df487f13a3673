"""What the server process that sandbox children are forked from loads once: libraries and fonts, no documents."""

from documents import append, certificatepages, images, intake, join, prepare, render, sealing, validate
from documents.fonts import CAVEAT, DANCING, TEXT, hb_font

LOADED = (append, certificatepages, images, intake, join, prepare, render, sealing, validate)
FONTS = [hb_font(face) for face in (*TEXT, CAVEAT, DANCING)]
