"""What docs/messages.md says of chains, presets and contacts, with examples."""

from __future__ import annotations

MEANINGS = {
    "answers-told": (
        "A warning: with interactions: full the LMS keeps what each learner chose.",
        "Tell the learners, or write safe or off.",
    ),
    "chain-contrast": (
        "A chain's colour cannot be read on the screen (WCAG 2.2, 1.4.3).",
        "Take the shade that the message names, or another one that passes.",
    ),
    "chain-language": (
        "A chain's own pages are not there in a language that is built.",
        "Add the file, translate the pages (docs/translating.md), or leave the language out.",
    ),
    "chain-words": (
        "A title or name of chain.yaml that would change what the course says, such as “nobody”.",
        "Name the person or function in a few words.",
    ),
    "contact-number": (
        "Who reads the number of a chain's contact would reach somebody else.",
        "Correct number: or dial:.",
    ),
    "chain-logo": ("A logo is missing, too large, or not what its name says.", "Export it again."),
    "chain-pages-differ": (
        "A chain's own pages have other ids in one language than in another, in one package.",
        "Give them the same ids, or build a package for each language.",
    ),
    "chain-page": (
        "A chain's own pages may teach and ask, but not check or finish.",
        "Write another kind of page.",
    ),
    "chain-place": (
        "The course's authors say after which blocks chains may add pages.",
        "Name a block with chain_pages: true.",
    ),
    "contact-stale": (
        "A warning: a number was not dialled for 180 days.",
        "Dial it, and write the date.",
    ),
    "contact-too-old": (
        "A number that nobody has dialled for a year stops a release, and one whose review_by has "
        "passed.",
        "Dial it, and write the date.",
    ),
    "hotel-code": (
        "Two hotels of a chain got the same code for the web site, by chance.",
        "Give one of them another id before its codes are printed.",
    ),
    "option-without-effect": (
        "A warning: an option of this chain changes nothing in some of its packages.",
        "Leave it if other packages need it, else take it out.",
    ),
    "package-large": ("A warning: the LMS or a phone will be slow with it.", "Make media smaller."),
    "package-too-large": ("A zip without extensions ends at 4 GB.", "Make media smaller."),
    "preset-unknown": ("There is no preset of this name.", "Take one of docs/lms-guides.md."),
    "scos-ignored": (
        "The chain's LMS ignores sequencing, so a course in several SCOs would never be completed.",
        "Write scos: one, or leave it out.",
    ),
    "scos-roles": (
        "A course with roles keeps the learner's choice in the suspend_data of its one SCO.",
        "Write scos: one, or leave it out.",
    ),
    "scos-languages": (
        "A warning: each SCO has suspend_data of its own, so it asks for the language itself.",
        "Build one package per language, or write scos: one.",
    ),
    "standard-unknown": ("noroom builds no such standard.", "Correct the name in chain.yaml."),
    "tracking-off": (
        "A course with tracking: false keeps no results, and an LMS would keep some.",
        "Build it for web, or let it keep results.",
    ),
    "hotels-none": (
        "A warning: the packages are made, and the return sheet has no row to fill in.",
        "Add the chain's hotels to hotels.csv, then build again.",
    ),
    "web-hotels": (
        "A warning: a web site without hotels can only be taken without a code.",
        "Add the chain's hotels to hotels.csv.",
    ),
    "web-unheard": (
        "A warning: no LMS keeps the completions of a web site, and this chain names no LRS.",
        "Add lrs: to chain.yaml.",
    ),
}

