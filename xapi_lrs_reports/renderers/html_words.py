"""The words of the HTML report: what a status, a flag, a parameter or a count means."""

from __future__ import annotations

from collections.abc import Mapping

STATUS = {"met": "Meets the rule", "not_met": "Not yet", "cannot_say": "Cannot say"}

CERTIFICATE = {
    "none": "None",
    "valid": "Valid",
    "grace": "Expired, in its period of grace",
    "lapsed": "Lapsed",
    "revoked": "Revoked",
}
CERTIFICATE_DUE = {"none": "Due: not issued yet", "grace": "Due: expired", "lapsed": "Due: lapsed"}

VIEW = {
    "internal": "internal view: exact numbers, for the office only",
    "programme": "programme view: small groups are hidden",
}

EVIDENCE = {
    "lms_recorded": "from an LMS",
    "self_asserted": "from the course",
    "code": "by code",
    "attendance_list": "by attendance list",
}

GROUPS = {
    "agency": "agency workers",
    "outsourced_cleaning": "outsourced cleaners",
    "on_leave": "people on leave",
    "student": "students",
    "municipal": "municipal staff",
}

FLAGS = {
    "headcount_stale": "More people completed than the number of employees says: ask the hotel for "
    "a new number.",
    "housekeeping_low": "Few people of housekeeping completed: ask how they can take part.",
    "management_low": "Not enough of the management completed.",
    "below_threshold": "Holds a certificate, but does not meet the rule today.",
    "lapse_due": "Below the threshold for so long that the certificate lapses.",
}

EXCLUDED = {
    "contract": "with a contract outside the rule",
    "not_yet": "not working there yet",
    "left": "no longer working there",
    "outside_window": "completed too long ago",
    "old_version": "completed a version of the course that is too old",
    "not_passed": "did not pass the check",
    "weak_evidence": "with weaker evidence than the rule asks",
    "voided": "with a completion that was taken back",
    "anonymous_base": "with an LMS id that names nobody",
    "anonymous": "anonymous completions",
    "unmatched": "not on the hotel's list of employees",
}

PARAMETERS = {
    "threshold": "Share of the employees that must have completed the course, in percent.",
    "operator": "ge: at least the threshold. gt: more than the threshold.",
    "accepted_courses": "Courses that count.",
    "counts_as_completion": "What a completion is: passed_or_untested asks for a passed check "
    "where the course has one.",
    "min_evidence": "The weakest evidence that counts; any accepts all kinds.",
    "attendance_lists": "Whether being on the attendance list of a group session counts.",
    "headcount_source": "Where the number of employees comes from.",
    "include": "Contracts that count as employees of the hotel.",
    "report_beside": "Contracts that are reported beside the rule and do not change it.",
    "completion_window_months": "How long a completion counts, in months; none: for ever.",
    "min_headcount": "Smallest team to which the percentage applies; in a smaller one everybody "
    "must complete the course.",
    "housekeeping_floor": "Share of housekeeping below which the report warns, in percent.",
    "content_min_version": "The oldest version of the course that counts.",
    "unit": "headcount: each person is one. fte: by their share of a full-time job.",
    "base_period": "date: the employees of the day. average: the mean of twelve months.",
    "min_tenure_days": "Days after which somebody new belongs to the base; who completes earlier "
    "counts at once.",
    "leavers": "remove: who has left counts nowhere. keep: who left within the window counts on.",
    "multi_property": "Somebody who works in several hotels counts in each, in the one of the "
    "longest service (home), or in parts (share).",
    "housekeeping_required": "Whether the share of housekeeping decides, rather than warns.",
    "management_floor": "Share of the management that must have completed, in percent.",
    "tiers": "Levels above the threshold.",
    "award_mode": "on_reach: a certificate as soon as the rule is met. at_review: when a person "
    "names the hotel.",
    "maintain_threshold": "Share below which a hotel may lose its certificate, in percent.",
    "maintain_days": "How many days below that until it does.",
    "revocation": "auto: it lapses by itself. manual: a person decides. never: it is kept.",
    "validity_months": "How long a certificate is valid, in months; none: no end.",
    "grace_days": "Days after the end of a certificate in which it can be renewed.",
}

DATA: Mapping[str, tuple[str, str, bool]] = {
    "facts": ("Statements used", "Statements about this course that could be read.", False),
    "duplicates": (
        "Duplicates",
        "The same statement arrived again. It counts once; nothing needs doing.",
        False,
    ),
    "voided": (
        "Taken back",
        "Statements that somebody with the right to do so has voided. They do not count.",
        False,
    ),
    "voids_refused": (
        "Voids refused",
        "Somebody without the right tried to void a statement. Ask whom it came from, or add "
        "may_void to the authority in programme.yaml.",
        True,
    ),
    "quarantined": (
        "Quarantined",
        "Lines that are no usable statement, or come from somebody unknown. Nothing of them "
        "counts; noroom explain --quarantine lists them.",
        True,
    ),
    "unmatched": (
        "Not on a list",
        "People who completed the course and stand on no list of the hotel they named. Ask the "
        "hotel for a new list.",
        True,
    ),
    "anonymous": (
        "Anonymous",
        "Completions under a shared or empty name. They cannot count. Ask the chain to give every "
        "employee an own LMS account.",
        True,
    ),
    "outside_window": (
        "Too long ago",
        "People whose completions are older than the rule allows. They need to take the course "
        "again.",
        True,
    ),
    "codes_in_review": (
        "Codes to look at",
        "Completion codes that fit nobody, or not for certain. They do not count; noroom explain "
        "--quarantine lists them.",
        True,
    ),
}


def flag(code: str) -> str:
    """Give a flag in words; one that is not known here shows as its own name."""
    return FLAGS.get(code, code.replace("_", " ").capitalize() + ".")


def rule_sentence(rule: Mapping[str, object]) -> str:
    """Give the rule in one plain sentence."""
    share = "more than" if rule.get("operator") == "gt" else "at least"
    done = {
        "completed": "have completed the course",
        "passed": "have passed the course",
    }.get(str(rule.get("counts_as_completion")), "have completed the course and passed its check")
    months = rule.get("completion_window_months")
    since = f", within the last {months} months" if months is not None else ""
    evidence = str(rule.get("min_evidence", "any"))
    proof = f"; only completions {EVIDENCE[evidence]} count" if evidence in EVIDENCE else ""
    return (
        f"A hotel meets the rule when {share} {rule.get('threshold')}\u00a0% of its employees "
        f"{done}{since}{proof}."
    )


def parameter_value(value: object) -> str:
    """Give the value of a parameter as text; a course that has no check says so."""
    if value is None:
        return "none"
    if isinstance(value, Mapping):
        return f"{value['course']}{'' if value['tested'] else ' (without a check)'}"
    if isinstance(value, list | tuple):
        return ", ".join(parameter_value(item) for item in value)
    return str(value)
