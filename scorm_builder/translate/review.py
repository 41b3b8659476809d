"""A person's word on a language -> course.yaml or chain.yaml, and the PO header; nothing else.

Values are changed in the text of the YAML file at the places that the YAML parser gives, so that
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
from scorm_builder.translate.po_units import quoted
from scorm_builder.translate.translatable import Statuses, Translatable
from scorm_builder.translate.update import Catalogue, po_path, updated

Where = tuple[str, str]
"""Key of the statuses, language."""

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
        """Give the keys that the review sets."""
        verb = {"reviewed": "reviewed", "approved": "approved"}[self.status]
        return {"status": self.status, f"{verb}_by": self.by, f"{verb}_on": self.on}


def reviewed(
    subject: Translatable, statuses: Statuses, review: Review
) -> tuple[bytes, Catalogue | None]:
    """Give the new content of course.yaml or chain.yaml, and the PO file to write, if there is one.

    Raises InputError if the language has problems, is not there, or would be approved before
    anybody has reviewed it.
    """
    settings = subject.languages.get(review.language)
    if settings is None:
        what = f'there is no language "{review.language}"'
        fix = f"There are: {', '.join(subject.languages)}."
        raise InputError([statuses.source.problem((statuses.key,), "language-unknown", what, fix)])
    if review.status == "approved" and not (settings.reviewed_by and settings.reviewed_on):
        what = f"{review.language} cannot be approved: nobody has reviewed it yet"
        fix = "Let a person review it first, with --status reviewed."
        path = (statuses.key, review.language, "status")
        raise InputError([statuses.source.problem(path, "review-missing", what, fix)])
    statuses.require_right(review.language)
    text = _edited(statuses, read_text(statuses.file, statuses.source.file), review)
    content = _as_before(text, statuses.file.read_bytes())
    if not po_path(subject, review.language).is_file():
        return content, None
    catalogue = updated(subject, review.language)
    _mark(catalogue, review.status)
    return content, catalogue


def _as_before(text: str, old: bytes) -> bytes:
    """Give the text with the line ends and the BOM that the file had."""
    new = text.encode("utf-8")
    if b"\r\n" in old:
        new = new.replace(b"\n", b"\r\n")
    return codecs.BOM_UTF8 + new if old.startswith(codecs.BOM_UTF8) else new


def _edited(statuses: Statuses, text: str, review: Review) -> str:
    """Set the keys of one language; raises InputError where the file's form does not allow it."""
    fields, file, where = review.fields(), statuses.source.file, (statuses.key, review.language)
    before = parse_yaml(text, file).data
    if not _has(before, where):
        what = f"{where[1]} has no line under {where[0]} yet"
        fix = f"Add to {where[0]}: {where[1]}: {{ status: draft }}."
        raise InputError([statuses.source.problem((where[0],), "language-unknown", what, fix)])
    for key, value in fields.items():
        text = _with_key(text, where, key, _scalar(value))
    after = parse_yaml(text, file).data
    if after != _expected(before, where, fields):
        what = "this file is written in a form that cannot be edited safely"
        lines = "; ".join(f"{key}: {value}" for key, value in fields.items())
        fix = f"Write it by hand, under {where[0]}: {where[1]}: {lines}."
        raise InputError([Problem(file, 0, 0, "review-by-hand", what, fix)])
    return text


def _has(data: Data, where: Where) -> bool:
    languages = data.get(where[0]) if isinstance(data, dict) else None
    return isinstance(languages, dict) and bool(languages.get(where[1]))


def _expected(data: Data, where: Where, fields: dict[str, str]) -> Data:
    if not isinstance(data, dict):
        return data
    key, language = where
    languages = data[key]
    if not isinstance(languages, dict):
        return data
    old = languages[language]
    new: Data = {**old, **fields} if isinstance(old, dict) else old
    return {**data, key: {**languages, language: new}}


def _with_key(text: str, where: Where, key: str, value: str) -> str:
    """Replace one value, or add the key behind the last one of its mapping."""
    mapping = _mapping(text, where)
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


def _mapping(text: str, where: Where) -> yaml.MappingNode:
    """Find the node of one language, which is there."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in where:
        if not isinstance(node, yaml.MappingNode):
            raise TypeError(f"there is no mapping above {step}")
        node = next(value for key, value in node.value if key.value == step)
    if not isinstance(node, yaml.MappingNode):
        raise TypeError(f"there is no mapping for {where[1]}")
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
