"""The guide for HR: what to click in their LMS, what to set, how to test, what to send back."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from programme.papers.words import SOURCE_LANGUAGE
from scorm_builder.documents.filled_words import (
    FilledWords,
    code,
    filled_words,
    name,
    whole_number,
    words_in,
)
from scorm_builder.documents.language_names import language_name
from scorm_builder.documents.render import Article, render
from scorm_builder.lms.lms_presets import Fact, options_of, preset_name_of
from scorm_builder.lms.option_effects import acting
from scorm_builder.lms.preset_texts import preset_in

if TYPE_CHECKING:
    from markupsafe import Markup

    from scorm_builder.documents.handover import Handover

GUIDE, PAPER = "upload-guide.html", "upload_guide"
STANDARD_NAMES = {"scorm12": "SCORM 1.2", "cmi5": "cmi5", "xapi": "xAPI (tincan.xml)"}
"""Names that are the same in every language; the paper has words for the others."""
CODE = "2YPT-FV38-2J88-02WQ"


def upload_guide(handover: Handover) -> bytes:
    """Give upload-guide.html."""
    return render(GUIDE, PAPER, handover, lambda one: _article(handover, one))


def _article(handover: Handover, language: str) -> Article:
    preset, spoken = preset_in(preset_name_of(handover.chain), language)
    foreign = None if spoken == language else SOURCE_LANGUAGE
    lms = name(preset.name) if preset.kind == "family" else words_in(foreign, preset.name)
    words = _words(handover, language, lms)
    standards = [standard for _, standard, *_ in handover.packages]
    choices = [len(languages) > 1 for _, _, languages, *_ in handover.packages]
    options = options_of(handover.chain)
    return {
        "words": words,
        "packages": _packages(handover, language, words),
        "one_for_all": all(choices),
        "has_choice": any(choices),
        "several_standards": len(set(standards)) > 1,
        "has_web": "web" in standards,
        "in_parts": any(acting(options, one).scos == "per_block" for one in standards),
        "sends": handover.chain.lrs is not None,
        "preset": preset,
        "preset_language": foreign,
        "facts": [_fact(fact, words, foreign) for fact in preset.facts.values()],
        "new_version": _fact(preset.update, words, foreign) if preset.update else None,
    }


def _words(handover: Handover, language: str, lms: Markup) -> FilledWords:
    names = filled_words(PAPER, language, {})
    fillers = handover.fillers(language) | {
        "lms": lms,
        "minutes": handover.course.settings.value.minutes.partition(":")[0],
        "standard": _standard(handover.packages[0][1], names),
        "web": _standard("web", names),
        "return_sheet": code("return-sheet.xlsx"),
        "it_sheet": code("it-sheet.html"),
        "code": code(CODE),
        "codes": name("Codes"),
        "roster": name("Roster"),
    }
    return filled_words(PAPER, language, fillers)


def _packages(handover: Handover, language: str, words: FilledWords) -> list[dict[str, Any]]:
    return [
        {
            "languages": _named_together(tags, language, words),
            "standard": _standard(standard, words),
            "name": file,
            "size": words.fill("size", number=whole_number(size / 1000, language)),
        }
        for file, standard, tags, size, _ in handover.packages
    ]


def _named_together(tags: tuple[str, ...], language: str, words: FilledWords) -> str:
    """Give the names of a package's languages in one line, with a capital at its start."""
    names = [language_name(tag, language) for tag in tags]
    line = reduce(lambda first, one: str(words.fill("list", first=first, next=one)), names)
    return line[:1].upper() + line[1:]


def _standard(standard: str, words: FilledWords) -> str:
    known = STANDARD_NAMES.get(standard)
    return known or words.texts[f"standard_{standard.replace('-', '_')}"]


def _fact(fact: Fact, words: FilledWords, language: str | None) -> dict[str, Any]:
    """Give a fact as it is shown; `language` is that of its words if they are not the paper's."""
    source = words.fill("source", source=words_in(language, fact.source))
    return {"text": words_in(language, fact.text), "confirmed": fact.confirmed, "source": source}
