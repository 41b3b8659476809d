"""docs/messages.md: every problem code with a real example, what causes it, and its cure.

The examples come from tests/broken_courses; codes that no broken course shows have their own
example here.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.builder import build_messages, package_messages, site_messages
from tests.builder.conftest import ROOT

NOT_CODES = {
    "my-course", "yyyy-mm-dd", "no-room", "right-to-left", "utf-16", "utf-8", "utf-8-sig",
    "color-scheme", "data-sco", "http-equiv", "no-referrer", "start-problem",
    "poster-all", "role-cards", "manager-card", "team-talk", "ua-1",
}  # fmt: skip
"""Words with a hyphen in the sources that are no problem codes."""

XLIFF_WORDS = {
    "alt-trans", "context-group", "context-type", "needs-review-translation", "needs-translation",
    "previous-source", "previous-version", "product-name", "product-version", "seg-source",
    "signed-off", "size-unit", "source-language", "target-language", "tool-id", "tool-name",
    "trans-unit", "equiv-text",
}  # fmt: skip
"""Names of XLIFF with a hyphen."""

LRS_WORDS = {
    "auth-token", "error-code", "error-text", "if-match", "x-experience-api-version",
}  # fmt: skip
"""Names of xAPI and cmi5 with a hyphen, for the LRS of the preview."""

BUILT_FROM_PARTS = {"signal-unknown", "claim-unknown", "language-unknown"}
"""Codes that the sources put together."""

INTRODUCTION = """# Messages

<!-- Made by tests/builder/messages_doc.py; NOROOM_UPDATE_GOLDEN=1 pytest -k messages -->

