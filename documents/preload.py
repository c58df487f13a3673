"""Loads what the work on documents needs, once, in the process that children are forked from."""

import gc

import pikepdf
import pyhanko.sign.validation
import pypdfium2
import qrcode.main
import reportlab.pdfbase.ttfonts
from fontTools.pens import cu2quPen, ttGlyphPen
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from documents import append, certificatepages, images, intake, join, prepare, render, validate
from documents.fonts import TEXT, hb_font

LOADED = (
    pikepdf, pyhanko, pypdfium2, qrcode, reportlab, cu2quPen, ttGlyphPen, Image, ImageChops, ImageDraw, ImageFont,
    ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin, append, certificatepages, images, intake, join, prepare,
    render, validate,
)  # fmt: skip
for face in TEXT:
    hb_font(face)
gc.freeze()
