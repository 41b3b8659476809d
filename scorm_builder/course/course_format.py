"""The course's models -> docs/course-format.md; a test fails when the file is not current."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from programme import languages
from programme.settings import Id, LanguageTag
from programme.words import Fits, one_line
from scorm_builder.course import (
    course_model,
    course_records,
    course_texts,
    field_types,
    nodes,
    pages,
)
from scorm_builder.course.course_paths import MEDIA_KINDS
from scorm_builder.course.course_prose import INTRODUCTION, MEANINGS, RULES
from scorm_builder.course.field_types import Form

_PARTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("course.yaml", course_model.CourseFile),
    ("languages", languages.LanguageStatus),
    ("second reading", languages.SecondReading),
    ("check", course_model.CheckSettings),
    ("reading", course_model.ReadingSettings),
    ("role", course_model.RoleChoice),
    ("profile", course_model.ProfileChoice),
    ("A block file", course_model.Block),
    ("Page of kind `text`", pages.TextPage),
    ("Page of kind `cards`", pages.CardsPage),
    ("Card", nodes.Card),
    ("picture", nodes.Picture),
    ("Page of kind `video`", pages.VideoPage),
    ("Page of kind `true_false`", pages.TrueFalsePage),
    ("Statement", nodes.Statement),
    ("Page of kind `choose_one`", pages.ChooseOnePage),
    ("Page of kind `choose_several`", pages.ChooseSeveralPage),
    ("Option", nodes.Option),
    ("Page of kind `order`", pages.OrderPage),
    ("Step", nodes.Step),
    ("Page of kind `hotspot`", pages.HotspotPage),
    ("Object", nodes.SceneObject),
    ("Page of kind `signals_scale`", pages.SignalsScalePage),
    ("Card of a `signals_scale` page", nodes.ScaleCard),
    ("feedback of a scale card", nodes.ScaleFeedback),
    ("Page of kind `sort`", pages.SortPage),
    ("Bin", nodes.Bin),
    ("Card of a `sort` page", nodes.SortCard),
    ("Page of kind `dialogue`", pages.DialoguePage),
    ("Turn", nodes.Turn),
    ("Choice", nodes.Reply),
    ("Ending", nodes.Ending),
    ("Page of kind `reflection`", pages.ReflectionPage),
    ("Page of kind `role`", pages.RolePage),
    ("Page of kind `check`", pages.CheckPage),
    ("Page of kind `finish`", pages.FinishPage),
    ("questions.yaml: a list of", course_model.Question),
    ("signals.yaml: a list of", course_records.Signal),
)
_NAMED: dict[Any, str] = {
    Id: "small letters, digits and hyphens, at most 64",
    LanguageTag: "language tag such as `nl` or `pt-BR`",
    pages.Page: "page",
    field_types.NodeId: "id",
    field_types.ClaimId: "claim id",
    field_types.SvgId: "id of an element of the SVG",
    field_types.FilePath: "file name",
}


def course_format() -> str:
    """Give docs/course-format.md: prose, then one table of keys for each model."""
    parts = [INTRODUCTION]
    parts += [f"## {title}\n\n{_table(model)}" for title, model in _PARTS]
    contexts = (course_texts.__doc__ or "").partition("\n\n")[2].strip()
    parts.append(f"## Translations\n\n{contexts}")
    parts.append(RULES.format(media=", ".join(f"`{kind}`" for kind in MEDIA_KINDS)))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _table(model: type[BaseModel]) -> str:
    hints = typing.get_type_hints(model, include_extras=True)
    rows = ["| key | value | if left out | meaning |", "|---|---|---|---|"]
    for name, field in model.model_fields.items():
        key = field.alias or name
        cells = (f"`{key}`", _value(hints[name]), _default(field), _meaning(model, key))
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(rows)


def _meaning(model: type[BaseModel], key: str) -> str:
    """Give the words for one key, from the model or the nearest model that it extends."""
    names = [f"{one.__name__}.{key}" for one in model.__mro__]
    return next(MEANINGS[name] for name in names if name in MEANINGS)


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "required"
    if field.default is None:
        return "–"
    if field.default == []:
        return "none"
    return f"`{str(field.default).lower()}`"


def _value(hint: Any) -> str:
    """Say in words which values a type takes."""
    if hint in _NAMED:
        return _NAMED[hint]
    if typing.get_origin(hint) is Annotated:
        return _annotated(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return _value(next(one for one in typing.get_args(hint) if one is not type(None)))
    if typing.get_origin(hint) is Literal:
        return ", ".join(f"`{one}`" for one in typing.get_args(hint))
    if typing.get_origin(hint) is list:
        return f"list of {_value(typing.get_args(hint)[0])}"
    if typing.get_origin(hint) is dict:
        key, value = typing.get_args(hint)
        return f"for each {_value(key)}: {_value(value)}"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return next(title for title, model in _PARTS if model is hint).lower()
    return {bool: "`true` or `false`", int: "whole number", str: "text"}[hint]


def _annotated(hint: Any) -> str:
    inner, *metadata = typing.get_args(hint)
    flat = list(_constraints(metadata))
    for mark in flat:
        if isinstance(mark, AfterValidator) and mark.func is not one_line:
            wanted = mark.func.fix if isinstance(mark.func, Fits) else "date such as 2026-11-21"
            return wanted.removeprefix("Write ").rstrip(".")
    forms = [mark.value for mark in flat if isinstance(mark, Form)]
    words = forms[0] if forms else _value(inner)
    if forms and typing.get_origin(inner) is list:
        words = f"list of {words}"
    return words + _limits(flat, is_list=typing.get_origin(inner) is list)


def _constraints(metadata: list[Any]) -> Iterator[Any]:
    """Open the bundles that pydantic's Field makes of several constraints."""
    for mark in metadata:
        yield from mark.metadata if isinstance(mark, FieldInfo) else [mark]


def _limits(marks: list[Any], *, is_list: bool) -> str:
    low = next((m.ge if isinstance(m, Ge) else m.min_length for m in marks
                if isinstance(m, Ge | MinLen)), None)  # fmt: skip
    high = next((m.le if isinstance(m, Le) else m.max_length for m in marks
                 if isinstance(m, Le | MaxLen)), None)  # fmt: skip
    is_text = any(isinstance(m, MinLen | MaxLen) for m in marks) and not is_list
    if is_text:
        return f", at most {high} characters" if high else ""
    if low is None:
        return ""
    return f", {low} to {high}" if high is not None else f", {low} or more"