What `noroom check` and `noroom build` say, by code. An error stops the work; a warning does not.
`noroom inspect` says some of the same of packages of any tool, graded (`docs/inspecting.md`).
The examples are what the tests print."""


def codes_in_the_sources() -> set[str]:
    """Give every problem code that programme/ and scorm_builder/ can use."""
    found = set(BUILT_FROM_PARTS)
    for folder in ("programme", "scorm_builder"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.update(re.findall(r"\A[a-z]+(?:-[a-z0-9]+)+\Z", node.value))
    return found - NOT_CODES - XLIFF_WORDS - LRS_WORDS


def examples() -> dict[str, str]:
    """Give the first real message for each code that a broken course shows."""
    found: dict[str, str] = {}
    courses = sorted((ROOT / "tests" / "broken_courses").glob("*/expected.txt"))
    for file in [*courses, *sorted((ROOT / "tests" / "broken_xliff").glob("*.txt"))]:
        for message in file.read_text(encoding="utf-8").split("\n\n"):
            code = re.search(r"(?:error|warning)\[([a-z0-9-]+)\]", message)
            if code:
                found.setdefault(code[1], message.strip())
    return found


def messages_doc() -> str:
    """Give docs/messages.md, the codes in alphabetical order."""
    shown = {**package_messages.examples(), **site_messages.examples(), **examples()}
    parts = [INTRODUCTION]
    for code, (cause, cure) in sorted(MEANINGS.items()):
        example = shown.get(code) or OTHER_EXAMPLES[code]
        parts.append(f"## {code}\n\n{cause} {cure}\n\n```\n{example}\n```")
    return "\n\n".join(parts) + "\n"


def file() -> Path:
    """Give the place of the document."""
    return ROOT / "docs" / "messages.md"


MEANINGS = {
    **build_messages.MEANINGS,
    **package_messages.MEANINGS,
    **site_messages.MEANINGS,
    "authority-nobody": (
        "An authority of programme.yaml says neither mbox nor account.",
        "Write what the LRS stamps as `authority` on its statements.",
    ),
    "brace-alone": ("Braces make placeholders.", "Write `{{` or `}}` for a brace in a text."),
    "chain-id": (
        "The name of a folder in chains/ stands in every statement, as a part of an address.",
        "Rename it.",
    ),
    "chain-unknown": ("--chain names no folder of chains/.", "Check its spelling."),
    "captions-fast": (
        "A warning: hardly anybody can read these captions as fast as they go.",
        "Shorten the words, or show them longer.",
    ),
    "captions-format": (
        "A browser would not show these captions, or not all of them.",
        "Write WebVTT as `docs/authoring.md` shows it; most caption programs save it.",
    ),
    "captions-markup": (
        "Browsers show this differently, or not at all.",
        "Use bold, italics, underlining and `<v Name>` only.",
    ),
    "captions-missing": (
        "Who does not hear the film, or not in this language, would miss what is said.",
        "Write the captions in every language of the course.",
    ),
    "captions-order": (
        "A caption ends before it begins, or begins before the one above it.",
        "Correct the times.",
    ),
    "check-draw": ("More questions are drawn than there are.", "Write more, or draw fewer."),
    "check-must-pass": (
        "More questions have to be right than are drawn, or than the pass mark asks for.",
        "Keep `must_pass` for the one that matters, or raise `draw` or `pass`.",
    ),
    "check-page": (
        "The check of course.yaml and the page of kind check belong together.",
        "Have both, or neither.",
    ),
    "check-pass": ("Nobody could pass.", "Ask for at most as many right answers as are drawn."),
    "check-pool": ("A warning: a retry would ask much the same.", "Write more questions."),
    "claim-unknown": ("A claim has no entry in sources.md.", "Add it there, or correct the id."),
    "contact-half-verified": (
        "verified_contacts.yaml says when a contact was checked, or by whom, but not both.",
        "Write both: a check that nobody stands behind counts for nothing.",
    ),
    "contact-unknown": (
        "verified_contacts.yaml names a contact that there is not.",
        "Take its id from `noroom contacts`.",
    ),
    "contact-unverified": (
        "A warning: learners do not see these numbers, since nobody of the programme has dialled "
        "them. The number for immediate danger they see all the same.",
        "Dial them, and write into verified_contacts.yaml who did and when.",
    ),
    "country-unknown": (
        "There is no file for this country in programme/contacts.",
        "Take one of those that are there, or write one with its sources.",
    ),
    "course-missing": ("The argument is no folder with a course.yaml.", "Name such a folder."),
    "feedback-missing": (
        "A learner who takes this option would hear nothing.",
        "Write feedback for it, or for the whole question.",
    ),
    "file-encoding": ("The file is not UTF-8.", "Save it as UTF-8."),
    "file-missing": ("A file is not where it was named.", "Check the name, also its case."),
    "file-too-large": ("A YAML file has more than 2 MB.", "Split it."),
    "file-unreadable": ("The system does not let noroom read it.", "Check its owner and kind."),
    "file-unwritable": (
        "The system does not let noroom write there, or the disk is full.",
        "Choose another --out, or make room. Nothing was written.",
    ),
    "folder-not-empty": (
        "`noroom init` only fills a folder that is new or empty.",
        "Name another folder.",
    ),
    "finish-early": ("The course would end before its end.", "Keep one finish page, the last."),
    "finish-missing": (
        "Learners would never be told that they are done.",
        "End the last block with a page of kind finish.",
    ),
    "glossary-header": (
        "The first row of locale/glossary.csv names the language of each column.",
        "Write language tags, the course's own first, and note for remarks.",
    ),
    "glossary-row": ("A row has no term, too many cells, or is there twice.", "Correct it."),
    "glossary-term": (
        "A warning: texts have a term of the glossary, their translations have not.",
        "Use the agreed word, or allow another one: `kamer|ruimte`.",
    ),
    "id-repeated": ("Progress is stored by id.", "Give each node its own."),
    "key-collision": (
        "Two ids happen to have the same short key, by which progress is stored.",
        "Change one of the two; do it before the course is published.",
    ),
    "language-draft": (
        "Nobody has reviewed this language. An error of build, a warning of check.",
        "Have it reviewed, or build with --allow-draft; the course then says that it is a draft.",
    ),
    "language-unknown": ("--language names none of the course.", "Check its spelling."),
    "language-unsupported": (
        "The player's own buttons and messages have no translation yet.",
        "Translate noroom's own words first: noroom translate update --own-words.",
    ),
    "media-content": (
        "A picture is not what its name says, or carries a script or a link.",
        "Export it again as a plain picture.",
    ),
    "media-kind": ("An LMS could refuse this kind of file.", "Convert it, or delete it."),
    "media-large": ("A phone on a slow line waits for this picture.", "Make it smaller."),
    "media-missing": ("A page or card names a picture that is not there.", "Check its name."),
    "minutes-over-budget": (
        "The course, or the course with a chain's own pages, promises less time than it takes.",
        "Shorten it.",
    ),
    "missing-key": ("A key that has no default is not there.", "Add it."),
    "only-if-leaves-too-few": (
        "With the course's danger_rule, `only_if` removes too much.",
        "Keep enough entries without only_if.",
    ),
    "paper-language": (
        "A paper is printed in one language or not at all; here words of it are missing.",
        "Translate them first: noroom translate status --own-papers shows how far it is.",
    ),
    "paper-letter": (
        "The fonts of the papers have Latin, Cyrillic and Arabic letters, and not this one.",
        "Write the word with other letters.",
    ),
    "paper-too-long": (
        "Not even in its smallest size does this text fit its place on the paper.",
        "Shorten the translation, or the chain's own words.",
    ),
    "warning-place": (
        "A warning lets the learner skip a page; the check and the last page are never skipped.",
        "Write it on the page before.",
    ),
    "scale-strong": (
        "A strong signal is told at once, also when it is the only one.",
        "Let `tell` fit, or show another signal.",
    ),
    "scale-same": (
        "With one answer that is always fine, learners learn to give it without looking.",
        "Add a card on which it does not fit: a harmless one, or one that has to be told.",
    ),
    "sort-bin": (
        "A card names the bin where it belongs, by its id.",
        "Write the id of one of the page's bins.",
    ),
    "sort-bin-empty": (
        "A bin in which nothing belongs gives itself away.",
        "Write a card for it, or take it out.",
    ),
    "dialogue-way": (
        "A choice leads to a turn or an ending of the same page, by its id.",
        "Write an id that is there.",
    ),
    "dialogue-good": (
        "Learners who try another way must be able to find a good one.",
        "Mark an ending with `good: true`.",
    ),
    "dialogue-circle": (
        "A conversation that comes back to an earlier turn need never end.",
        "Learners can go back by themselves; let the choice lead on.",
    ),
    "dialogue-unreached": (
        "Nobody will ever see this turn or ending.",
        "Let a choice lead to it, or delete it.",
    ),
    "dialogue-deep": (
        "A long conversation does not fit between two rooms.",
        "Let it end earlier, or make two pages of it.",
    ),
    "options-right": (
        "choose_one has exactly one right option, choose_several at least one.",
        "Correct `right:`.",
    ),
    "options-wrong": ("Every answer would be right.", "Add an option that is not."),
    "path-backslash": ("Names are written with /.", "Write / between folders."),
    "path-kind": ("Parts of a course are YAML files.", "Name a file ending in .yaml."),
    "path-outside": (
        "A course holds everything that it needs.",
        "Move the file into the course's folder.",
    ),
    "placeholder-unknown": ("Nothing fills this placeholder.", "Use one that exists."),
    "player-link": (
        "A module of the player uses what the linker refuses.",
        "This is for developers of the player: see scorm_builder/link/link_player.py.",
    ),
    "programme-missing": ("There is no programme.yaml.", "Name its folder with --programme."),
    "review-by-hand": (
        "course.yaml is written in a form that `noroom translate review` cannot edit.",
        "Write the keys by hand.",
    ),
    "review-missing": ("A review needs a name and a date.", "Add them."),
    "picture-words": (
        "Words in a picture are neither translated nor read out.",
        "Delete each <text>; write the words beside the picture.",
    ),
    "scene-element": (
        "A thing of a scene is not in its picture, or draws nothing there.",
        "Write the id of the group or shape that draws it.",
    ),
    "scene-innocent": (
        "Where everything is a signal, learners learn to suspect everything.",
        "Add an object without signal:.",
    ),
    "scene-kind": ("Only the elements of an SVG have ids.", "Draw the scene as an SVG."),
    "scene-needed": (
        "Nobody could find that many signals.",
        "Write a needed: of at most as many as the scene has.",
    ),
    "scene-overlap": ("One tap would mean two things.", "Draw them apart from each other."),
    "scene-signals": ("There is nothing to find.", "Write signal: at one object or more."),
    "scene-target": (
        "A warning: thumbs miss small things.",
        'Draw it larger, or put an invisible shape (`fill="none"`) into its group.',
    ),
    "scene-view-box": (
        "Without a viewBox nobody can say where in the picture a thing is.",
        "Add one to the <svg> element.",
    ),
    "reading-level": (
        "A warning: by a published formula (`checks/readability`) this block is too hard.",
        "Shorten sentences and words, or set `level:` of the block or of `reading:`.",
    ),
    "sentence-long": (
        "A warning: one of the longest sentences of this language.",
        "Make two of it, or set `sentence_words:` of `reading:`.",
    ),
    "time-block": (
        "A warning: the block's own minutes are too few for the slowest readers.",
        "Write the computed time, or take words out.",
    ),
    "time-over-budget": (
        "Words and taps need more time than the course may take, at the slowest pace.",
        "Take words out, or raise `minutes:`.",
    ),
    "time-uneven": (
        "Learners of one role spend over a minute more than those of another.",
        "Even them out.",
    ),
    "role-block-empty": (
        "A block would have nothing for somebody with this work.",
        "Add a page for them, or one for everybody.",
    ),
    "role-check": (
        "The check is one standard: no role may have fewer questions that must be right.",
        "Give every role as many must_pass questions.",
    ),
    "role-early": (
        "Something is for some roles only, but stands before the choice.",
        "Move it behind the page of kind role.",
    ),
    "role-leaves-too-few": (
        "`roles` leaves somebody too few entries on this page.",
        "Add entries for them, or limit the whole page.",
    ),
    "role-bin": (
        "`roles` leaves somebody a bin in which nothing belongs, which gives itself away.",
        "Add a card for them, or limit the whole page.",
    ),
    "role-answer": (
        "`roles` leaves somebody no card for an answer that the page teaches the others.",
        "Add a card for them, or limit the whole page.",
    ),
    "role-limited": (
        "Everybody chooses a role, takes the check and finishes.",
        "Delete `roles:` on that page.",
    ),
    "role-page": (
        "A course with roles has exactly one page where learners choose theirs, others have none.",
        "Add the page, or delete it.",
    ),
    "role-unknown": ("`roles:` names a role that course.yaml does not offer.", "Add it there."),
    "signal-missing": ("The course has to show this signal.", "Show it, and write its id there."),
    "signal-unknown": ("No signal has this id.", "Correct it, or add the signal."),
    "sound-missing": (
        "A warning: a page was recorded in some of the course's languages only.",
        "Record it; until then the learner's device reads it out, if it has a voice.",
    ),
    "still-picture": (
        "The still pictures of a film are for whoever does not take it, so each has a picture.",
        "Add it, with its description.",
    ),
    "suspend-data": (
        "An LMS keeps 4,096 characters of progress, and this course could need nearly all.",
        "Split it, or take pages or statements out.",
    ),
    "text-character": ("XML and screens have no place for it.", "Delete it."),
    "text-empty": ("A text has nothing but spaces.", "Write it."),
    "text-markup": (
        "Texts are paragraphs, lists, bold and emphasis.",
        "Write it with these.",
    ),
    "title-filled-too-long": (
        "The words of the programme or chain make the course's title too long for an LMS.",
        "Shorten the title or the programme's name.",
    ),
    "time-zone": ("programme.yaml names no IANA time zone.", "Write one."),
    "too-long-or-short": ("A text or list is longer or shorter than it may be.", "See the limit."),
    "translation-charset": ("The header names another charset.", "Save as UTF-8 and say so."),
    "translation-empty": ("An entry has no msgstr.", "Translate it."),
    "translation-file": ("A language of course.yaml has no file.", "Write locale/<language>.po."),
    "translation-fuzzy": ("A tool guessed this translation.", "Check it, then unmark it."),
    "translation-language": ("The file is not of the language in its name.", "Correct one."),
    "translation-length": ("A translated title is too long for an LMS.", "Shorten it."),
    "translation-markup": ("Bold or a list was lost.", "Mark up the same things."),
    "translation-missing": ("A text has no entry.", "Add one with this msgctxt."),
    "translation-placeholder": ("Placeholders differ.", "Write those of the source, unchanged."),
    "translation-plural": (
        "A language has as many plural forms as its grammar asks for.",
        "Run noroom translate update, and fill in every form.",
    ),
    "translation-repeated": ("Two entries have one msgctxt.", "Keep one."),
    "translation-stale": (
        "The source text has changed since it was translated.",
        "Translate the new text and copy it into msgid.",
    ),
    "translation-status": ("PO file and course.yaml disagree.", "Bring them together."),
    "translation-syntax": ("The file is not gettext PO.", "See the line above and below."),
    "translation-unknown": ("A warning: no text has this msgctxt.", "Delete or correct it."),
    "unknown-key": ("noroom would not know what to do with it.", "Correct or delete it."),
    "unknown-kind": ("There is no such kind of node.", "Use one that exists."),
    "wrong-type": ("Text, number, truth value, list and keys are different.", "Write the other."),
    "wrong-value": ("The value is of the right type, but not one that is known.", "See the cure."),
    "xliff-course": ("The file belongs to another course.", "Name that course."),
    "xliff-doctype": ("A DOCTYPE can make a reader fetch files.", "Delete it."),
    "xliff-element": (
        "A placeholder or passage of the translation is none of the source.",
        "Copy the elements of the source.",
    ),
    "xliff-kind": ("The file is not XLIFF 1.2 or 2.0.", "Export it as one of these."),
    "xliff-language": ("Its languages are not those of the course.", "Correct or export anew."),
    "xliff-repeated": ("One id stands twice; the first one is taken.", "Keep one."),
    "xliff-source": (
        "The course's text has changed since the file was exported, or a tool changed it.",
        "Export this text again.",
    ),
    "xliff-syntax": ("The file is not XML.", "Ask for it again, as the tool exports it."),
    "xliff-unknown": ("A warning: the course has no text with this id.", "See the course."),
    "xliff-version": ("A warning: the course has a new version since.", "See what is refused."),
    "yaml-anchor": (
        "Anchors, aliases and tags can make a small file endlessly large.",
        "Write the text out.",
    ),
    "yaml-character": ("YAML allows no control characters.", "Delete it."),
    "yaml-colon": ("A colon and a space start a new key.", "Put the text in quotes."),
    "yaml-depth": ("The file is nested too deeply.", "Flatten it."),
    "yaml-documents": ("One file holds one document.", "Delete the line with ---."),
    "yaml-empty": ("The file has nothing in it.", "Write it, or take its name away."),
    "yaml-key": ("A key is one word.", "Write key: value."),
    "yaml-quote": ("A quote has no partner.", "Close it."),
    "yaml-repeated-key": ("The second would silently win.", "Keep one."),
    "yaml-syntax": ("The text is not YAML.", "Compare indentation and quotes."),
    "yaml-tab": ("YAML is indented with spaces.", "Replace the tab."),
}

OTHER_EXAMPLES = {
    **build_messages.EXAMPLES,
    "contact-half-verified": "programme/verified_contacts.yaml:2:12: error[contact-half-verified]: "
    'of "nl-police" only one of verified_on and verified_by is given\n'
    "  Write both: the day, and who dialled the number.",
    "contact-unknown": "programme/verified_contacts.yaml:1:12: error[contact-unknown]: there is "
    'no contact "nl-polize"\n  Did you mean "nl-police"?',
    "contact-unverified": "programme/contacts/ua.yaml: warning[contact-unverified]: nobody has "
    "checked 2 contacts of UA: ua-police, ua-government\n  Dial them, then write who did and when "
    "in verified_contacts.yaml; noroom contacts has the numbers.",
    "country-unknown": 'programme/contacts: error[country-unknown]: there are no contacts for "XX"'
    "\n  There are: BE, DE, ES, EU, FR, GB, NL, PL, RO, UA, US. EU is for a country without a "
    "file.",
    "paper-language": "programme/papers/locale/pt.po: error[paper-language]: there is no poster in "
    "pt: not every word of it is translated\n  There is one in: en, nl. It needs the words of "
    "materials, poster: noroom translate update --own-papers --language pt.",
    "paper-letter": "poster-en-a4.pdf: error[paper-letter]: a letter has no shape in the fonts: "
    'the text "漢" could not be displayed with font "FiraGO"\n'
    "  Write it with another letter.",
    "paper-too-long": "poster-nl-a4.pdf: error[paper-too-long]: a text in nl is too long for its "
    "place: poster.headline\n"
    "  Shorten its translation in programme/papers/locale, or the words of the chain.",
    "authority-nobody": "programme.yaml:9:5: error[authority-nobody]: this authority has neither "
    "mbox nor account\n  Add the one that the LRS stamps on its statements.",
    "chain-unknown": 'programme/chains: error[chain-unknown]: there is no chain "acne"\n'
    '  Did you mean "acme"?',
    "chain-id": 'programme/chains/Acme Hotels: error[chain-id]: the chain id "Acme Hotels" has not '
    "the right form\n  Rename the folder. Write small letters, digits and hyphens, at most 64, "
    "such as acme-hotels.",
    "course-missing": "cuorse: error[course-missing]: there is no such folder\n"
    "  Did you mean course?",
    "file-too-large": "course/questions.yaml: error[file-too-large]: this file has 2,400,000 "
    "bytes; at most 2,000,000 are read\n  Split it into several files.",
    "file-unreadable": "course/questions.yaml: error[file-unreadable]: this file cannot be "
    "read: Permission denied\n  Check that it is a file and yours.",
    "file-unwritable": "dist/course.zip: error[file-unwritable]: this cannot be written: No space "
    "left on device\n  Check the folder given with --out, its owner and the room on the disk.",
    "folder-not-empty": "ours: error[folder-not-empty]: this folder is not empty\n  Name a new "
    "one; nothing of yours is overwritten.",
    "key-collision": "course/blocks/1-act.yaml:18:9: error[key-collision]: the page which has the "
    "same short key as the page first\n  Change one of the two ids by a letter; learners' progress "
    "is stored by this key.",
    "language-draft": "course/course.yaml:7:17: error[language-draft]: nl is a draft: nobody has "
    "reviewed it yet\n  Have it reviewed and change its status, or build it with --allow-draft.",
    "language-unknown": 'course/course.yaml: error[language-unknown]: there is no language "nll"\n'
    '  Did you mean "nl"?',
    "media-large": 'course/blocks/0-look.yaml:17:14: warning[media-large]: "cash.png" has 300,068 '
    "bytes\n  Phones on a slow line wait for it; stay below 200,000 bytes.",
    "player-link": "scorm_builder/player/main.js:3: error[player-link]: …",
    "programme-missing": ".: error[programme-missing]: no programme.yaml here or in any folder "
    "above\n  Go to the programme's folder, or name it: --programme DIR.",
    "review-by-hand": "course/course.yaml: error[review-by-hand]: this file is written in a form "
    "that cannot be edited safely\n  Write it by hand, under languages: nl: status: reviewed; "
    "reviewed_by: A. de Vries; reviewed_on: 2026-11-21.",
    "suspend-data": "course/course.yaml:14:3: error[suspend-data]: progress could need 1642 "
    "characters of suspend_data; the limit is 1500\n  Split the course, or take pages or "
    "statements out.",
    "title-filled-too-long": "course/course.yaml:3:8: error[title-filled-too-long]: with its "
    "placeholders filled, this title has 312 characters\n  Take a placeholder out; an LMS keeps "
    "200 characters.",
    "time-zone": 'programme.yaml:5:12: error[time-zone]: "Europe/Amsterdan" is not a time zone\n'
    "  Write a name such as Europe/Amsterdam.",
    "yaml-depth": "course/signals.yaml: error[yaml-depth]: this file is nested more than 40 levels "
    "deep\n  Flatten it.",
}