EXAMPLES = {
    "answers-told": "programme/chains/acme/chain.yaml:3:27: warning[answers-told]: the LMS will "
    "see which answers each learner chose\n  Tell the learners, whom the course may promise "
    "otherwise, or write safe.",
    "chain-contrast": "programme/chains/acme/chain.yaml:2:20: error[chain-contrast]: #ffcc00 has a "
    "contrast of 1.3 on light screens; 4.5 is needed\n  "
    'The nearest shade that can be read is "#7a6200".',
    "chain-language": "programme/chains/acme/chain.yaml:4:12: error[chain-language]: these pages "
    "have no file in nl\n  Add a line nl: with the translated file, translate the pages with "
    "noroom translate --chain, or leave nl out.",
    "chain-words": 'programme/chains/acme/chain.yaml:2:22: error[chain-words]: "nobody" here would '
    'change the rule "tell your manager, do not act"\n  Name the person or function that employees '
    "tell, such as the duty manager.",
    "contact-number": "programme/chains/acme/chain.yaml:2:55: error[contact-number]: people read "
    '"112", but a phone dials "100"\n  Write the same number twice; dial: may have the country\'s '
    "prefix.",
    "chain-logo": 'programme/chains/acme/chain.yaml:2:7: error[chain-logo]: "logo.png" is not the '
    "PNG that its name says\n  Rename it to end in .jpg.",
    "chain-pages-differ": "programme/chains/acme/chain.yaml:3:3: error[chain-pages-differ]: these "
    "pages differ between the languages of a package with a choice of language\n  Give blocks, "
    "pages and what is on them the same ids, in the same order, in every file.",
    "chain-page": "programme/chains/acme/house.yaml:6:11: error[chain-page]: a chain's page cannot "
    "be of the kind check\n  Known: text, cards, true_false, choose_one, choose_several, order.",
    "chain-place": 'programme/chains/acme/chain.yaml:3:12: error[chain-place]: "welcom" is no '
    'block after which chains may add pages\n  Did you mean "welcome"?',
    "contact-stale": "programme/verified_contacts.yaml:1:12: warning[contact-stale]: "
    '"nl-police" was last checked 200 days ago\n  Dial it, then write verified_on: with the date.',
    "contact-too-old": "programme/verified_contacts.yaml:1:12: error[contact-too-old]: "
    '"nl-police" was last checked 400 days ago; that held until 2026-10-17\n  Dial it, then write '
    "verified_on: with the date. Or use --allow-draft.",
    "hotel-code": "programme/hotels.csv: error[hotel-code]: the hotels acme-07 and acme-19 have "
    "the same code, by chance\n  Give acme-19 another id, as long as no codes were printed for it.",
    "option-without-effect": "programme/chains/acme/chain.yaml:3:26: warning[option-without-effect]"
    ": interactions has no effect in cmi5, xapi packages\n  Leave it if the other packages need "
    "it; docs/contracts.md, section 5, has all.",
    "package-large": "dist/acme/no-room.zip: warning[package-large]: 61 MB is more than the 50 MB "
    "that phones load with patience\n  Make the media smaller.",
    "package-too-large": "film.mp4: error[package-too-large]: the package is larger than 4 GB\n"
    "  Make the media smaller.",
    "preset-unknown": "programme/chains/acme/chain.yaml:2:9: error[preset-unknown]: there is no "
    'preset "mooddle"\n  Did you mean "moodle"?',
    "scos-ignored": "programme/chains/acme/chain.yaml:3:18: error[scos-ignored]: Moodle ignores "
    "sequencing: the last part would never open\n  Write scos: one, the default: the whole course "
    "is one SCO.",
    "scos-roles": "programme/chains/acme/chain.yaml:2:18: error[scos-roles]: this course has "
    "roles, and a role chosen in one SCO would not reach the others\n  Write scos: one, the "
    "default: the whole course is one SCO.",
    "scos-languages": "programme/chains/acme/chain.yaml:3:18: warning[scos-languages]: each part "
    "asks for the language anew: what was chosen in one does not reach the others\n  Write "
    "languages_in: each for one package per language, or scos: one.",
    "standard-unknown": "programme/chains/acme/chain.yaml:2:13: error[standard-unknown]: there is "
    'no standard "scorm13"\n  Did you mean "scorm12"?',
    "tracking-off": "courses/team-game/course.yaml:10:11: error[tracking-off]: this course keeps "
    "no results, but a package for scorm12 would\n  Build it with --standard web, or take "
    "tracking: false out.",
    "hotels-none": "programme/hotels.csv: warning[hotels-none]: there is no hotel of acme: its "
    "return sheet lists none, and none can count\n  Add a row for each of its hotels, with acme in "
    "the column chain.",
    "web-hotels": "programme/chains/acme/chain.yaml:2:13: warning[web-hotels]: nobody can enter a "
    "code on the web site: hotels.csv has no hotel of this chain\n  Add the hotels, then build "
    "again and print their codes: noroom hotel codes.",
    "web-unheard": "programme/chains/acme/chain.yaml:2:13: warning[web-unheard]: nobody hears who "
    "completes the web site: this chain has no lrs\n  Add lrs: with endpoint and key; no LMS keeps "
    "these completions.",
}
