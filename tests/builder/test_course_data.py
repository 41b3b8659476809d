"""The course as data for the player: docs/contracts.md section 5."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from programme.directory import read_programme
from programme.problems import InputError
from programme.yaml_source import read_yaml
from scorm_builder.course.load_course import load_course
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.data_scripts import course_script
from scorm_builder.link.edition import Audience, Edition
from tests.builder.conftest import TINY


def data(course: Path = TINY, language: str = "en", audience: Audience | None = None) -> Any:
    edition = Edition(load_course(course), language)
    return compile_course_data(edition, "scorm12", audience or Audience())


def page(found: Any, page_id: str) -> Any:
    (one,) = [page for block in found["blocks"] for page in block["pages"] if page["id"] == page_id]
    return one


def test_has_the_shape_of_the_contract() -> None:
    found = data()
    assert list(found) == [
        "format", "standard", "course", "options", "brand", "tracking", "messages", "help",
        "roles", "blocks", "check",
    ]  # fmt: skip
    assert found["course"] == {
        "id": "tiny", "version": "1.0.0", "title": "A tiny course & its check", "language": "en",
        "dir": "ltr", "draft": False, "build": "",
    }  # fmt: skip
    assert found["tracking"] is None
    assert list(found["blocks"][0]) == ["id", "key", "title", "minutes", "breakpoint", "pages"]
    common = {"id", "key", "kind", "title", "html"}
    fields = {page["kind"]: set(page) - common for one in found["blocks"] for page in one["pages"]}
    assert fields == {
        "text": set(), "check": set(), "finish": {"card", "team"}, "cards": {"cards"},
        "true_false": {"statements"},
        "choose_one": {"question", "keep_order", "options", "feedback"},
        "choose_several": {"question", "keep_order", "options", "feedback"},
        "order": {"question", "steps", "feedback"},
    }  # fmt: skip
    assert set(page(found, "statements")["statements"][0]) == {
        "id", "key", "html", "answer", "feedback",
    }  # fmt: skip
    assert set(page(found, "first")["options"][0]) == {"id", "html", "right", "feedback"}
    assert set(found["check"]["questions"][0]) == {
        "id", "key", "kind", "must_pass", "html", "question", "keep_order", "options", "feedback",
    }  # fmt: skip


def test_markdown_is_html_and_short_texts_are_one_line() -> None:
    found = data()
    assert page(found, "start")["html"] == (
        "<p>You learn to see <strong>signals</strong>.</p>\n"
        "<ul>\n<li>One signal is no proof.</li>\n<li>Tell your manager.</li>\n</ul>"
    )
    assert page(found, "first")["options"][0]["html"] == "I tell your manager."
    assert page(found, "finish")["html"].endswith("“A tiny course &amp; its check”.</p>")


def test_a_filled_word_starts_a_sentence_with_a_capital() -> None:
    (question,) = [one for one in data()["check"]["questions"] if one["id"] == "q-who"]
    assert question["options"][0]["html"] == "Your manager decides."


def test_a_translation_replaces_every_text() -> None:
    found = data(language="nl")
    assert found["course"]["language"] == "nl"
    assert page(found, "danger")["html"] == (
        "<p>Bel 112 en vertel het dan aan je leidinggevende.</p>"
    )
    assert found["help"] == [
        {"name": "Direct gevaar", "number": "112", "href": "tel:112", "note": "dag en nacht"}
    ]


def test_the_danger_rule_chooses_what_is_there(course: Path) -> None:
    on = data(course)
    file = course / "course.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("danger_rule: call_emergency_then_manager", "danger_rule: off"),
        encoding="utf-8",
    )
    off = data(course)

    def ids(found: Any) -> set[str]:
        return {page["id"] for block in found["blocks"] for page in block["pages"]}

    assert ids(on) - ids(off) == {"danger"}
    assert ids(off) - ids(on) == {"no-danger"}
    assert [len(page(one, "cards")["cards"]) for one in (on, off)] == [3, 2]


def test_a_chain_brings_its_words_and_its_lrs(programme: Path) -> None:
    found = data(audience=Audience(read_programme(programme), "acme"))
    assert page(found, "first")["options"][0]["html"] == "I tell the &lt;duty&gt; manager."
    assert found["tracking"] == {
        "endpoint": "https://lrs.noroom.example/xAPI/",
        "authorization": "Basic YWNtZTrDtnBlbg==",
        "homePage": "https://id.noroom.example/chain/acme",
        "course": "https://id.noroom.example/course/tiny",
        "version": "https://id.noroom.example/course/tiny/version/1.0.0",
        "hotel": "https://id.noroom.example/hotel/acme-0042",
        "hotels": "https://id.noroom.example/hotel/",
        "extensions": "https://id.noroom.example/extension/",
        "namespace": str(uuid.uuid5(uuid.NAMESPACE_URL, "https://id.noroom.example")),
        "salt": "pepper",
    }


def test_the_order_of_options_is_kept_where_the_author_says_so(course: Path) -> None:
    before = data(course)
    assert page(before, "first")["keep_order"] is False
    assert {one["keep_order"] for one in before["check"]["questions"]} == {False}
    for file in (course / "questions.yaml", *(course / "blocks").iterdir()):
        content: Any = read_yaml(file).data
        for node in content if isinstance(content, list) else content["pages"]:
            if "options" in node:
                node["keep_order"] = True
        file.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    after = data(course)
    assert page(after, "first")["keep_order"] is True
    assert page(after, "which")["keep_order"] is True
    assert {one["keep_order"] for one in after["check"]["questions"]} == {True}


def test_placeholders_of_the_title_are_filled_wherever_it_stands(
    course: Path, programme: Path
) -> None:
    file = course / "course.yaml"
    text = file.read_text(encoding="utf-8")
    title = 'title: "{{Tiny}} at {programme}"'
    file.write_text(text.replace("title: A tiny course & its check", title), encoding="utf-8")
    edition = Edition(load_course(course, ["en"]), "en")
    found = compile_course_data(edition, "scorm12", Audience(read_programme(programme), "acme"))
    assert found["course"]["title"] == "{Tiny} at Rooms & Co"
    assert page(found, "finish")["html"].endswith("“{Tiny} at Rooms &amp; Co”.</p>")


def test_a_title_that_the_programme_makes_too_long_is_refused(
    course: Path, programme: Path
) -> None:
    file = course / "course.yaml"
    text = file.read_text(encoding="utf-8")
    title = f'title: "{"x" * 180} {{programme}}"'
    file.write_text(text.replace("title: A tiny course & its check", title), encoding="utf-8")
    settings = (programme / "programme.yaml").read_text(encoding="utf-8")
    for name, fits in (("y" * 19, True), ("y" * 20, False)):
        text = settings.replace("Rooms & Co", name)
        (programme / "programme.yaml").write_text(text, encoding="utf-8")
        edition = Edition(load_course(course, ["en"]), "en")
        audience = Audience(read_programme(programme), "acme")
        if fits:
            assert len(compile_course_data(edition, "scorm12", audience)["course"]["title"]) == 200
        else:
            with pytest.raises(InputError, match="this title has 201 characters"):
                compile_course_data(edition, "scorm12", audience)


def test_a_draft_says_so(course: Path) -> None:
    file = course / "course.yaml"
    text = file.read_text(encoding="utf-8").replace("status: approved", "status: draft")
    file.write_text(text, encoding="utf-8")
    assert data(course)["course"]["draft"] is True


def test_a_chain_without_lrs_tracks_nothing(programme: Path) -> None:
    found = data(audience=Audience(read_programme(programme), "zeta"))
    assert found["tracking"] is None
    assert page(found, "first")["options"][0]["html"] == "I tell your manager."


def test_the_script_is_ascii_and_cannot_end_a_script_element() -> None:
    found = {**data(), "extra": "</script> é \u2028 🙂"}
    script = course_script(found)
    assert script.startswith(b"\xef\xbb\xbfglobalThis.noroomCourse={")
    assert script.endswith(b"};\n")
    assert "\u2028".encode() not in script
    assert b"</" not in script
    assert json.loads(script[len(b"\xef\xbb\xbfglobalThis.noroomCourse=") : -2]) == found
