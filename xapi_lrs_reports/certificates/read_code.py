"""What somebody was shown -> the text of its code: a PDF, a picture, a text file, or the text."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path

from programme.files import read_bytes
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.qr import read_qr

ATTACHMENT = "certificate-code.txt"
_LARGEST = 30_000_000
_LONGEST_TEXT = 20_000
_DOTS_PER_INCH = 220
_MOST_PAGES = 4
_LARGEST_SIDE = 3000
"""Points of the longest side of a page that is drawn: more than A0."""
_PICTURES = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
"""What phones and scanners write. Pillow has others too; for EPS it starts Ghostscript, and so runs
what a stranger wrote."""
_UNREADABLE = (OSError, ValueError, SyntaxError, TypeError, LookupError, RuntimeError, struct.error)
"""What Pillow raises for bytes that are no picture, or a broken one."""


@dataclass(frozen=True)
class Shown:
    """What was found.

    `attached` and `printed` are the codes in the PDF and on its pages, `text` the words of its
    pages; a picture has `printed` alone, a text `attached` alone.
    """

    place: str
    attached: str | None = None
    printed: tuple[str, ...] = ()
    text: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """Give every code that was found; a certificate has one."""
        return frozenset((*self.printed, *([self.attached] if self.attached else ())))


def read_shown(given: str) -> Shown:
    """Read a file, or take the text as it was given; raises InputError if there is no code."""
    path = Path(given)
    if not _is_file(path):
        if looks_like_a_code(given):
            return Shown("the text given", attached=given)
        what = "this is neither a file that is there nor the text of a certificate's code"
        fix = "Give the PDF, a picture of it, or the whole text that a phone reads from the code."
        raise _problem(given[:80], "verify-input", what, fix)
    shown = _of_bytes(str(path), _bytes(path))
    if not shown.codes:
        what = "no certificate's code was found in this file"
        fix = "Take a picture of the code alone: sharp, straight, and large."
        raise _problem(str(path), "verify-no-code", what, fix)
    return shown


def looks_like_a_code(text: str) -> bool:
    """Tell whether a text has the form of a signed code."""
    token = "".join(text.split()).rpartition("#")[2]
    return token.startswith("ey") and token.count(".") == 2


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _bytes(path: Path) -> bytes:
    try:
        return read_bytes(path, _LARGEST)
    except OSError as error:
        if error.errno == errno.EFBIG:
            what = f"this is no certificate: {error.strerror}"
            fix = "Give the certificate, or a smaller picture of it."
            raise _problem(str(path), "verify-too-large", what, fix) from None
        what = f"this file cannot be read: {error.strerror}"
        fix = "Check the name, and that it is a file and yours."
        raise _problem(str(path), "file-unreadable", what, fix) from None


def _of_bytes(place: str, data: bytes) -> Shown:
    if data.lstrip()[:5] == b"%PDF-":
        return _of_pdf(place, data)
    if len(data) <= _LONGEST_TEXT:
        with contextlib.suppress(UnicodeDecodeError):
            # The shell of Windows writes UTF-16 into a file.
            is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
            return Shown(place, attached=text if looks_like_a_code(text) else None)
    return Shown(place, printed=_of_picture(place, data))


def _of_picture(place: str, data: bytes) -> tuple[str, ...]:
    from PIL import Image

    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_PICTURES) as picture:
                return _codes(picture.convert("L"))
    except (*_UNREADABLE, *bombs):
        what = "this is no PDF, picture or text that can be read"
        fix = "Give the certificate as PDF, PNG or JPEG, or the text of its code."
        raise _problem(place, "verify-format", what, fix) from None


def _of_pdf(place: str, data: bytes) -> Shown:
    import pypdfium2

    try:
        with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
            printed: list[str] = []
            words: list[str] = []
            for index in range(min(len(document), _MOST_PAGES)):
                page = document[index]
                words.append(page.get_textpage().get_text_range())
                if max(page.get_size()) <= _LARGEST_SIDE:
                    printed += _codes(page.render(scale=_DOTS_PER_INCH / 72).to_pil())
            return Shown(place, _attachment(document), tuple(printed), "\n".join(words))
    except pypdfium2.PdfiumError:
        what = "this PDF is damaged, or locked with a password"
        fix = "Give it as it was sent, or a picture of its code."
        raise _problem(place, "verify-pdf", what, fix) from None


def _attachment(document: object) -> str | None:
    """Give the code that the PDF carries as an attachment."""
    for index in range(document.count_attachments()):  # type: ignore[attr-defined]
        attachment = document.get_attachment(index)  # type: ignore[attr-defined]
        if attachment.get_name() == ATTACHMENT:
            return bytes(attachment.get_data()).decode("utf-8", "replace")[:_LONGEST_TEXT].strip()
    return None


def _codes(picture: object) -> tuple[str, ...]:
    found = read_qr(picture)  # type: ignore[arg-type]
    return tuple(text for text in found if looks_like_a_code(text))


def _problem(place: str, code: str, what: str, fix: str) -> InputError:
    return InputError([Problem(place, 0, 0, code, what, fix)])
