"""Sentences of other languages, for papers that have no translation yet: does the layout hold?

They are of the length that a translation has, with every placeholder of the English text.
"""

from __future__ import annotations

import re

SENTENCES = {
    "ar": (
        "إذا لاحظت شيئًا غير معتاد، فأخبر مديرك في نفس المناوبة.",
        "تذكّر متى وأين وماذا رأيت، ولا تتصرف وحدك أبدًا.",
        "إشارة واحدة ليست دليلًا، فغالبًا ما يكون هناك سبب عادي.",
        "الخطأ ليس خطأك، ويمكنك الاتصال دون أن تخبر أحدًا هنا.",
    ),
    "uk": (
        "Якщо ви помітили щось незвичне, розкажіть керівникові в ту саму зміну.",
        "Запам’ятайте, коли, де і що ви бачили; ніколи не дійте самостійно.",
        "Один сигнал ще нічого не доводить: часто є звичайна причина.",
        "Це не ваша провина, і ви можете зателефонувати анонімно.",
    ),
    "de": (
        "Benachrichtigen Sie die diensthabende Vorgesetzte noch in derselben Nachtschicht.",
        "Die Menschenhandelsbekämpfungsstelle berät Hotelmitarbeiterinnen vertraulich.",
        "Auffälligkeiten sind kein Beweis; oft gibt es eine ganz gewöhnliche Erklärung.",
        "Sicherheitsverantwortliche und Zimmerreinigungskräfte sehen Unterschiedliches.",
    ),
}
_LONGER = {"ar": 1.0, "uk": 1.25, "de": 1.35}
"""How long a translation of English is, in characters; German and Ukrainian need the room."""
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def sample(language: str, english: str, turn: int) -> str:
    """Give words of about the length that a translation of `english` has, never cut in a word."""
    placeholders = _PLACEHOLDER.findall(english)
    wanted = len(_PLACEHOLDER.sub("", english)) * _LONGER[language]
    pool = SENTENCES[language]
    text = " ".join(pool[(turn + n) % len(pool)] for n in range(1 + int(wanted) // 40))
    words: list[str] = []
    for word in text.split():
        if words and len(" ".join([*words, word])) > wanted:
            break
        words.append(word)
    return " ".join([*words, *placeholders])
