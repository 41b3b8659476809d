"""Faults of what stands in a file: bytes that are no such file, and offices' ways with tables."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence

Change = Callable[[bytes], bytes]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Sign in</body></html>\n"

ANY: dict[str, Change] = {
    "empty": lambda raw: b"",
    "blanks only": lambda raw: b" \n\n \n",
    "a picture": lambda raw: PNG,
    "a spreadsheet or archive": lambda raw: b"PK\x03\x04" + bytes(range(256)) * 4,
    "a web page (sign in)": lambda raw: PAGE,
    "random bytes": lambda raw: bytes((n * n * 31 + n) % 256 for n in range(4096)),
    "NUL bytes only": lambda raw: bytes(5000),
    "first half only": lambda raw: raw[: len(raw) // 2],
    "last bytes gone": lambda raw: raw[:-9],
    "one line of 1.5 million signs": lambda raw: b"a" * 1_500_000,
    "100,000 brackets": lambda raw: b"[" * 100_000,
}
TEXT: dict[str, Change] = {
    "BOM": lambda raw: codecs.BOM_UTF8 + raw,
    "Windows line ends": lambda raw: raw.replace(b"\n", b"\r\n"),
    "old Mac line ends": lambda raw: raw.replace(b"\n", b"\r"),
    "UTF-16 with BOM": lambda raw: raw.decode().encode("utf-16"),
    "UTF-16 without BOM": lambda raw: raw.decode().encode("utf-16-le"),
    "Latin-1 letter at its end": lambda raw: raw.rstrip(b"\n") + b" \xe9\n",
    "NUL in the middle": lambda raw: raw[: len(raw) // 2] + b"\0" + raw[len(raw) // 2 :],
}
HARMLESS = {"BOM", "Windows line ends"}
"""What every reader of text takes as if it were not there."""


def rows_of(raw: bytes) -> list[list[str]]:
    """Give the rows of a table with commas."""
    return list(csv.reader(io.StringIO(raw.decode())))


def table(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """Write rows as Excel does."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def in_first_cell(change: Callable[[str], str]) -> Change:
    """Change the first value of the first row below the header."""

    def changed(raw: bytes) -> bytes:
        header, first, *rest = rows_of(raw)
        return table([header, [change(first[0]), *first[1:]], *rest])

    return changed


def header(change: Callable[[list[str]], list[str]]) -> Change:
    """Change the names of the columns."""
    return lambda raw: table([change(rows_of(raw)[0]), *rows_of(raw)[1:]])


def each(change: Callable[[list[str]], list[str]]) -> Change:
    """Change every row, the header too."""
    return lambda raw: table([change(row) for row in rows_of(raw)])


def other_dates(raw: bytes) -> bytes:
    return re.sub(rb"\d\d(\d\d)-(\d\d)-(\d\d)", rb"\3-\2-\1", raw)


CSV: dict[str, Change] = {
    "header only": lambda raw: raw.splitlines(keepends=True)[0],
    "semicolons": lambda raw: table(rows_of(raw), ";"),
    "tabs": lambda raw: table(rows_of(raw), "\t"),
    "sep=; above": lambda raw: b"sep=;\r\n" + table(rows_of(raw), ";"),
    "title above": lambda raw: b"Our hotels in November\n\n" + raw,
    "first column gone": each(lambda row: row[1:]),
    "first column renamed": header(lambda row: [row[0] + "_nr", *row[1:]]),
    "first column twice": each(lambda row: [row[0], *row]),
    "column more": each(lambda row: [*row, "remarks"]),
    "columns turned round": each(lambda row: row[::-1]),
    "names in capitals": header(lambda row: [name.upper() for name in row]),
    "value too many": lambda raw: raw.rstrip(b"\n") + b",1,2,3\n",
    "row twice": lambda raw: raw + raw.splitlines(keepends=True)[-1],
    "quote never closed": lambda raw: raw.rstrip(b"\n") + b'\n"acme-1,x\n',
    "line break in quotes": in_first_cell(lambda text: text + "\n"),
    "dates as 21-11-26": other_dates,
    "zero before the id": in_first_cell(lambda text: "0" + text),
    "formula": in_first_cell(lambda text: f'=HYPERLINK("http://x.example";"{text}")'),
    "blanks around the id": in_first_cell(lambda text: f" {text}  "),
    "no-break space after the id": in_first_cell(lambda text: text + "\u00a0"),
    "zero-width space in the id": in_first_cell(lambda text: text[:1] + "\u200b" + text[1:]),
    "Cyrillic letter in the id": in_first_cell(
        lambda text: text.replace("a", "\u0430").replace("e", "\u0435")
    ),
    "capital in the id": in_first_cell(str.upper),
}
YAML: dict[str, Change] = {
    "tab before a key": lambda raw: raw.rstrip(b"\n") + b"\n\tx: 1\n",
    "key twice": lambda raw: raw.rstrip(b"\n") + b"\n" + raw.splitlines()[0] + b"\n",
    "unknown key": lambda raw: raw.rstrip(b"\n") + b"\nunknown_key: 1\n",
    "a list": lambda raw: b"- a\n- b\n",
    "one word": lambda raw: b"hello\n",
    "aliases (a bomb)": lambda raw: b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "two documents": lambda raw: raw + b"---\n" + raw,
    "no-break space before a value": lambda raw: raw.replace(b": ", b":\xc2\xa0", 1),
    "a key's colon without space": lambda raw: raw.replace(b": ", b":", 1),
}
XML: dict[str, Change] = {
    "entity (a bomb)": lambda raw: re.sub(
        rb"(<\?xml[^>]*\?>)?",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        raw,
        count=1,
    ),
    "root element twice": lambda raw: raw + b"<x/>",
    "another encoding declared": lambda raw: re.sub(
        rb"<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="UTF-16"?>', raw, count=1
    ),
}
JSON: dict[str, Change] = {
    "key twice": lambda raw: raw.replace(b"{", b'{"x": 1, "x": 2, ', 1),
    "NaN": lambda raw: raw.replace(b"{", b'{"x": NaN, ', 1),
    "comma at the end": lambda raw: re.sub(rb"([}\]])\s*$", rb",\1", raw),
    "single quotes": lambda raw: raw.replace(b'"', b"'"),
    "half a surrogate": lambda raw: raw.replace(b"{", b'{"x": "\\ud800", ', 1),
    "a number of 5,000 digits": lambda raw: raw.replace(b"{", b'{"x": ' + b"9" * 5000 + b", ", 1),
    "a list of numbers": lambda raw: b"[1, 2, 3]\n",
    "null": lambda raw: b"null\n",
    "values of another type": lambda raw: re.sub(rb'": "[^"]*"', b'": 7', raw),
}
