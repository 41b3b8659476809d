"""Markdown and placeholders: what becomes of an author's text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scorm_builder.checks.check_texts import text_findings
from scorm_builder.course.field_types import Form
from scorm_builder.course.placeholders import fill, fill_known
from scorm_builder.course.rich_text import refused_markup, structure, to_html

WORDS = {
    "manager": "your <b>manager</b>",
    "second_contact": "x",
    "emergency": "112",
    "programme": "p",
    "course": "c",
}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Tell {manager}.", "<p>Tell your &lt;b&gt;manager&lt;/b&gt;.</p>"),
        ("Stop. {manager} knows.", "<p>Stop. Your &lt;b&gt;manager&lt;/b&gt; knows.</p>"),
        ("- **{course}**", "<ul>\n<li><strong>C</strong></li>\n</ul>"),
        ("Say: {emergency} {{now}}", "<p>Say: 112 {now}</p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        (r"\*not soft\*", "<p>*not soft*</p>"),
    ],
)
def test_a_text_becomes_html_and_filled_words_are_escaped(text: str, html: str) -> None:
    assert fill(to_html(text, Form.BLOCK), WORDS, as_html=True) == html


def test_a_plain_text_is_one_line_and_not_escaped() -> None:
    assert to_html("  Tom &\n <Jerry> ", Form.PLAIN) == "Tom & <Jerry>"
    assert fill("{manager}!", WORDS, as_html=False) == "Your <b>manager</b>!"


def test_a_plain_text_keeps_its_no_break_spaces() -> None:
    assert to_html("\u00ab\u00a0Oui\u202f!\u00a0\u00bb \t x", Form.PLAIN) == (
        "\u00ab\u00a0Oui\u202f!\u00a0\u00bb x"
    )


@pytest.mark.parametrize("edge", ["\u00a0", "\u2028", "\u3000"])
def test_a_space_that_is_none_hides_no_markup(edge: str) -> None:
    for text in ("> a", "# a"):
        assert text_findings(f"{edge}{text}", Form.BLOCK) == []
        html = to_html(f"{edge}{text}", Form.BLOCK)
        assert html.startswith("<p>") and html.endswith(" a</p>")


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("text", ["Tom &amp; Jerry", "&#123;x&#125;", "&lbrace;manager&rbrace;"])
def test_html_entities_are_refused(text: str, form: Form) -> None:
    assert {code for code, *_ in text_findings(text, form)} == {"text-markup"}


def test_an_ampersand_is_no_entity() -> None:
    assert text_findings("R&D; a & b; &nosuch; &", Form.BLOCK) == []


def test_the_players_own_placeholders_stay_open() -> None:
    assert fill_known("{n} of {m}: {emergency}", WORDS) == "{n} of {m}: 112"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a <b>b</b>", "HTML"),
        ("<div>\n\nx\n\n</div>", "HTML"),
        ("<!-- x -->", "HTML"),
        ("see <https://a.example>", "a link"),
        ("[a](b)", "a link"),
        ("![a](b)", "a picture"),
        ("# a", "a heading"),
        ("a\n===", "a heading"),
        ("`a`", "code"),
        ("```\na\n```", "code"),
        ("    a", "four spaces"),
        ("> a", "a quotation"),
        ("a\n\n---\n\nb", "a horizontal line"),
    ],
)
def test_markup_that_a_course_may_not_have_is_named(text: str, words: str) -> None:
    findings = text_findings(text, Form.BLOCK)
    assert {code for code, *_ in findings} == {"text-markup"}
    assert words in findings[0][1] + findings[0][2]


def test_markup_is_found_in_its_line() -> None:
    findings = text_findings("one\ntwo\nthree <i>\n\n- [a](b)\n", Form.BLOCK)
    assert [line for *_, line in findings] == [2, 4]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x7f", "\x85", "\ud800", "\ufffe"])
@pytest.mark.parametrize("form", Form)
def test_characters_that_no_screen_shows_are_refused(character: str, form: Form) -> None:
    codes = [code for code, *_ in text_findings(f"a{character}b", form)]
    assert codes == ["text-character"]


@given(st.text(), st.sampled_from(Form))
def test_any_text_is_judged_without_failing_and_rendered_without_tags_of_its_own(
    text: str, form: Form
) -> None:
    if text_findings(text, form):
        return
    html = fill(to_html(text, form), WORDS, as_html=form is not Form.PLAIN)
    if form is not Form.PLAIN:
        for tag in ("p", "ul", "ol", "li", "strong", "em"):
            html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
        bare = html.replace("<br />", "")
        assert "<" not in bare.replace("<ol start=", "")


@given(st.text(alphabet="aé٣9 ,.;:!?(){}/%'’“”–…-*_\n<&[]`#>+=~\\", max_size=12))
@example("a. b")
@example("Was ist das? (Ja.) {manager} - 9%")
@example("a - b ")
def test_the_short_way_for_plain_sentences_gives_what_the_parser_gives(text: str) -> None:
    parser = MarkdownIt("commonmark")
    source = text.strip(" \t\n")
    assert to_html(text, Form.BLOCK) == parser.render(source).strip()
    assert to_html(text, Form.INLINE) == parser.renderInline(source).strip()
    tokens = parser.parse(text)
    kinds = [one.type for token in tokens for one in (token, *(token.children or []))]
    assert structure(text, Form.BLOCK)["bold passages"] == kinds.count("strong_open")
    assert structure(text, Form.BLOCK)["list items"] == kinds.count("list_item_open")
    refused = {"link_open", "image", "heading_open", "code_inline", "html_inline", "hr"}
    assert bool(refused & set(kinds)) <= bool(list(refused_markup(text, Form.BLOCK)))
