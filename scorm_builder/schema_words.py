"""What each key of programme.yaml and chain.yaml means, for editors; courses have course_prose."""

from __future__ import annotations

from pydantic import BaseModel

from scorm_builder import course_prose

MEANINGS = {
    "Programme.name": "as learners and certificates show it",
    "Programme.iri": "an address on the web, from which every identifier is made; never changes",
    "Programme.country": "whose rules and contacts apply",
    "Programme.language": "of certificates, where a hotel has none of its own",
    "Programme.time_zone": "in which days are counted",
    "Programme.issuer": "who signs certificates; the programme's name if left out",
    "Programme.contact": "whom chains ask: a name with a mail address or a phone number",
    "Programme.lrs": "the LRSs from which `noroom sync` reads",
    "Programme.authorities": "who may have written a statement; others are not believed",
    "Programme.rule": "when a hotel is certified; what is left out has the default",
    "Lrs.id": "names the LRS; user and password come from NOROOM_LRS_<ID>_USER and …_PASSWORD",
    "Lrs.endpoint": "the xAPI endpoint, with a slash at its end",
    "Lrs.resume": "`everything` reads all of it each time; for LRSs that filter `since` wrongly",
    "Authority.mbox": "the mail address that the LRS stamps, with mailto:",
    "Authority.account": "the account that the LRS stamps",
    "Authority.chain": "the only chain for which it may speak; left out, it speaks for all",
    "Authority.may_void": "whether it may withdraw statements",
    "Authority.lms": "whether it is an LMS's own key: its statements are recorded by the LMS",
    "Account.homePage": "as in the statement's authority",
    "Account.name": "as in the statement's authority",
    "Rule.threshold": "per cent of the employees that must have completed",
    "Rule.operator": "`ge`: at least the threshold; `gt`: more than it",
    "Rule.accepted_courses": "the courses whose completion counts",
    "Rule.counts_as_completion": "whether the check has to be passed",
    "Rule.min_evidence": "the weakest evidence that counts",
    "Rule.headcount_source": "where the number of employees comes from",
    "Rule.include": "the contracts that count as employees",
    "Rule.report_beside": "the contracts that are counted beside, never in the rule",
    "Rule.completion_window_months": "how long a completion counts; null: for ever",
    "Rule.min_headcount": "hotels with fewer employees get no answer",
    "Rule.housekeeping_floor": "per cent in housekeeping below which the report warns; null: never",
    "Rule.validity_months": "how long a certificate holds; null: for ever",
    "Rule.grace_days": "days after the end in which a hotel may catch up",
    "AcceptedCourse.course": "id of the course",
    "AcceptedCourse.tested": "whether it has a check to pass",
    "Programme.completion_codes": "which completion codes are believed without a look",
    "CompletionCodes.since": "the first day on which somebody could take the course",
    "CompletionCodes.versions": "the versions that give out codes; empty: every version",
    "Chain.name": "as reports and guides show it",
    "Chain.manager_title": "for each language, the word for {manager}, such as the duty manager",
    "Chain.second_contact": "for each language, the word for {second_contact}",
    "Chain.pseudonym_salt": "public; part of every pseudonym; never changes",
    "Chain.lrs": "where the packages send statements; left out, they send none",
    "Chain.one_hotel": "id of the hotel, if the packages are for one hotel only",
    "Chain.hotel_picker": "whether learners choose their hotel before the course begins",
    "Chain.languages_in": "one package for each language, or one with all of them to choose from",
    "Chain.logo": "a PNG or SVG in the chain's folder, on the first and the last screen",
    "Chain.colours": "the chain's colour; its contrast is checked",
    "Chain.property_contact": "whom an employee can call about the hotel itself",
    "Chain.country": "whose contacts the packages show; the course's if left out",
    "Chain.preset": "the kind of LMS, a name of docs/lms-guides.md",
    "Chain.options": "what differs from the preset",
    "Chain.standards": "the standards to build; the preset's if left out",
    "Chain.languages": "the languages to build; all of the course if left out",
    "Chain.extra_pages": "the chain's own blocks, beside those of the course",
    "Chain.page_languages": "how far each language of its own pages is; they are written in the "
    "first, and a language that is not here is a draft",
    "Colours.accent": "buttons and headings on light screens",
    "Colours.accent_dark": "the same on dark screens; derived from accent if left out",
    "PropertyContact.name": "for each language, who answers",
    "PropertyContact.number": "as people read it",
    "PropertyContact.dial": "as a phone dials it, tel: and digits",
    "ExtraPages.after": "the id of a block with chain_pages: true",
    "ExtraPages.files": "block files in the chain's folder, by language; others are in locale/",
    "LmsOptions.fail_status": "what the LMS hears of a failed try: nothing yet, or `failed`",
    "LmsOptions.pass_status": "what SCORM 1.2 hears of a pass: `passed` or `completed`",
    "LmsOptions.revisit": "SCORM 2004, after the end: `keep` the progress, or `reset` it",
    "LmsOptions.exit_unfinished": "SCORM 1.2: what cmi.core.exit says of an unfinished course",
    "LmsOptions.also_passed": "whether a course without a check also reports a pass",
    "LmsOptions.force_score": "whether a course without a check reports 100 points at its end",
    "LmsOptions.interactions": "answers to the LMS: none, right or wrong, or everything",
    "LmsOptions.mastery": "whether a SCORM manifest names the pass mark",
    "LmsOptions.scos": "SCORM 2004: the whole course as one SCO, or each block as one (off because "
    "most LMSs ignore sequencing, and the last part then never opens)",
    "ChainLrs.endpoint": "the xAPI endpoint, with a slash at its end",
    "ChainLrs.key": "user:password; public, so it may only append",
}


def meaning(model: type[BaseModel], key: str) -> str:
    """Give the words for one key, from the model or the nearest model that it extends."""
    known = course_prose.MEANINGS | MEANINGS
    names = [f"{one.__name__}.{key}" for one in model.__mro__]
    return next(known[name] for name in names if name in known)
