"""A specimen shows the certificate, and cannot be taken for one."""

from __future__ import annotations

import io
from pathlib import Path

from click.testing import CliRunner
from pypdf import PdfReader

from cli import main


def test_a_specimen_says_so_and_has_nothing_to_verify(tmp_path: Path) -> None:
    arguments = ["specimen", "--out", str(tmp_path / "print"), "--language", "nl", "--png"]
    made = CliRunner().invoke(main, arguments)
    assert made.exit_code == 0, made.output
    pdf, png = (tmp_path / "print" / "nl" / f"specimen-nl-a4.{kind}" for kind in ("pdf", "png"))
    assert made.stdout.split() == [str(pdf), str(png)] and png.read_bytes()[1:4] == b"PNG"
    read = PdfReader(io.BytesIO(pdf.read_bytes()))
    text = " ".join(read.pages[0].extract_text().split())
    assert "Voorbeeld" in text and "0000-0000" in text and "Hotel Example" in text
    assert not read.attachments, "a code that looks like one of the register"


def test_a_specimen_without_words_is_refused(tmp_path: Path) -> None:
    made = CliRunner().invoke(main, ["specimen", "--out", str(tmp_path), "--language", "sv"])
    assert made.exit_code == 1 and "error[specimen-language]" in made.stderr
    assert not list(tmp_path.iterdir())
