"""The words of docs/course-format.md that stand in no model."""

from __future__ import annotations

INTRODUCTION = """
# The course format

<!-- Made by course/course_format.py; NOROOM_UPDATE_GOLDEN=1 pytest -k course_format -->

A course is a folder of YAML files in UTF-8. `noroom check COURSE` names every mistake with file,
line, column and cure.

```
courses/<id>/
  course.yaml        what the course is, its languages, its check, its list of blocks
  blocks/*.yaml      one file for each block, in the order of course.yaml
  questions.yaml     the pool of the check
  signals.yaml       the signals, with their innocent explanations
  sources.md         where each claim stands
  locale/nl.po       a translation (gettext PO); see docs/translating.md
  locale/glossary.csv  the terms that translations use
  media/             pictures and films, shown where a page or card names them
  media/nl/          what is in one language: recordings, captions (WebVTT), films
```

YAML is read as YAML 1.2: `no` and `1:30` are text, only `true` and `false` are truth values.
Unknown and repeated keys, anchors, tags and tabs are refused.

**Markdown** means paragraphs, lists, `**bold**` and `*emphasis*`; no HTML, links, headings,
pictures, code or quotations.

**Placeholders** may stand in any text and are filled when a package is built. `{{` and `}}` stand
for braces. A filled word starts with a capital where a sentence starts.

| placeholder | filled with |
|---|---|
| `{manager}` | the chain's `manager_title`, else "your manager" |
| `{second_contact}` | the chain's `second_contact`, else "the second contact" |
| `{emergency}` | the number of the country's contact of kind `emergency` |
| `{programme}` | the programme's name, else "the programme" |
| `{course}` | the course's title |

**Ids** are small letters, digits and hyphens, a letter first, at most 40. They are stable:
learners' progress and the translations are stored by them. Change a text freely, an id never.
"""

RULES = """
A PO header has `Language`, and may have `X-Status` with the status that course.yaml gives. An
entry that is missing, empty, fuzzy, or whose msgid is no longer the source text is a problem, and
so are lost placeholders, a different number of bold or emphasised passages or list items, and a
number of plural forms that the language has not.

## sources.md

A claim stands in a table row that starts with its id (`| claim-id | …`) or under a heading
(`## claim-id`). Every id under `claims:` and every signal's `source:` has to be there.

## Rules for the whole course

- Block and page ids are unique in the course, question and signal ids in their file, the ids
  of cards, statements, options, steps, bins, turns and endings on their page, those of choices
  in their turn. Two ids may not have the same short key.
- The blocks' minutes together are at most the course's minutes.
- The last page is the only one of kind `finish`. There is one page of kind `check` if course.yaml
  has a check, else none.
- The check: `pass` ≤ `draw` ≤ questions in the pool; the questions with `must_pass` fit into
  `draw` and into `pass`. A pool of less than twice `draw` is a warning.
- `choose_one` has exactly one right option. `choose_several` has at least one right and one wrong.
- Each option of a question without `feedback` has its own.
- On a `signals_scale` page a card with a signal of strength `strong` has `tell` in `fits`. One
  answer that fits every card is a warning. The innocent explanations of a card's signals are shown
  with the feedback.
- On a `sort` page every card goes into a bin of the page, and every bin gets a card.
- In a `dialogue` every choice leads to a turn or an ending, every turn and ending is reached, no
  way goes round in a circle, the longest has 8 turns, and one ending at least is `good: true`.
- A page of kind `check` or `finish` has no `warning`.
- `only_if: danger_rule` keeps a node when course.yaml has a `danger_rule` other than `off`,
  `only_if: no_danger_rule` when it is `off`. The rules above hold for what is left.
- `roles` on a page, card, statement, option, step or question keeps it for those roles. A course
  with `roles` has one page of kind `role`, before anything that is for some roles only. Every role
  gets a page of every block, enough entries on every page, the same number of `must_pass`
  questions, and a pool to draw from. Pages of the kinds `role`, `check` and `finish` are for
  everybody. What a learner chose is kept with the progress, in the LMS; nothing else is told it.
- `profiles` in course.yaml says for whom the course can be built: `noroom build --profile student`,
  or `profiles:` in chain.yaml. The first is whom it is for when nobody says otherwise; it counts.
  Of each the course is a whole one: pages of every block, the minutes of the course, its check.
  `profiles` on a page keeps it for those; it stands behind the page of kind `role`, and pages of
  the kinds `role`, `check` and `finish` are for everybody. `manager` and `second_contact` of a
  profile stand in the place of {{manager}} and {{second_contact}}, and name somebody: a word that
  would turn the rule round, a sentence, a number or more than 60 letters are refused.
- Every signal with `required: true` is shown somewhere (`signals:` on a page, card, statement,
  option or question).
- Files stay inside the course's folder. In `media/` these kinds are taken: {media}.
- A picture is an SVG, PNG or JPEG file. An SVG has no script, no link and nothing from outside.
  Words belong beside a picture, never in it: a `<text>` is refused.
- A hotspot page shows, for each signal, its strength and its innocent explanations (signals.yaml).
  Its scene is an SVG with a viewBox. Each object is an element of it that draws something inside
  the picture; no two overlap; at least one is a signal and one is not. In a window of 360 pixels
  each measures 44 × 44 or more, else it is a warning. Strokes are not measured; an invisible shape
  in the element's group is.
- A recording is an MP3 or M4A file, small enough for a slow line; 48 kbit/s mono is enough for
  speech. In a language without it the learner's device reads the page out, if it has a voice for
  that language. Nothing is played before the learner asks for it.
- Progress fits into 1,500 characters of `suspend_data` even when everything was done: 89, 5 for
  the role, 4 for each page and statement, 12 for each drawn question, 52 for each of 16 unsent
  facts.
"""

