"""How far a build is, on a terminal; nothing anywhere else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Done = Callable[[int], None]


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[[int], Done] | None]:
    """Give what is called with the number of packages; None where nobody could see a bar.

    No thread redraws it: worker processes are forked while it is shown.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("packages"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:

        def started(total: int) -> Done:
            task = progress.add_task("packages", total=total)

            def done(count: int) -> None:
                progress.update(task, advance=count, refresh=True)

            return done

        yield started
