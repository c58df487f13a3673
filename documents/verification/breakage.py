"""What the libraries raise on values that were tampered with; none of it is our fault, all of it is the file's."""

import struct
import zlib

from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.errors import SignatureValidationError

BROKEN = (
    SignatureValidationError, SigningError, UnsupportedAlgorithm, PdfError, ValueError, TypeError, LookupError,
    ArithmeticError, AttributeError, AssertionError, RecursionError, NotImplementedError, EOFError,
    OSError, zlib.error, struct.error,
)  # fmt: skip
