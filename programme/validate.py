"""Plain data with places -> a pydantic model, or Problems in the author's own terms.

pydantic finds what is wrong; the words that an author reads are made here, never pydantic's.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import types
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError
from pydantic_core import ErrorDetails

from programme.problems import Problem
from programme.words import NotShown
from programme.yaml_source import NodePath, Source, is_old_boolean

Model = TypeVar("Model", bound=BaseModel)

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""A file means the same whatever else is installed, and nobody has to search all of it."""


class Strict(BaseModel):
    """Base of every model of a YAML file: frozen, no unknown keys, no silent conversion.

    A module of models does without `from __future__ import annotations`: every start would have to
    compile each annotation from its text.
    """

    # Only what a command validates is built: dozens of models would cost every start 50 ms.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def validate(model: type[Model], source: Source) -> tuple[Model | None, list[Problem]]:
    """Check `source` against `model`: the instance and no problems, or None and all problems."""
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        found = [_problem(details, model, source) for details in error.errors()]
        return None, _once_per_place(found)


_KEY = "[key]"
"""What pydantic puts at the end of the path when the key of a dict is wrong, not its value."""


def _once_per_place(problems: list[Problem]) -> list[Problem]:
    """Keep one problem per place: a union of models complains once for each member."""
    first: dict[tuple[int, int, str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.line, problem.column, problem.code), problem)
    return list(first.values())


def _problem(details: ErrorDetails, model: type[BaseModel], source: Source) -> Problem:
    loc = details["loc"]
    of_key = loc[-1:] == (_KEY,)
    path = _real_path(loc[:-1] if of_key else loc, source)
    kind = details["type"]
    context: dict[str, Any] = details.get("ctx") or {}
    name = f'"{path[-1]}"' if path and isinstance(path[-1], str) else "this entry"
    if of_key:
        path = (*path, "@key")
    if kind == "extra_forbidden":
        return _unknown_key(path, loc, model, source)
    if kind == "missing":
        what = f"the key {name} is missing here"
        return source.problem(path[:-1], "missing-key", what, f"Add a line: {path[-1]}: …")
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _wrong_tag(path, context, source)
    if kind in ("literal_error", "enum"):
        return _wrong_choice(path, name, details, context, source)
    if kind == "value_error":
        what, _, fix = str(context["error"]).partition(" | ")
        found = source.problem(path, "wrong-value", what, fix or "Correct the value.")
        is_shown = not isinstance(context["error"], NotShown)
        return found if is_shown else dataclasses.replace(found, source_line="")
    what, fix = _type_words(kind, name, context, details["input"])
    code = "too-long-or-short" if kind.startswith(("too_", "string_too")) else "wrong-type"
    code = "wrong-value" if kind in _LIMITS or kind == "string_unicode" else code
    return source.problem(path, code, what, fix)


def _real_path(loc: tuple[int | str, ...], source: Source) -> NodePath:
    """Drop the names of union members that pydantic puts between the real steps.

    A member may be called like a key beside it (a page of kind `text` has a key `text`), so a
    step that more steps follow has to be a place with places below it.
    """
    path: NodePath = ()
    for number, step in enumerate(loc):
        candidate = (*path, step)
        if number == len(loc) - 1 or _has_places_below(candidate, source):
            path = candidate
    return path


def _has_places_below(path: NodePath, source: Source) -> bool:
    size = len(path)
    return any(
        place[:size] == path and place[size] != "@key"
        for place in source.places
        if len(place) > size
    )


def _unknown_key(
    path: NodePath, loc: tuple[int | str, ...], model: type[BaseModel], source: Source
) -> Problem:
    key = str(path[-1])
    known = _fields_at(model, loc[:-1])
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    what = f'the key "{key}" is not known here'
    fix = f'Did you mean "{near[0]}"?' if near else f"Known keys: {', '.join(sorted(known))}."
    return source.problem((*path, "@key"), "unknown-key", what, fix)


