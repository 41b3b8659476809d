"""QR codes: drawn for the certificate, and read back from pictures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

QUIET_ZONE = 4
"""Modules of white around a code (ISO/IEC 18004, section 9.1)."""


def qr_svg(text: str) -> str:
    """Draw a QR code of error correction level M, with its quiet zone; black on white."""
    import segno

    drawn = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(
        drawn, kind="svg", border=QUIET_ZONE, xmldecl=False, light="#ffffff"
    )
    return drawn.getvalue().decode()


def read_qr(picture: Image) -> list[str]:
    """Give the texts of all QR codes in a picture, in no order."""
    import zxingcpp

    kinds = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(picture, formats=kinds)
    return [code.text for code in found if code.valid]
