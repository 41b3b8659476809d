"""Report -> text for somebody who has a package in hand and is not a programmer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from scorm_builder.inspect.described import KINDS, Launch, OurCourse, Report
from scorm_builder.inspect.families import minders
from scorm_builder.inspect.findings import Finding, Grade, counted, quoted
from scorm_builder.inspect.numbers import number

WIDTH = 96
LAUNCHES_SHOWN = 10
_HEADINGS: dict[Grade, str] = {
    "rejected": "An LMS would reject this",
    "changed": "An LMS would do something else than you may expect",
    "warning": "Worth a look",
    "note": "For the record",
}


def report_text(report: Report) -> str:
    """Give the whole report, the answer first."""
    lines = [_verdict(report), "", *_facts(report)]
    for grade, heading in _HEADINGS.items():
        found = [one for one in report.findings if one.grade == grade]
        if found:
            lines += ["", f"{heading} ({len(found)})"]
            for one in found:
                lines += ["", *_finding(one)]
    return "\n".join(lines)


def _verdict(report: Report) -> str:
    count = {grade: sum(one.grade == grade for one in report.findings) for grade in _HEADINGS}
    if count["rejected"]:
        said = f"{counted(count['rejected'], 'reason')} why an LMS would reject it"
    elif count["changed"] or count["warning"]:
        said = "an LMS would take it, but read what is below"
    else:
        said = "fine: nothing found that an LMS would mind"
    return f"{report.package}: {said}."


def _facts(report: Report) -> Iterator[str]:
    kind = KINDS[report.kind]
    also = "".join(f", and also {KINDS[one]}" for one in report.also)
    made = ", made by noroom" if report.ours else ""
    yield _row("What it is", f"{kind}{also}{made}")
    for title in dict.fromkeys(report.titles):
        yield _row("Title", title or "(none)")
    if report.ours:
        yield from _ours(report.ours)
    several = len(report.launches) > 1
    for launch in report.launches[:LAUNCHES_SHOWN]:
        part = f"{quoted(launch.title)}: " if several and launch.title else ""
        yield _row("Starts", f"{part}{_launch(launch)}")
    if len(report.launches) > LAUNCHES_SHOWN:
        yield _row("Starts", f"and {len(report.launches) - LAUNCHES_SHOWN} more")
    marks = {one.pass_mark for one in report.launches} - {""}
    if report.launches:
        yield _row(
            "Pass mark", ", ".join(_mark(one, report.kind) for one in sorted(marks)) or "none"
        )
    if report.sequencing:
        yield _row("Sequencing", report.sequencing)
    if report.files:
        yield _row("Size", f"{_size(report.bytes)}, {_size(report.unpacked)} unpacked, "
                           f"{counted(report.files, 'file')}")  # fmt: skip
        largest = ", ".join(f"{name} {_size(size)}" for name, size in report.largest)
        yield _row("Largest", largest)


def _ours(courses: Sequence[OurCourse]) -> Iterator[str]:
    """Describe a package of ours; its course data differ only in their language."""
    course = courses[0]
    yield _row("Course", f"{course.course} {course.version}, build {course.build}")
    chosen = "; the learner chooses" if len(courses) > 1 else ""
    yield _row("Languages" if chosen else "Language",
               f"{', '.join(_language(one) for one in courses)}{chosen}")  # fmt: skip
    hotel = f", hotel {course.hotel}" if course.hotel else ""
    where = f", reports to {course.reports_to}" if course.reports_to else ""
    yield _row("Built for", f"chain {course.chain}{hotel}{where}" if course.chain else
               "anybody; reports to the LMS alone")  # fmt: skip
    held = (counted(len(ids), name[:-1]) for name, ids in course.keys.items())
    yield _row("Progress of", ", ".join(held))


def _language(course: OurCourse) -> str:
    return f"{course.language}{', a draft that nobody has reviewed' if course.draft else ''}"


def _launch(launch: Launch) -> str:
    when = f" (counts as done when {launch.move_on})" if launch.move_on else ""
    return f"{quoted(launch.file) or '(nothing)'}{when}"


def _mark(mark: str, kind: str) -> str:
    """Give a pass mark as percent; as it stands where it is no number."""
    value = number(mark)
    if value is None:
        return f'"{mark}"'
    return f"{float(value) * (1 if kind in ('scorm12', 'aicc') else 100):g} %"


def _row(name: str, value: str) -> str:
    return fill(value, WIDTH, initial_indent=f"  {name:<12} ", subsequent_indent=" " * 15)


def _size(size_in_bytes: int) -> str:
    for unit, size in (("GB", 1024**3), ("MB", 1024**2), ("kB", 1024)):
        if size_in_bytes >= size:
            share = size_in_bytes / size
            return f"{share:,.{1 if share < 10 else 0}f} {unit}"
    return counted(size_in_bytes, "byte")


def _finding(finding: Finding) -> Iterator[str]:
    place = ":".join([finding.file, *(str(one) for one in (finding.line, finding.column) if one)])
    head = f"{place}: " if finding.file else ""
    yield fill(f"{head}{finding.what}  [{finding.code}]", WIDTH, initial_indent="  ",
               subsequent_indent="  ", break_on_hyphens=False)  # fmt: skip
    yield fill(finding.fix, WIDTH, initial_indent="    ", subsequent_indent="    ")
    known = minders(finding.code)
    if known:
        said = f"Known to mind: {', '.join(str(one) for one in known)}."
        yield fill(said, WIDTH, initial_indent="    ", subsequent_indent="    ")
