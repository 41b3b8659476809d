"""Course -> how far each translation is: what is done, what is left, who has read it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from programme.languages import LanguageStatus
from scorm_builder.translate.glossary import Glossary, glossary_findings, read_glossary
from scorm_builder.translate.po_units import is_fuzzy
from scorm_builder.translate.translatable import Translatable
from scorm_builder.translate.update import Catalogue, updated

_WORD = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True)
class GlossaryCount:
    """Texts that say `source` without any of `wanted`."""

    source: str
    wanted: list[str]
    texts: list[str]


@dataclass(frozen=True)
class TranslationStatus:
    """One language. Texts are counted once: translated, or fuzzy, stale or missing.

    `stale`: the source was reworded since; `fuzzy`: nobody has confirmed it, for another reason;
    `words_left` are the source's words in all texts that are not translated. `status` and
    `signed` come from course.yaml; `status` is None for a language that is not there yet.
    """

    language: str
    status: str | None
    signed: dict[str, str]
    second_reading: dict[str, str] | None
    texts: int
    translated: int
    fuzzy: int
    stale: int
    missing: int
    words_left: int
    glossary: list[GlossaryCount]

    def as_json(self) -> dict[str, Any]:
        """Give the same facts as nested dicts and lists."""
        return asdict(self)


def translation_status(subject: Translatable, languages: list[str]) -> list[TranslationStatus]:
    """Give the status of each language; raises InputError for a file that cannot be read."""
    glossary = read_glossary(subject.course) if subject.course else None
    return [_status(subject, updated(subject, language), glossary) for language in languages]


def _status(
    subject: Translatable, catalogue: Catalogue, glossary: Glossary | None
) -> TranslationStatus:
    counts = {"translated": 0, "fuzzy": 0, "stale": 0, "missing": 0}
    words_left = 0
    for text in subject.texts:
        kind = _kind(catalogue, text.context)
        counts[kind] += 1
        words_left += len(_WORD.findall(text.text)) if kind != "translated" else 0
    said = {context: str(entry.target) for context, entry in catalogue.entries.items()}
    language = catalogue.language
    course = subject.course
    found = glossary_findings(course, glossary, language, said) if course and glossary else []
    settings = subject.languages.get(language)
    return TranslationStatus(
        language=language,
        status=settings.status if settings else None,
        signed=_signed(settings),
        second_reading=_second_reading(settings),
        texts=sum(counts.values()),
        words_left=words_left,
        glossary=[GlossaryCount(one.source, list(one.wanted), list(one.contexts)) for one in found],
        **counts,
    )


def _kind(catalogue: Catalogue, context: str) -> str:
    entry = catalogue.entries[context]
    if not str(entry.target).strip():
        return "missing"
    if is_fuzzy(entry):
        return "stale" if entry.prev_msgid else "fuzzy"
    return "translated"


def _signed(status: LanguageStatus | None) -> dict[str, str]:
    """Give who reviewed and approved, and when, as far as course.yaml says so."""
    if status is None:
        return {}
    given = status.model_dump(exclude={"status", "second_reading"}, exclude_none=True)
    return {key: str(value) for key, value in given.items()}


def _second_reading(status: LanguageStatus | None) -> dict[str, str] | None:
    if status is None or status.second_reading is None:
        return None
    return {key: str(value) for key, value in status.second_reading.model_dump().items() if value}
