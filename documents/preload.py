"""Loads what the work on documents needs, once, in the process that children are forked from."""

import gc

import pikepdf
import pyhanko.sign.validation
import pypdfium2
import qrcode.main
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from documents import append, certificatepages, dossier, images, intake, join, prepare, render, validate
from documents.fonts import CJK, LATIN, TEXT, hb_font
from documents.fontsubsets import everyday, whole
from documents.verification import engine

LOADED = (
    pikepdf, pyhanko, pypdfium2, qrcode, Image, ImageChops, ImageDraw, ImageFont, ImageOps, JpegImagePlugin,
    PngImagePlugin, WebPImagePlugin, append, certificatepages, dossier, images, intake, join, prepare, render, validate,
    engine,
)  # fmt: skip
for face in TEXT:
    hb_font(face)
everyday(CJK)
whole(LATIN)
gc.freeze()
