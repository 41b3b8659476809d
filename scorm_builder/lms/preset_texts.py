"""What HR reads of a preset: its texts with their keys, and the preset in another language.

English is in presets/*.yaml, other languages are in the PO files of the papers, where the context
of a text is its key. A preset is never mixed: all of its texts, or English.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from programme.papers.words import SOURCE_LANGUAGE, translated_texts
from programme.yaml_source import NodePath
from scorm_builder.lms.lms_presets import Fact, Preset, preset_names, read_preset

_STEPS = ("upload", "settings", "test")
_MENUS = "A menu whose name you do not know in your language stays in English, in quotes."
_KINDS = {
    "name": "its name in this paper",
    "upload": f"a step of the upload. {_MENUS}",
    "settings": f"something to set. {_MENUS}",
    "test": f"a step of the test. {_MENUS}",
    "facts": "something that is known of it",
    "update": "what happens when a package is replaced",
    "source": "where something that is known comes from",
}


@dataclass(frozen=True)
class PresetText:
    """One text: its `key`, such as lms.moodle.upload.1, and the places where it stands in the file.

    The source of several facts is one text with several places.
    """

    key: str
    text: str
    paths: tuple[NodePath, ...]


@functools.cache
def preset_in(name: str, language: str) -> tuple[Preset, str]:
    """Give a preset in a language if that has all of its texts, else in English; and which it is.

    Raises KeyError if there is no preset of that name.
    """
    preset = read_preset(name)
    if language == SOURCE_LANGUAGE:
        return preset, SOURCE_LANGUAGE
    texts = preset_texts(name)
    said = translated_texts(language, {one.key: one.text for one in texts})
    if len(said) < len(texts):
        return preset, SOURCE_LANGUAGE
    data = preset.model_dump()
    for one in texts:
        for path in one.paths:
            _replace(data, path, said[one.key])
    return Preset.model_validate(data), language


def preset_texts(name: str) -> list[PresetText]:
    """Give all texts of a preset that stand in the guide for HR, in the order of its file.

    The names of LMS families are names, and the source of the steps is not shown.
    """
    preset = read_preset(name)
    found = [*_words(preset), *_sources(preset)]
    return [PresetText(f"lms.{name}.{one.key}", one.text, one.paths) for one in found]


def preset_notes() -> dict[str, list[str]]:
    """Give {key: lines for translators} of the texts of all presets."""
    return {
        one.key: [f"Guide for HR, {read_preset(name).name}: {_KINDS[one.key.split('.')[2]]}"]
        for name in preset_names()
        for one in preset_texts(name)
    }


def _words(preset: Preset) -> Iterator[PresetText]:
    if preset.kind == "general":
        yield PresetText("name", preset.name, (("name",),))
    for kind in _STEPS:
        for number, step in enumerate(getattr(preset.guide, kind)):
            yield PresetText(f"{kind}.{number + 1}", step, (("guide", kind, number),))
    for path, fact in _facts(preset):
        yield PresetText(".".join(path), fact.text, ((*path, "text"),))


def _sources(preset: Preset) -> Iterator[PresetText]:
    places: dict[str, list[NodePath]] = {}
    for path, fact in _facts(preset):
        places.setdefault(fact.source, []).append((*path, "source"))
    for number, (text, paths) in enumerate(places.items(), 1):
        yield PresetText(f"source.{number}", text, tuple(paths))


def _facts(preset: Preset) -> Iterator[tuple[tuple[str, ...], Fact]]:
    for key, fact in preset.facts.items():
        yield ("facts", key), fact
    if preset.update:
        yield ("update",), preset.update


def _replace(data: Any, path: NodePath, text: str) -> None:
    """Put a text into nested dicts and lists."""
    *way, last = path
    for step in way:
        data = data[step]
    data[last] = text
