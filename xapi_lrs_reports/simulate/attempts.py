"""How people take the course: attempts, sessions and what happens in them, as plain events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xapi_lrs_reports.simulate import days
from xapi_lrs_reports.simulate.dice import Dice

FINISHING = ("straight", 45), ("resumed", 20), ("failed_first", 15), ("relaunched", 8), \
    ("again", 5), ("restarted", 7)  # fmt: skip
UNFINISHED = ("never", 50), ("halfway", 35), ("only_failed", 15)
_HOURS = ((6, 2), (7, 5), (8, 7), (9, 9), (10, 9), (11, 7), (13, 8), (14, 10), (15, 9), (16, 6),
          (19, 2), (21, 1))  # fmt: skip
_LONGEST_COURSE_DAYS = 12


@dataclass(frozen=True)
class Event:
    """One thing that the player tells the LRS. `number` is the session, the try, or 0.

    `correct` is the number of right answers out of 5, for `passed` only.
    """

    registration: str
    verb: str
    number: int
    when: datetime
    correct: int = 0


def attend(
    dice: Dice, launch: date, joined: date | None, *, finishes: bool, years_back: bool = False
) -> list[Event]:
    """Give everything that one person did, in order; nobody finishes unless `finishes`.

    `years_back` moves it all to 2020, where no completion counts any more.
    """
    story = dice.weighted(FINISHING if finishes else UNFINISHED)
    if story == "never":
        return []
    first = max(launch, joined or launch)
    first = days.days_after(first, int(dice.share() * dice.share() * 110))
    last = days.days_after(days.LAST_TRAINING_DAY, -_LONGEST_COURSE_DAYS)
    player = _Player(dice, days.LONG_AGO if years_back else min(first, last))
    _STORIES[story](player)
    return player.events


class _Player:
    """Plays one person's sessions and keeps the clock, the session and the try."""

    def __init__(self, dice: Dice, day: date) -> None:
        self.events: list[Event] = []
        self._dice = dice
        self._day = day
        self._now = self._start_of_work()
        self._new_registration()

    def _new_registration(self) -> None:
        self._registration, self._session, self._tries = self._dice.uuid4(), 0, 0

    def _start_of_work(self) -> datetime:
        hour = self._dice.weighted(_HOURS)
        return days.moment(
            self._day, hour, *(self._dice.below(n) for n in (60, 60, 1000))
        )  # fmt: skip

    def _say(self, verb: str, number: int, *, correct: int = 0) -> None:
        self.events.append(Event(self._registration, verb, number, self._now, correct))

    def _pass_time(self, minutes_low: int, minutes_high: int) -> None:
        seconds = self._dice.between(minutes_low * 60, minutes_high * 60)
        self._now += timedelta(seconds=seconds, milliseconds=self._dice.below(1000))

    def open(self) -> None:
        """Start a session."""
        self._session += 1
        self._say("initialized", self._session)

    def leave(self) -> None:
        """Close the window with the course unfinished, and come back up to three days later."""
        self._pass_time(4, 12)
        self._say("suspended", self._session)
        self.rest()

    def rest(self) -> None:
        """Let up to three days pass."""
        self._day = days.days_after(self._day, self._dice.between(1, 3))
        self._now = self._start_of_work()

    def start_over(self) -> None:
        """Begin a new attempt with a new registration."""
        self._new_registration()

    def fail(self) -> None:
        """Fall below the pass mark once."""
        self._pass_time(8, 16)
        self._tries += 1
        self._say("failed", self._tries)

    def finish(self) -> None:
        """Pass the check with four or five of five, and end the session."""
        self._pass_time(6, 18)
        correct = self._dice.between(4, 5)
        self._say("completed", 0)
        self._say("passed", 0, correct=correct)
        self._pass_time(0, 3)
        self._say("terminated", self._session)

    def look_again(self) -> None:
        """Open the finished course once more; no second completion is told."""
        self.rest()
        self.open()
        self._pass_time(1, 5)
        self._say("terminated", self._session)


def _straight(player: _Player) -> None:
    player.open()
    player.finish()


def _resumed(player: _Player) -> None:
    player.open()
    player.leave()
    _straight(player)


def _failed_first(player: _Player) -> None:
    player.open()
    player.fail()
    player.finish()


def _relaunched(player: _Player) -> None:
    _straight(player)
    player.look_again()


def _again(player: _Player) -> None:
    _straight(player)
    player.rest()
    player.start_over()
    _straight(player)


def _restarted(player: _Player) -> None:
    player.open()
    player.leave()
    player.start_over()
    _straight(player)


def _halfway(player: _Player) -> None:
    player.open()
    player.leave()


def _only_failed(player: _Player) -> None:
    player.open()
    player.fail()
    player.leave()


_STORIES = {
    "straight": _straight,
    "resumed": _resumed,
    "failed_first": _failed_first,
    "relaunched": _relaunched,
    "again": _again,
    "restarted": _restarted,
    "halfway": _halfway,
    "only_failed": _only_failed,
}
