"""A person's word on a language -> course.yaml and the PO header, nothing else in them touched.

Values are changed in the text of course.yaml at the places that the YAML parser gives, so that
comments, order and spacing stay. What comes out is read again before it counts.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass

import yaml

from programme.problems import InputError, Problem
from programme.yaml_source import Data, parse_yaml, read_text
from scorm_builder.course import Course
from scorm_builder.load_course import FILE, load_course
from scorm_builder.translate.po_units import quoted
from scorm_builder.translate.translatable import of_course
from scorm_builder.translate.update import Catalogue, updated

_BARE = re.compile(r"[^\W\d_][\w .'’()-]*[\w.)]")
_NO_WORDS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
_STATUS = re.compile(r"^X-Status:.*$", re.MULTILINE)


@dataclass(frozen=True)
class Review:
    """Who says what about a language; `on` is an ISO date."""

    language: str
    status: str
    by: str
    on: str

    def fields(self) -> dict[str, str]:
        """Give the keys of course.yaml that the review sets."""
        verb = {"reviewed": "reviewed", "approved": "approved"}[self.status]
        return {"status": self.status, f"{verb}_by": self.by, f"{verb}_on": self.on}


def reviewed(course: Course, review: Review) -> tuple[bytes, Catalogue | None]:
    """Give course.yaml's new content and the PO file to write (None for the source language).

    Raises InputError if the language has problems, is not in the course, or would be approved
    before anybody has reviewed it.
    """
    settings = course.languages.get(review.language)
    if settings is None:
        what = f'there is no language "{review.language}"'
        fix = f"There are: {', '.join(course.languages)}."
        raise InputError([course.settings.problem(("languages",), "language-unknown", what, fix)])
    if review.status == "approved" and not (settings.reviewed_by and settings.reviewed_on):
        what = f"{review.language} cannot be approved: nobody has reviewed it yet"
        fix = "Let a person review it first, with --status reviewed."
        path = ("languages", review.language, "status")
        raise InputError([course.settings.problem(path, "review-missing", what, fix)])
    load_course(course.folder, [review.language])
    file = course.settings.source.file
    on_disk = course.folder / FILE
    text = _edited(file, read_text(on_disk, file), review)
    content = _as_before(text, on_disk.read_bytes())
    if review.language == course.source_language:
        return content, None
    catalogue = updated(of_course(course), review.language)
    _mark(catalogue, review.status)
    return content, catalogue


def _as_before(text: str, old: bytes) -> bytes:
    """Give the text with the line ends and the BOM that the file had."""
    new = text.encode("utf-8")
    if b"\r\n" in old:
        new = new.replace(b"\n", b"\r\n")
    return codecs.BOM_UTF8 + new if old.startswith(codecs.BOM_UTF8) else new


def _edited(file: str, text: str, review: Review) -> str:
    """Set the keys of one language; raises InputError where the file's form does not allow it."""
    fields = review.fields()
    before = parse_yaml(text, file).data
    for key, value in fields.items():
        text = _with_key(text, review.language, key, _scalar(value))
    after = parse_yaml(text, file).data
    if after != _expected(before, review.language, fields):
        what = "this file is written in a form that cannot be edited safely"
        lines = "; ".join(f"{key}: {value}" for key, value in fields.items())
        fix = f"Write it by hand, under languages: {review.language}: {lines}."
        raise InputError([Problem(file, 0, 0, "review-by-hand", what, fix)])
    return text


def _expected(data: Data, language: str, fields: dict[str, str]) -> Data:
    if not isinstance(data, dict):
        return data
    languages = data["languages"]
    if not isinstance(languages, dict):
        return data
    old = languages[language]
    new: Data = {**old, **fields} if isinstance(old, dict) else old
    return {**data, "languages": {**languages, language: new}}


def _with_key(text: str, language: str, key: str, value: str) -> str:
    """Replace one value, or add the key behind the last one of its mapping."""
    mapping = _mapping(text, language)
    for name, node in mapping.value:
        if name.value == key:
            return text[: node.start_mark.index] + value + text[node.end_mark.index :]
    first, last = mapping.value[0][0], mapping.value[-1][1]
    end = last.end_mark.index
    if mapping.flow_style:
        return f"{text[:end]}, {key}: {value}{text[end:]}"
    while end > 0 and text[end - 1] in " \n":
        end -= 1
    newline = text.find("\n", end)
    end = len(text) if newline < 0 else newline
    return f"{text[:end]}\n{' ' * first.start_mark.column}{key}: {value}{text[end:]}"


def _mapping(text: str, language: str) -> yaml.MappingNode:
    """Find the node of one language; load_course has seen that it is there."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in ("languages", language):
        if not isinstance(node, yaml.MappingNode):
            raise TypeError(f"course.yaml has no mapping above {step}")
        node = next(value for key, value in node.value if key.value == step)
    if not isinstance(node, yaml.MappingNode):
        raise TypeError(f"course.yaml has no mapping for {language}")
    return node


def _scalar(value: str) -> str:
    """Write a value so that YAML reads it back as this text, in flow and block style."""
    is_word = _BARE.fullmatch(value) and value.lower() not in _NO_WORDS
    if is_word or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _mark(catalogue: Catalogue, status: str) -> None:
    """Say the status in the PO header too."""
    header = catalogue.units[0]
    old = str(header.target)
    line = f"X-Status: {status}"
    new = _STATUS.sub(line, old) if _STATUS.search(old) else f"{old.rstrip()}\n{line}\n"
    if new != old:
        header.target = new
        header.msgstr = quoted(new)