def _fields_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Give the keys that the model allows at `loc`, walking lists, dicts and tagged unions."""
    models: list[type[BaseModel]] = [model]
    if issubclass(model, RootModel):
        models = models_in(model.model_fields["root"].annotation)
    for step in loc:
        deeper: list[type[BaseModel]] = []
        for one in models:
            if isinstance(step, str) and step in one.model_fields:
                deeper += models_in(one.model_fields[step].annotation)
        if deeper:
            models = deeper
        elif isinstance(step, str):
            models = [one for one in models if _tagged(one, step)] or models
    return sorted(
        {field.alias or name for one in models for name, field in one.model_fields.items()}
    )


def _tagged(model: type[BaseModel], tag: str) -> bool:
    kind = model.model_fields.get("kind")
    return kind is not None and tag in typing.get_args(kind.annotation)


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Give the models that an annotation names, in lists, dicts and unions too."""
    if isinstance(annotation, types.GenericAlias | types.UnionType) or typing.get_args(annotation):
        return [found for part in typing.get_args(annotation) for found in models_in(part)]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return []


def _wrong_tag(path: NodePath, context: dict[str, Any], source: Source) -> Problem:
    key = str(context.get("discriminator", "kind")).strip("'")
    expected = [word.strip(" '") for word in str(context.get("expected_tags", "")).split(",")]
    expected = [word for word in expected if word]
    tag = context.get("tag")
    if tag is None:
        known = f" ({', '.join(expected)})" if expected else ""
        what = f'the key "{key}" is missing here'
        return source.problem(path, "missing-key", what, f"Add a line: {key}: …{known}")
    near = difflib.get_close_matches(str(tag), expected, n=1, cutoff=0.5)
    hint = f'Did you mean "{near[0]}"? ' if near else ""
    what = f'"{tag}" is not a {key} that is known here'
    fix = f"{hint}Known: {', '.join(expected)}."
    return source.problem((*path, key), "unknown-kind", what, fix)


def _wrong_choice(
    path: NodePath, name: str, details: ErrorDetails, context: dict[str, Any], source: Source
) -> Problem:
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    given = details["input"]
    near = difflib.get_close_matches(str(given), expected.split(", "), n=1, cutoff=0.5)
    hint = f'Did you mean "{near[0]}"? ' if near else ""
    what = f'"{given}" is not a value for {name}'
    return source.problem(path, "wrong-value", what, f"{hint}Write one of: {expected}.")


_LIMITS = {
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
    "greater_than": ("more than", "gt"),
    "less_than": ("less than", "lt"),
}

_WANTED = {
    "string_type": ("text", 'Put the value in quotes: "…".'),
    "bool_type": ("true or false", "Write true or false, without quotes."),
    "int_type": ("a whole number", "Write digits only, without quotes."),
    "int_from_float": ("a whole number", "Write digits only, without a point."),
    "float_type": ("a number", "Write digits, without quotes."),
    "list_type": ("a list", 'Start each entry on its own line with "- ".'),
    "tuple_type": ("a list", 'Start each entry on its own line with "- ".'),
    "dict_type": ("keys with values", "Write key: value lines, indented below it."),
    "model_type": ("keys with values", "Write key: value lines, indented below it."),
    "model_attributes_type": ("keys with values", "Write key: value lines, indented below it."),
}


def _type_words(kind: str, name: str, context: dict[str, Any], given: object) -> tuple[str, str]:
    if kind in _LIMITS:
        words, key = _LIMITS[kind]
        return f"{name} is {given}", f"Write a number of {words} {context[key]}."
    if kind in ("string_too_short", "string_too_long"):
        limit = context.get("min_length", context.get("max_length"))
        if given == "":
            return f"{name} is empty", "Write the text."
        word = "at least" if kind == "string_too_short" else "at most"
        return f"{name} has {len(str(given))} characters", f"Write {word} {limit} characters."
    if kind in ("too_short", "too_long"):
        least = kind == "too_short"
        limit = context["min_length" if least else "max_length"]
        word = "at least" if least else "at most"
        return f"{name} has {context['actual_length']} entries", f"Write {word} {limit}."
    if kind == "string_unicode":
        return f"{name} has half a character (\\ud800 to \\udfff)", "Write the character itself."
    wanted, fix = _WANTED.get(
        kind, ("another kind of value", "Compare with docs/course-format.md.")
    )
    if kind == "bool_type" and is_old_boolean(given):
        return f'{name} is the word "{given}", not a truth value', fix
    return f"{name} should be {wanted}, but is {_described(given)}", fix


def _described(given: object) -> str:
    if given is None:
        return "empty"
    if isinstance(given, bool):
        return f"the truth value {str(given).lower()}"
    if isinstance(given, str):
        return f'the text "{given[:40]}"'
    if isinstance(given, int | float):
        return f"the number {given}"
    return "a list" if isinstance(given, list) else "keys with values"
