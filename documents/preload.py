"""Loads what the work on documents needs, once, in the process that children are forked from."""

import gc

import pikepdf
import pyhanko.sign.validation
import pypdfium2
import qrcode.main
import resvg_py
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from documents import validate
from documents.drawing import images, sealimages
from documents.drawing.fonts import CJK, LATIN, TEXT, hb_font
from documents.drawing.fontsubsets import everyday, whole
from documents.drawing.seals import drawing
from documents.drawing.seals.outlines import SONG
from documents.papers import certificatepages, dossier
from documents.rendering import render
from documents.revisions import append, prepare
from documents.uploads import intake, join
from documents.verification import engine

LOADED = (
    pikepdf, pyhanko, pypdfium2, qrcode, Image, ImageChops, ImageDraw, ImageFont, ImageOps, JpegImagePlugin,
    PngImagePlugin, WebPImagePlugin, append, certificatepages, dossier, images, intake, join, prepare, render, validate,
    engine, resvg_py, sealimages, drawing,
)  # fmt: skip
for face in (*TEXT, SONG):
    hb_font(face)
everyday(CJK)
whole(LATIN)
gc.freeze()