MEANINGS = {
    "CourseFile.id": "in file names, identifiers and statements; never changes",
    "CourseFile.version": "of the content",
    "CourseFile.title": "as the LMS and the learner see it",
    "CourseFile.description": "one or two sentences",
    "CourseFile.languages": "the source language first",
    "CourseFile.minutes": "the budget of the whole course",
    "CourseFile.country": "whose contacts are shown where chain and programme name no country "
    "(docs/contacts.md)",
    "CourseFile.danger_rule": "whether the course teaches to call the emergency number first",
    "CourseFile.tracking": "`false` for a course that a group takes on one screen: it is built for "
    "`web` only, asks for no code and sends nothing to anybody",
    "CourseFile.check": "the check at the end; leave it out for a course without one",
    "CourseFile.signals": "file of the signals",
    "CourseFile.contacts_for": "whose contacts are shown: `staff`, or `manager` for those too that "
    "managers call, and the route of referral in their words",
    "CourseFile.blocks": "block files, in the order of the course",
    "CourseFile.reading": "for whom the words are; left out: as below",
    "ReadingSettings.words_per_minute": "pace of the slowest readers, from which time is computed",
    "ReadingSettings.level": "hardest level (CEFR) of a block; a proxy, see check",
    "ReadingSettings.sentence_words": "longest sentence",
    "CourseFile.roles": "the roles that learners choose from; left out, all get the same",
    "RoleChoice.id": "which role this is; never changes",
    "RoleChoice.title": "as learners call their work",
    "RoleChoice.description": "what belongs to it, where the title alone is not clear",
    "CourseFile.profiles": "audiences beside the hotel's own staff, which comes first",
    "ProfileChoice.id": "which audience this is, such as `student`; never changes",
    "ProfileChoice.title": "what learners choose, as they would call themselves",
    "ProfileChoice.counts": "whether a completion counts for a hotel's certificate; `false` goes "
    "with the result, and keeps it out of the share (docs/rule.md)",
    "ProfileChoice.manager": "whom they tell, in the place of {manager}; left out, as for staff",
    "ProfileChoice.second_contact": "in the place of {second_contact}; left out, as for staff",
    "ProfileChoice.roles": "what they can choose; with one role, nobody is asked; left out, all",
    "LanguageStatus.status": "a draft is only built with `--allow-draft`",
    "LanguageStatus.reviewed_by": "who; needed from `reviewed` on",
    "LanguageStatus.reviewed_on": "when; needed from `reviewed` on",
    "LanguageStatus.approved_by": "who; needed for `approved`",
    "LanguageStatus.approved_on": "when; needed for `approved`",
    "LanguageStatus.second_reading": "who or what else has read it; changes no status",
    "SecondReading.by": "a person or a tool",
    "SecondReading.on": "when",
    "SecondReading.notes": "where its findings stand, or a short remark",
    "CheckSettings.draw": "questions asked in one try",
    "CheckSettings.pass": "right answers needed",
    "CheckSettings.questions": "file of the pool",
    "Node.id": "stable name of this node",
    "Node.only_if": "keep this only with, or only without, a danger rule",
    "Node.roles": "keep this for these roles only; left out, for everybody",
    "PageNode.referral": "whether what happens after a report in the country stands below the text "
    "(docs/contacts.md)",
    "SignalNode.signals": "ids of the signals that occur here",
    "PageNode.profiles": "keep this page for these profiles only; left out, for everybody",
    "PageNode.title": "heading of the page",
    "PageNode.claims": "ids in sources.md that this rests on",
    "PageNode.picture": "above the text",
    "PageNode.warning": "what to expect, said first; the learner may then skip the page",
    "SignalsScalePage.text": "above the cards",
    "SignalsScalePage.cards": "added one by one; each adds to those before it",
    "SignalsScalePage.feedback": "said at the end, about all cards together",
    "ScaleCard.title": "when or where",
    "ScaleCard.text": "what the learner sees or hears",
    "ScaleCard.fits": "the answers that fit here; a strong signal needs `tell` among them",
    "ScaleCard.feedback": "what is said to each answer, fitting or not",
    "ScaleFeedback.nothing": "said to “Nothing special”",
    "ScaleFeedback.alert": "said to “Stay alert”",
    "ScaleFeedback.tell": "said to “Tell {manager}”",
    "SortPage.text": "the scene",
    "SortPage.question": "what is asked of every card",
    "SortPage.bins": "where cards may go, such as `do` and `do-not`",
    "SortPage.cards": "one at a time; wrong ones come once more at the end",
    "SortPage.feedback": "said at the end",
    "Bin.title": "on the button",
    "SortCard.text": "what the card says",
    "SortCard.bin": "id of the bin where it belongs",
    "SortCard.feedback": "why, said after any answer",
    "DialoguePage.text": "before the first turn",
    "DialoguePage.turns": "the first one begins; no way leads back to an earlier one",
    "DialoguePage.endings": "at least one is good; each says what there is to learn",
    "Turn.title": "when or where; also names the turn when the learner goes back to it",
    "Turn.text": "what happens or is said",
    "Turn.question": "what is asked; left out: “What do you do now?”",
    "Turn.choices": "what the learner may do or say",
    "Reply.text": "what the learner does or says",
    "Reply.feedback": "what happens then, shown before the next turn",
    "Reply.to": "id of the turn or ending that follows",
    "Ending.title": "how it ends, in a few words",
    "Ending.text": "what there is to learn from it",
    "Ending.good": "whether this is an ending that the course wants to teach",
    "ReflectionPage.text": "above the question",
    "ReflectionPage.question": "what to think about; what a learner writes is not kept",
    "ReflectionPage.team": "what to talk about with the team",
    "FinishPage.card": "the rule in a few lines, on a card to save or print",
    "FinishPage.team": "what to talk about with the team",
    "PageNode.audio": "recording of the page: a file of media/<language>/ for each language",
    "Card.audio": "recording of the card, likewise",
    "Picture.file": "in media/: an SVG, PNG or JPEG file",
    "Picture.description": "what it shows, for who does not see it; read out",
    "Card.picture": "on the card",
    "TextPage.text": "what the page says",
    "VideoPage.text": "above the film",
    "VideoPage.film": "an .mp4 or .webm of media/<language>/, or of media/ for every language; its "
    "captions are a .vtt of the same name in media/<language>/",
    "VideoPage.cards": "the same story in still pictures; each card has a picture",
    "VideoPage.transcript": "what is said, heard and shown, for who reads instead",
    "CardsPage.text": "above the cards",
    "CardsPage.cards": "opened one after the other",
    "Card.title": "front of the card",
    "Card.text": "what the card says",
    "TrueFalsePage.text": "above the statements",
    "TrueFalsePage.statements": "judged one after the other",
    "Statement.text": "the sentence to judge",
    "Statement.answer": "whether it is true",
    "Statement.feedback": "said after either answer",
    "ChooseOnePage.text": "the scene",
    "ChooseOnePage.question": "what is asked",
    "ChooseOnePage.options": "exactly one is right",
    "ChooseOnePage.keep_order": "show the options as written here; else they are shuffled",
    "ChooseOnePage.feedback": "said after any answer",
    "ChooseSeveralPage.text": "the scene",
    "ChooseSeveralPage.question": "what is asked",
    "ChooseSeveralPage.options": "at least one is right, at least one is not",
    "ChooseSeveralPage.keep_order": "show the options as written here; else they are shuffled",
    "ChooseSeveralPage.feedback": "said after any answer",
    "Option.text": "what the learner chooses",
    "Option.right": "whether it is a right answer",
    "Option.feedback": "said to who chooses it",
    "OrderPage.text": "the scene",
    "OrderPage.question": "what is asked",
    "OrderPage.steps": "in the right order",
    "OrderPage.feedback": "said after any answer",
    "Step.text": "one step",
    "HotspotPage.text": "above the question",
    "HotspotPage.question": "what to look for",
    "HotspotPage.scene": "the picture, an SVG whose elements have ids",
    "HotspotPage.objects": "the things that can be tapped, or chosen from a list",
    "HotspotPage.needed": "signals to find before the learner goes on; left out: all of them",
    "HotspotPage.feedback": "said when the search is over",
    "SceneObject.title": "its name, in the list and for screen readers",
    "SceneObject.text": "what there is to see or to know, said when it is chosen",
    "SceneObject.signal": "id of the signal that it can be; left out: an innocent thing",
    "SceneObject.element": "id of what draws it in the scene; left out: the same id",
    "RolePage.text": "above the choices",
    "RolePage.otherwise": "the role that a learner with other work gets",
    "CheckPage.text": "before the first question",
    "FinishPage.text": "the last words",
    "PageNode.kind": "which page this is",
    "Block.id": "stable name of the block",
    "Block.title": "heading of the block",
    "Block.minutes": "time that the block takes",
    "Block.level": "hardest level of this block, where it is not that of the course",
    "Block.chain_pages": "a chain may add a block of its own after this one",
    "Block.breakpoint": "a good place for a break follows",
    "Block.pages": "in the order of the block",
    "Question.kind": "one right option, or several",
    "Question.must_pass": "always drawn, and has to be right",
    "Question.text": "the scene",
    "Question.question": "what is asked",
    "Question.options": "as on the pages",
    "Question.keep_order": "show the options as written here; else they are shuffled",
    "Question.feedback": "said after any answer",
    "Question.claims": "ids in sources.md that this rests on",
    "Signal.id": "stable name of the signal",
    "Signal.text": "what can be seen",
    "Signal.roles": "who can see it",
    "Signal.place": "where",
    "Signal.strength": "how much it says by itself",
    "Signal.innocent": "innocent explanations, short phrases",
    "Signal.required": "has to occur in the course",
    "Signal.source": "id in sources.md",
}
