"""The models -> JSON Schema (draft 2020-12) of each YAML file, for editors that complete and check.

A schema knows the shape of one file. What needs more than the shape (an id used twice, a claim
without a source) is found by `noroom check`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, RootModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from programme.contacts.records import ContactId, Verified
from programme.settings import Chain, Programme
from programme.validate import models_in
from programme.words import Fits, one_line, real_date
from scorm_builder.course import schema_words
from scorm_builder.course.course_model import Block, CourseFile, Question
from scorm_builder.course.course_records import Signal
from scorm_builder.course.site_records import SiteFile, StoriesFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class YamlFile:
    """A kind of YAML file: the name of its schema, where such files stand, its model.

    `places` is a glob as editors read it; `shape` is that of the file where it holds more than one
    `model`.
    """

    name: str
    places: str
    title: str
    model: type[BaseModel]
    shape: Any = None

    @property
    def schema_name(self) -> str:
        """Name of the file with the schema."""
        return f"{self.name}.schema.json"


FILES = (
    YamlFile("course", "**/course.yaml", "course.yaml", CourseFile),
    YamlFile("block", "**/blocks/*.yaml", "a block file", Block),
    YamlFile("questions", "**/questions.yaml", "questions.yaml", Question, list[Question]),
    YamlFile("signals", "**/signals.yaml", "signals.yaml", Signal, list[Signal]),
    YamlFile("site", "**/site/site.yaml", "site/site.yaml", SiteFile),
    YamlFile("stories", "**/site/stories.yaml", "site/stories.yaml", StoriesFile),
    YamlFile("programme", "**/programme.yaml", "programme.yaml", Programme),
    YamlFile("chain", "**/chains/*/chain.yaml", "chain.yaml", Chain),
    YamlFile(
        "verified_contacts", "**/verified_contacts.yaml", "verified_contacts.yaml",
        Verified, dict[ContactId, Verified],
    ),
)  # fmt: skip


def schemas() -> dict[str, JsonSchemaValue]:
    """Give every schema by its file's name, such as "course.schema.json"."""
    return {file.schema_name: schema(file) for file in FILES}


def schema(file: YamlFile) -> JsonSchemaValue:
    """Give the schema of one kind of file."""
    models: dict[str, type[BaseModel]] = {}
    _collect(file.model, models)
    whole = RootModel[file.shape] if file.shape else file.model  # type: ignore[name-defined]
    made = whole.model_json_schema(by_alias=True, schema_generator=_Generator)
    if not file.shape:
        _describe(made, file.model)
    for name, part in made.get("$defs", {}).items():
        _describe(part, models[name])
    return {"$schema": DIALECT, **made, "title": f"noroom: {file.title}"}


def schema_text(made: JsonSchemaValue) -> str:
    """Give a schema as the text of its file."""
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def editor_settings(folder: str) -> str:
    """Give the lines for the settings of VS Code that switch the schemas in `folder` on."""
    chosen = {f"{folder}/{file.schema_name}": file.places for file in FILES}
    return json.dumps({"yaml.schemas": chosen}, indent=2, ensure_ascii=False)


class _Generator(GenerateJsonSchema):
    """Adds to pydantic's schemas what only our own validators know: the form of single words."""

    def function_after_schema(
        self, schema: core_schema.AfterValidatorFunctionSchema
    ) -> JsonSchemaValue:
        made = super().function_after_schema(schema)
        function = schema["function"]["function"]
        if isinstance(function, Fits):
            # In a pattern of ECMA-262 a quote must not be escaped.
            pattern = function.pattern.replace('\\"', '"')
            return {**made, "pattern": f"^(?:{pattern})$", "description": function.fix}
        if function is one_line:
            return {**made, "pattern": r"^(?=.*\S)[^\u0000-\u001f\u007f-\u009f]+$"}
        if function is real_date:
            words = "Year-month-day, such as 2026-11-21."
            form = {"format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
            return {**made, **form, "description": words}
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made


def _collect(model: type[BaseModel], found: dict[str, type[BaseModel]]) -> None:
    """Gather the models that `model` is made of, by name."""
    if model.__name__ in found:
        return
    found[model.__name__] = model
    for field in model.model_fields.values():
        for part in models_in(field.annotation):
            _collect(part, found)


def _describe(made: JsonSchemaValue, model: type[BaseModel]) -> None:
    """Put the words of the documentation at each key; editors show them."""
    made["description"] = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    for key, value in made.get("properties", {}).items():
        value.pop("title", None)
        words = schema_words.meaning(model, key)
        form = value.pop("description", "")
        value["description"] = f"{words[:1].upper()}{words[1:]}. {form}".strip()
