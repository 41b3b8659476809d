"""A walk that stops at every screen of a course, and at everything that happens on one.

`for name in every_screen(session)` shows the screens in the order of the course: before an answer,
at its feedback, right and other, at the list of things, the ends, the breaks, the dialogs. The
names are those of pages, with what happened behind them: `first`, `first-other`, `help`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.lms.learner import LearnerSession

MAX_SCREENS = 400
After = Callable[[LearnerSession], Iterator[str]]


def every_screen(session: LearnerSession) -> Iterator[str]:
    """Walk from the first page to the last words; the caller looks while a screen stands."""
    yield session.screen
    yield from dialogs(session)
    for _ in range(MAX_SCREENS):
        yield from on_screen(session)
        if session.screen == session.pages()[-1]["id"]:
            break
        yield session.screen
    else:
        raise AssertionError(f"the course did not end, last {session.screen}")
    yield from _finish(session)


def dialogs(session: LearnerSession) -> Iterator[str]:
    """Open what every screen offers, one after the other."""
    for opener, name in (
        (".tool-help", "help"),
        (".place-button", "parts"),
        (".tool-language", "language"),
    ):
        if session.locate(opener).count():
            session.locate(opener).click()
            yield name
            session.page.keyboard.press("Escape")


def kind_of(session: LearnerSession) -> str:
    """Give the kind of the page that is shown; `warning` and `break` are kinds too."""
    page = next((one for one in session.pages() if one["id"] == session.screen), None)
    if session.locate(".warning-show").count():
        return "warning"
    return str(page["kind"]) if page else "break"


def on_screen(session: LearnerSession) -> Iterator[str]:
    """Do the screen that is shown, and stop at everything that happens on it."""
    yield from _AFTER.get(kind_of(session), _go_on)(session)


def _finish(session: LearnerSession) -> Iterator[str]:
    yield session.screen
    if session.locate("#note-name").count():
        session.locate("#note-name").fill("Ana García")
        yield f"{session.screen}-named"
    session.exit()
    yield "closed"


def _go_on(session: LearnerSession) -> Iterator[str]:
    session.do_page()
    yield from ()


def _cards(session: LearnerSession) -> Iterator[str]:
    """Every card of the page; the last one goes on."""
    before, number = session.screen, 1
    session.press_next()
    while session.screen == before:
        number += 1
        yield f"{before}-{number}"
        session.press_next()


def _video(session: LearnerSession) -> Iterator[str]:
    """The film before and after it was played, then the words."""
    name = session.screen
    session.locate(".switch-button").nth(0).click()
    yield f"{name}-film"
    session.locate(".film-start").click()
    session.frame.wait_for_function("() => document.querySelector('video').ended")
    yield f"{name}-played"
    session.locate(".switch-button").nth(2).click()
    yield f"{name}-words"
    session.press_next()


def _items(session: LearnerSession) -> Iterator[str]:
    """Answer the first item otherwise and the rest right, once more where it comes once more."""
    name, right = session.screen, False
    while session.locate("[data-item]").count() and session.screen == name:
        item = session.item_shown()
        if right:
            yield f"{name}-{item}"
        session.answer_shown(right=right)
        yield f"{name}-{item}-{'right' if right else 'other'}"
        session.press_next()
        right = True
    if session.screen == name:
        yield f"{name}-end"
        session.press_next()


def _question(session: LearnerSession) -> Iterator[str]:
    """Press too early, and answer otherwise."""
    name = session.screen
    session.locate(".next").click(force=True)
    yield f"{name}-hint"
    session.answer_shown(right=False)
    yield f"{name}-other"
    session.press_next()


def _order(session: LearnerSession) -> Iterator[str]:
    name = session.screen
    session.answer_shown(right=False)
    yield f"{name}-other"
    while not session.locate(".order-answer").count():
        session.answer_shown(right=True)
    yield f"{name}-right"
    session.press_next()


def _hotspot(session: LearnerSession) -> Iterator[str]:
    """Look at an innocent thing, at the list, at a signal there, and at the rest."""
    name = session.screen
    things = next(one for one in session.pages() if one["id"] == name)["objects"]
    innocent = [one["id"] for one in things if not one["signal"]]
    signal = next(one["id"] for one in things if one["signal"])
    for thing in innocent[:1]:
        session.locate(f'.spot[data-thing="{thing}"]').click()
        yield f"{name}-innocent"
    session.locate(".switch-button").nth(1).click()
    yield f"{name}-list"
    session.locate(f'.thing[data-thing="{signal}"]').click()
    yield f"{name}-signal"
    session.locate(".switch-button").nth(0).click()
    if session.locate(".rest").count():
        session.locate(".rest").click()
    yield f"{name}-rest"
    session.press_next()


def _dialogue(session: LearnerSession) -> Iterator[str]:
    name = session.screen
    session.talk(right=False)
    yield f"{name}-other-ending"
    session.press_next()
    session.talk(right=True)
    yield f"{name}-good-ending"
    session.press_next()


def _check(session: LearnerSession) -> Iterator[str]:
    session.press_next()
    yield "check-question"
    session.answer_shown(right=False)
    yield "check-reasons"
    session.press_next()
    session.fail_check_once()
    yield "check-not-yet"
    session.fail_check_once()
    yield "check-offer"
    session.take_check()
    yield "check-passed"
    session.press_next()


_AFTER: dict[str, After] = {
    "cards": _cards,
    "video": _video,
    "true_false": _items,
    "signals_scale": _items,
    "sort": _items,
    "choose_one": _question,
    "choose_several": _question,
    "order": _order,
    "hotspot": _hotspot,
    "dialogue": _dialogue,
    "check": _check,
}
