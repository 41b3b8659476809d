"""How both halves speak on the command line: lazy commands, problems on stderr, exit codes.

Exit 0: fine. 1: the input is wrong, or interrupted. 2: misuse. 70: a defect of ours.
"""

from __future__ import annotations

import atexit
import contextlib
import difflib
import errno
import gc
import importlib
import io
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Iterable, Mapping
from types import FrameType
from typing import Any

import click

from programme.problems import InputError, Problem, count_summary

EXIT_INPUT, EXIT_DEFECT = 1, 70
COLLECT_AFTER = 50_000
"""New objects between two looks for garbage; Python's own number is 700."""

_ended = threading.Event()
"""Set once somebody wants the command to end."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command runs, so help is instant.

    `commands` maps a module to its commands and their one-line help. A command `import` is the
    attribute `import_command` of its module: every name gets the suffix `_command`. `offers` maps
    what one half does for the other to a module and its function: see `offered`.
    """

    def __init__(
        self,
        *,
        commands: Mapping[str, Mapping[str, str]],
        offers: Mapping[str, str] | None = None,
        **attributes: Any,
    ) -> None:
        super().__init__(**attributes, context_settings={"help_option_names": ["-h", "--help"]})
        click.version_option(package_name="noroom")(self)
        self._modules = {name: module for module, names in commands.items() for name in names}
        self._short = {name: text for names in commands.values() for name, text in names.items()}
        self._offers = offers or {}

    def offer(self, name: str) -> Any:
        """Import and give what is offered under a name; None if nobody offers it."""
        module, _, function = self._offers.get(name, "").partition(":")
        return getattr(importlib.import_module(module), function) if module else None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of the work, not of the alphabet."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give one command; None if there is none of that name."""
        if cmd_name not in self._modules:
            return None
        module = importlib.import_module(self._modules[cmd_name])
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        if not isinstance(command, click.Command):
            raise TypeError(f"{cmd_name} is not a click command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed; an unknown one gets a suggestion."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = difflib.get_close_matches(args[0], self._modules, n=1)
            if not near:
                raise
            said = error.message.rstrip(".")
            raise click.UsageError(f'{said}. Did you mean "{near[0]}"?', ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a value that is not among its choices gets a suggestion."""
        try:
            return super().invoke(ctx)
        except click.BadParameter as error:
            kind = error.param.type if error.param else None
            given = re.match("'(.*)' is not one of", error.message)
            if given and isinstance(kind, click.Choice):
                choices = [str(choice) for choice in kind.choices]
                if near := difflib.get_close_matches(given[1], choices, n=1):
                    said = f'{error.message.rstrip(".")}. Did you mean "{near[0]}"?'
                    raise click.BadParameter(said, error.ctx, error.param) from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._short[name]) for name in self.list_commands(ctx)])

    def main(self, *args: Any, **options: Any) -> Any:
        """Run, and turn what went wrong into a message and an exit code, never a trace."""
        if not options.get("standalone_mode", True):
            return super().main(*args, **options)
        _end_tidily()
        # Imports and parsed files make many objects that live to the end: looking through them
        # again and again for garbage took a seventh of a build.
        gc.set_threshold(COLLECT_AFTER)
        atexit.register(_skip_last_collections)
        try:
            return super().main(*args, **options)
        except InputError as error:
            print_problems(error.problems)
            sys.exit(EXIT_INPUT)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(EXIT_INPUT)
        except Exception as error:
            if _ended.is_set():  # DuckDB says "Query interrupted" in a RuntimeError of its own
                click.echo("Aborted!", err=True)
                sys.exit(EXIT_INPUT)
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                click.echo("noroom: the disk is full; make room and try again.", err=True)
                _drop_output()
                sys.exit(EXIT_INPUT)
            click.echo(f"noroom: a defect of ours: {type(error).__name__}: {error}", err=True)
            click.echo("Please report it, with the command you typed. NOROOM_DEBUG=1 shows where.",
                       err=True)  # fmt: skip
            if _debug():
                raise
            sys.exit(EXIT_DEFECT)


def offered(name: str) -> Any:
    """Give what the other half offers to the command that runs now; None where it stands alone."""
    group = click.get_current_context().find_root().command
    return group.offer(name) if isinstance(group, LazyGroup) else None


def _end_tidily() -> None:
    """Let a `kill` or a closed terminal end the work as Ctrl-C does: nothing is left half-written.

    A name that the terminal cannot show is printed with escapes, not the end of the work.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    _ended.clear()
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            usual = (signal.SIG_DFL, signal.default_int_handler)
            if number is not None and signal.getsignal(number) in usual:
                signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Raise KeyboardInterrupt, and remember it: a library may turn it into an error of its own."""
    _ended.set()
    signal.default_int_handler(number, frame)


def _skip_last_collections() -> None:
    """Let Python end without three more looks through everything, which took a build 50 ms.

    DuckDB would take what is left then for its own leaks, and say so on stderr.
    """
    if "duckdb" not in sys.modules:
        gc.freeze()


def _drop_output() -> None:
    """Send what is left of the output nowhere: Python would try to print it once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _debug() -> bool:
    return os.environ.get("NOROOM_DEBUG", "") not in ("", "0")


def print_problems(problems: Iterable[Problem], *, as_json: bool = False, end: str = "") -> None:
    """Print problems: text to stderr with a closing count and `end`, or JSON to stdout."""
    found = list(problems)
    if as_json:
        click.echo(json.dumps({"problems": [problem.as_json() for problem in found]}, indent=2))
        return
    for problem in found:
        click.echo(str(problem) + "\n", err=True)
    click.echo(f"{count_summary(found)}.{' ' + end if end else ''}", err=True)
