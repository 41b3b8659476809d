"""Update -> text: what happens to learners when a new package replaces the one in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorm_builder.inspect.findings import some
from scorm_builder.lint.compare_update import Change, Update

_VERDICTS = {
    "same": "the same content: nothing changes for learners",
    "safe": "safe: learners in progress go on where they were",
    "back": "learners in progress keep what they did, but some go back",
    "new_version": "needs a new version, because it would break something",
}


PAGES_SHOWN = 5


def updates_text(updates: Sequence[Update]) -> str:
    """Give one paragraph for each update."""
    return "\n\n".join("\n".join(_lines(update)) for update in updates)


def _lines(update: Update) -> Iterator[str]:
    yield f"{update.old} ({update.old_version}) -> {update.new} ({update.new_version})"
    yield f"  {_VERDICTS[update.verdict]}"
    for name, change in update.changes.items():
        if change.kept or change.removed or change.added:
            yield f"  {name:<11} {_change(change)}"
    if update.back_to:
        pages = [f"{page.number} ({page.id})" for page in update.back_to]
        more = f" and {len(pages) - PAGES_SHOWN} more" if len(pages) > PAGES_SHOWN else ""
        which = f"page {pages[0]}" if len(pages) == 1 else "the first not yet seen of pages "
        which += "" if len(pages) == 1 else ", ".join(pages[:PAGES_SHOWN]) + more
        yield f"  who was further goes back once, to {which}"
    for reason in update.reasons:
        yield f"  {'breaks: ' if reason.breaks else ''}{reason.what}"


def _change(change: Change) -> str:
    parts = [f"{change.kept} kept"]
    for word, ids in (("removed", change.removed), ("added", change.added)):
        if ids:
            parts.append(f"{len(ids)} {word} ({some(ids)})")
    return ", ".join(parts)
