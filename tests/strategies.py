"""Hypothesis strategies: valid courses, as the files that an author would write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

Files = dict[str, Any]

_WORDS = st.one_of(
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8),
    st.sampled_from(
        ["no", "]]>", "R&D", '"quoted"', "it's", "**bold**", "*soft*", "{manager}", "{{x}}",
         "5 < 6", "שלום", "مرحبا", "🙂", "</script", "e.g.", "1:30", "{emergency}", "50 %"]
    ),
)  # fmt: skip

words = st.lists(_WORDS, min_size=1, max_size=6).map(lambda found: f"Text {' '.join(found)}")
"""One paragraph that passes every check: it starts with a word, so it is no list."""

paragraphs = st.lists(words, min_size=1, max_size=3).map("\n\n".join)
booleans = st.booleans()
only_if = st.sampled_from([None, None, "danger_rule", "no_danger_rule"])


def _options(rights: list[bool]) -> st.SearchStrategy[list[Files]]:
    """Give options that are right as listed."""
    return st.tuples(
        *(
            st.fixed_dictionaries(
                {
                    "id": st.just(f"o-{number}"),
                    "text": words,
                    "right": st.just(right),
                    "feedback": paragraphs,
                }
            )
            for number, right in enumerate(rights)
        )
    ).map(list)


_one_right = st.permutations([True, False, False]).flatmap(_options)
_some_right = st.permutations([True, True, False, False]).flatmap(_options)


def _numbered(fields: dict[str, st.SearchStrategy[Any]], least: int, most: int) -> Any:
    entries = st.lists(st.fixed_dictionaries(fields), min_size=least, max_size=most)
    return entries.map(lambda found: [{"id": f"n-{n}", **one} for n, one in enumerate(found)])


_card = {"title": words, "text": paragraphs}
_said = st.fixed_dictionaries({"nothing": paragraphs, "alert": paragraphs, "tell": paragraphs})
_fits = st.sampled_from(
    [["nothing"], ["alert"], ["tell"], ["nothing", "alert"], ["alert", "tell"]]
).map(list)


@st.composite
def _dialogues(draw: st.DrawFn) -> Files:
    """Give a conversation: each turn leads to the next one or ends, the last one to both ends."""
    count = draw(st.integers(1, 8))
    turns = []
    for number in range(count):
        targets = ["well", "badly"] if number == count - 1 else [f"t-{number + 1}", "badly"]
        choices = [
            {"id": f"c-{n}", "text": draw(words), "to": target} for n, target in enumerate(targets)
        ]
        texts = {"title": draw(words), "text": draw(paragraphs)}
        turns.append({"id": f"t-{number}", **texts, "choices": choices})
    endings = [
        {"id": name, "title": draw(words), "text": draw(paragraphs), "good": name == "well"}
        for name in ("well", "badly")
    ]
    return {"kind": "dialogue", "turns": turns, "endings": endings}


def _two_bins() -> list[Files]:
    return [{"id": "do", "title": "Do"}, {"id": "not", "title": "Do not"}]


def _sorted_cards(bins: list[str]) -> st.SearchStrategy[list[Files]]:
    """Give one card for each of `bins`."""
    cards = [
        st.fixed_dictionaries(
            {"id": st.just(f"n-{n}"), "text": words, "bin": st.just(one), "feedback": paragraphs}
        )
        for n, one in enumerate(bins)
    ]
    return st.tuples(*cards).map(list)


_PRACTICE = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("signals_scale"),
            "cards": _numbered({**_card, "fits": _fits, "feedback": _said}, 2, 8),
            "feedback": paragraphs,
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("sort"),
            "question": words,
            "bins": st.builds(_two_bins),
            "cards": st.permutations(["do", "not", "not"]).flatmap(_sorted_cards),
            "feedback": paragraphs,
        }
    ),
    _dialogues(),
    st.fixed_dictionaries({"kind": st.just("reflection"), "question": words, "team": paragraphs}),
)

_PAGES = st.one_of(
    _PRACTICE,
    st.fixed_dictionaries({"kind": st.just("text"), "text": paragraphs, "only_if": only_if}),
    st.fixed_dictionaries(
        {"kind": st.just("cards"), "cards": _numbered({"title": words, "text": paragraphs}, 2, 8)}
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("true_false"),
            "statements": _numbered(
                {"text": words, "answer": booleans, "feedback": paragraphs}, 1, 6
            ),
        }
    ),
    st.fixed_dictionaries(
        {"kind": st.just("choose_one"), "question": words, "options": _one_right}
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("choose_several"),
            "question": words,
            "options": _some_right,
            "feedback": paragraphs,
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("order"),
            "question": words,
            "steps": _numbered({"text": words}, 3, 7),
            "feedback": paragraphs,
        }
    ),
)


@st.composite
def courses(draw: st.DrawFn) -> dict[str, Any]:
    """Give {file name: its data} of a course that `noroom check` finds nothing wrong with."""
    pool = draw(st.integers(0, 6))
    blocks: list[Files] = []
    number = 0
    for position in range(draw(st.integers(1, 3))):
        pages = []
        for page in draw(st.lists(_PAGES, min_size=1, max_size=4)):
            number += 1
            pages.append({"id": f"p-{number}", "title": draw(words), **_without_none(page)})
        blocks.append({"id": f"b-{position}", "title": draw(words), "minutes": "1:00"})
        blocks[-1] |= {"breakpoint": draw(booleans), "pages": pages}
    last = blocks[-1]["pages"]
    if pool:
        last.append({"id": "check", "kind": "check", "title": draw(words), "text": draw(words)})
    last.append({"id": "finish", "kind": "finish", "title": draw(words), "text": draw(words)})
    files: Files = {f"blocks/{block['id']}.yaml": block for block in blocks}
    files["course.yaml"] = {
        "id": draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True)),
        "version": "1.2.3",
        "title": draw(words),
        "description": draw(words),
        "languages": {"en": {"status": "draft"}},
        "minutes": "9:00",
        "country": "NL",
        "danger_rule": draw(st.sampled_from(["off", "call_emergency_then_manager"])),
        "blocks": [name for name in files if name.startswith("blocks/")],
    }
    if pool:
        draws = draw(st.integers(1, pool))
        passes = draw(st.integers(1, draws))
        files["course.yaml"]["check"] = {
            "draw": draws, "pass": passes, "questions": "questions.yaml",
        }  # fmt: skip
        files["questions.yaml"] = [
            {
                "id": f"q-{n}",
                "kind": "choose_one",
                "must_pass": n == 0,
                "text": draw(paragraphs),
                "question": draw(words),
                "options": draw(_one_right),
            }
            for n in range(pool)
        ]
    return files


def _without_none(fields: Files) -> Files:
    return {key: value for key, value in fields.items() if value is not None}


class _Quoted(yaml.SafeDumper):
    """Quotes every string: PyYAML leaves `09` bare, which YAML 1.2 reads as a number."""


_Quoted.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def write_course(folder: Path, files: Files) -> None:
    """Write the files of a drawn course."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(data, Dumper=_Quoted, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
