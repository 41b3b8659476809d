"""A PostgreSQL server of the test's own, as a third witness of what the rule says."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path


def _programs() -> Path:
    """Give the folder of the server's programs; Debian keeps them off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    assert on_path, "PostgreSQL is not installed: apt-get install postgresql"
    return Path(on_path).resolve().parent


class Postgres:
    """A running server. `user` is the unprivileged owner; a server refuses to run as root."""

    def __init__(self, folder: Path, user: str | None) -> None:
        self.folder = folder
        self._user = user
        self._programs = _programs()

    def run(self, program: str, *arguments: str) -> str:
        """Run one of the server's programs and give what it prints."""
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            user=self._user,
            group=self._user and pwd.getpwnam(self._user).pw_gid,
            extra_groups=[] if self._user else None,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def query(self, *commands: str) -> list[list[str]]:
        """Run commands in one session and give the rows of all of them, as text."""
        given = [part for command in commands for part in ("-c", command)]
        out = self.run(
            "psql", "-h", str(self.folder), "-U", "noroom", "-d", "postgres", "-X", "-q", "-A",
            "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", *given,
        )  # fmt: skip
        return [line.split("\t") for line in out.splitlines()]

    def load(self, tables: Mapping[str, Mapping[str, str]], folder: Path) -> list[str]:
        """Give the commands that make tables anew from `<folder>/<table>.csv`."""
        commands = ["SET jit = off"]
        for table, columns in tables.items():
            kinds = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            shutil.copy(folder / f"{table}.csv", self.folder)  # where the server's user may read
            commands += [
                f"CREATE TEMP TABLE {table} ({kinds})",
                f"\\copy {table} FROM '{self.folder / table}.csv' CSV HEADER NULL '\\N'",
            ]
        return [*commands, "ANALYZE"]


@contextlib.contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server on a socket of its own; nothing of it is left afterwards."""
    user = None if os.getuid() else "nobody"
    with tempfile.TemporaryDirectory(prefix="noroom-pg-") as name:
        folder = Path(name)
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        server = Postgres(folder, user)
        data = str(folder / "data")
        server.run("initdb", "-D", data, "-U", "noroom", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        server.run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield server
        finally:
            server.run("pg_ctl", "-D", data, "-w", "-m", "fast", "stop")
