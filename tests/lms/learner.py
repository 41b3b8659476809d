"""A learner who takes a course in a real browser, as a person does: reads, taps, goes on.

`LearnerSession(page, url)` drives a Playwright page that shows the test LMS, or the package itself.
Right answers are read from the course's data in the page; a policy says which to give.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Frame, Locator, Page

from scorm_builder.course.short_keys import profile_key

Answers = Callable[[str], bool]
"""Item id (page, statement or question) -> whether to answer it right."""

ANSWERED = (
    "true_false",
    "choose_one",
    "choose_several",
    "order",
    "sort",
    "signals_scale",
    "hotspot",
)

MAX_STEPS = 400


def always_right(item: str) -> bool:
    """Answer everything right."""
    return True


class LearnerSession:
    """One launch of a course: `open`, then `take`, `exit`, `close_window` as the story goes."""

    def __init__(
        self, page: Page, url: str, answers: Answers = always_right, role: str = ""
    ) -> None:
        self.page, self.url, self.answers = page, url, answers
        self.role = role
        """Id of the role that this learner chooses; "" takes "something else"."""
        self.profile = ""
        """Id of the profile that this learner chooses; "" leaves the first as it is."""
        self.visited: list[str] = []
        self._course: dict[str, Any] = {}

    def open(self) -> LearnerSession:
        """Launch, and wait until the course shows its first screen."""
        self.page.goto(self.url)
        self.wait_until_shown()
        return self

    def reload(self) -> LearnerSession:
        """Reload the window, as an impatient learner does."""
        self.page.reload()
        self.wait_until_shown()
        return self

    def wait_until_shown(self) -> None:
        """Wait for a screen of the course, in whichever frame it is, and for the whole course."""
        self.wait_for_screen()
        if self.locate(".top").count():
            self.read_course()

    def wait_for_screen(self) -> None:
        """Wait for any screen, such as one that stands before the course."""
        self.page.wait_for_function(_SHOWN)

    def read_course(self) -> None:
        """Read the course's data, which tell the right answers."""
        self.frame.wait_for_function(_WHOLE)
        self._course = self.frame.evaluate("noroomCourse")

    @property
    def frame(self) -> Frame:
        """Give the frame that shows the course."""
        inner = [frame for frame in self.page.frames if "/content/" in frame.url]
        return inner[-1] if inner else self.page.main_frame

    @property
    def screen(self) -> str:
        """Give the id of the page that is open; `break`, `saving` and `closed` are screens too."""
        return self.locate(".app").get_attribute("data-screen") or ""

    @property
    def heading(self) -> str:
        """Give the heading of the screen."""
        return self.locate("h1").inner_text()

    def take(self, until: str | None = None) -> LearnerSession:
        """Take the course to its last page, or until the page `until` is shown; that one stays."""
        for _ in range(MAX_STEPS):
            screen = self.screen
            if not self.visited or self.visited[-1] != screen:
                self.visited.append(screen)
            if screen == until or (until is None and self._is_last(screen)):
                return self
            self.do_page()
        raise AssertionError(f"the course did not end after {MAX_STEPS} steps, last {self.screen}")

    def fail_check_once(self) -> LearnerSession:
        """Go to the check and answer every question of one try wrong; stay at its result."""
        self.take(until=self.page_of_kind("check"))
        before, self.answers = self.answers, lambda item: False
        self.take_check()
        self.answers = before
        return self

    def take_check(self) -> LearnerSession:
        """Take one try of the check, which is open; stay at its result."""
        self._start_try()
        while self._answer_question():
            pass
        return self

    def answer_shown(self, *, right: bool) -> None:
        """Answer what is on the screen, once, and stay at the feedback."""
        page = next(one for one in self.pages() if one["id"] == self.screen)
        if page["kind"] in ("true_false", "sort"):
            self._judge(page, right)
        elif page["kind"] == "signals_scale":
            self._weigh(page, right)
        elif page["kind"] == "order":
            self._order(page, right)
        elif page["kind"] == "hotspot":
            self._search(page, right)
        elif page["kind"] == "check":
            self._mark(self._question()["options"], right)
            self.press_next()
        else:
            self._mark(page["options"], right)
            self.press_next()
        self.locate(".feedback, .rest-thing").first.wait_for()

    def exit(self) -> LearnerSession:
        """Leave by the course's own button, and wait for its last words."""
        self.locate(".tool-exit").click()
        self.locate('.app[data-screen="closed"]').wait_for()
        return self

    def close_window(self) -> None:
        """Close the window without a word."""
        self.page.close(run_before_unload=False)

    def page_of_kind(self, kind: str) -> str:
        """Give the id of the first page of a kind."""
        return next(str(page["id"]) for page in self.pages() if page["kind"] == kind)

    def press_next(self) -> None:
        """Press the button that goes on."""
        self.locate(".next").click()

    def pages(self) -> list[dict[str, Any]]:
        """Give the learner's own pages in order, as in docs/contracts.md section 5."""
        pages = self._own([page for block in self._course["blocks"] for page in block["pages"]])
        lists = ("cards", "statements", "options", "steps", "scale", "sort")
        return [
            {**page, **{name: self._own(page[name]) for name in lists if name in page}}
            for page in pages
        ]

    def role_key(self) -> str:
        """Give the short key of the learner's role; "" in a course without roles."""
        roles = self._course.get("roles") or {"choices": [], "other": ""}
        chosen = [one["key"] for one in roles["choices"] if one["id"] == self.role]
        return str(chosen[0] if chosen else roles["other"])

    def _own(self, nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        key = self.role_key()
        own = [one for one in nodes if key in one.get("roles", [key])]
        whom = self._profile()["key"]
        return [one for one in own if whom in one.get("profiles", [whom])]

    def _profile(self) -> dict[str, Any]:
        profiles = self._course.get("profiles") or [{"key": ""}]
        wanted = profile_key(self.profile)
        found: dict[str, Any] = next((one for one in profiles if one["key"] == wanted), profiles[0])
        return found

    def choose_role(self) -> None:
        """Tap profile and role on the role page; "something else" is the last button."""
        if self.profile:
            self.frame.get_by_role("button", name=self._profile()["title"], exact=True).click()
            if len(self._profile().get("roles", ["", ""])) == 1:
                return
        if self.role:
            self.locate(f'.role[data-role="{self.role_key()}"]').first.click()
        else:
            self.locate(".role").last.click()

    def _is_last(self, screen: str) -> bool:
        return bool(screen == self.pages()[-1]["id"])

    def do_page(self) -> None:
        """Do what the screen asks for, once, and go on."""
        screen = self.screen
        page = next((one for one in self.pages() if one["id"] == screen), None)
        kind = page["kind"] if page else "break"
        if self.locate(".warning-show").count():
            self.locate(".warning-show").click()
            return
        if kind == "role":
            self.choose_role()
            return
        if kind == "check":
            self.take_check()
            if self.locate(".result.is-right").count():
                self.press_next()
            return
        if kind == "video" and self.locate(".film").count():
            self.locate(".switch-button").nth(1).click()
        if page and kind == "dialogue" and not self.locate(".talk-end.is-right").count():
            self.talk(right=self.answers(screen))
            if not self.locate(".talk-end.is-right").count():
                self.locate(".talk-go-on").click()
                return
        elif page and kind in ANSWERED and not self.locate(".end-title").count():
            self.answer_shown(right=self.answers(self._item(page)))
            if kind == "order" and not self.locate(".order-answer").count():
                return  # the steps that are not right yet are asked again
        self.press_next()

    def talk(self, *, right: bool) -> None:
        """Choose until the conversation ends: by the last choices to a bad ending, or well."""
        page = next(one for one in self.pages() if one["id"] == self.screen)
        while self.locate("[data-turn]").count():
            turn = self.locate("[data-turn]").get_attribute("data-turn") or ""
            self.locate(f'[data-choice="{way_to_an_ending(page, turn, good=right)}"]').click()

    def item_shown(self) -> str:
        """Give the id of the card or statement that is shown."""
        return self.locate("[data-item]").get_attribute("data-item") or ""

    def _item(self, page: dict[str, Any]) -> str:
        if page["kind"] in ("true_false", "sort", "signals_scale"):
            return self.item_shown()
        return str(page["id"])

    def _judge(self, page: dict[str, Any], right: bool) -> None:
        item = self._item(page)
        if page["kind"] == "true_false":
            statement = next(one for one in page["statements"] if one["id"] == item)
            value = str(statement["answer"] == right).lower()
        else:
            card = next(one for one in page["sort"] if one["id"] == item)
            value = next(one["id"] for one in page["bins"] if (one["id"] == card["bin"]) == right)
        self.locate(f'.judge-button[data-value="{value}"]').click()

    def _weigh(self, page: dict[str, Any], right: bool) -> None:
        card = next(one for one in page["scale"] if one["id"] == self._item(page))
        answers = ("nothing", "alert", "tell")
        answer = next(one for one in answers if (one in card["fits"]) == right)
        self.locate(f'.scale-button[data-answer="{answer}"]').click()

    def _order(self, page: dict[str, Any], right: bool) -> None:
        steps = [step["id"] for step in page["steps"]]
        for step in steps if right else reversed(steps):
            self.locate(f'[data-step="{step}"]').click()
        self.press_next()

    def _search(self, page: dict[str, Any], right: bool) -> None:
        """Find what is needed, or look at one thing and then at the rest."""
        wanted = [thing["id"] for thing in page["objects"] if bool(thing["signal"]) == right]
        for thing in wanted[: page["needed"] if right else 1]:
            self.locate(f'.spot[data-thing="{thing}"]').click()
        if not right:
            self.locate(".rest").click()

    def _start_try(self) -> None:
        """Press Start, Try again or nothing, until a question or the last result is shown."""
        if not self.locate("[data-question], .result.is-right").count():
            self.press_next()

    def _answer_question(self) -> bool:
        """Answer the question shown; False when the try is over."""
        if self.locate("[data-question]").count() == 0:
            return False
        self.answer_shown(right=self.answers(self._question()["id"]))
        self.press_next()
        return True

    def _question(self) -> dict[str, Any]:
        shown = self.locate("[data-question]").get_attribute("data-question")
        questions: list[dict[str, Any]] = self._course["check"]["questions"]
        return next(one for one in questions if one["id"] == shown)

    def _mark(self, options: list[dict[str, Any]], rightly: bool) -> None:
        wanted = [option["id"] for option in options if option["right"] == rightly]
        several = sum(option["right"] for option in options) > 1
        for option in wanted if rightly or several else wanted[:1]:
            self.locate(f'input[value="{option}"]').check()

    def locate(self, selector: str) -> Locator:
        """Give a locator in the frame of the course."""
        return self.frame.locator(selector)


def way_to_an_ending(page: dict[str, Any], turn: str, *, good: bool) -> str:
    """Give the id of the first choice of a turn that can lead to a good, or another, ending."""
    turns = {one["id"]: one for one in page["turns"]}
    endings = {one["id"]: one["good"] for one in page["endings"]}

    def leads(target: str) -> bool:
        if target in endings:
            return bool(endings[target] == good)
        return any(leads(choice["to"]) for choice in turns[target]["choices"])

    return next(str(one["id"]) for one in turns[turn]["choices"] if leads(one["to"]))


_SHOWN = """() => {
  const shown = (view) => {
    try {
      if (view.document.querySelector(".app h1")) return true;
      return Array.from(view.frames).some(shown);
    } catch {
      return Array.from({ length: view.frames.length }, (_, i) => view.frames[i]).some(shown);
    }
  };
  return shown(window);
}"""

_WHOLE = """() =>
  noroomCourse.blocks.every(({ pages }) => pages.every((page) => "title" in page)) &&
  !document.querySelector('.app[data-screen="waiting"]')"""
