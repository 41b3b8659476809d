"""A Spark session as the rule needs it: UTC, timestamps without zone, no hundred empty tasks."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from programme.problems import InputError, Problem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_NEEDED = ("pyspark", "pyarrow")
_SHUFFLE = "spark.sql.shuffle.partitions"
_QUIET = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}


def start_session() -> SparkSession:
    """Start Spark, or join the one that runs, in a session of its own. Raises InputError.

    Master, memory and everything else come from Spark's own configuration; without any, Spark runs
    on all cores of this machine.
    """
    require_spark()
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # The workers of this machine need the same Python; on a cluster the operator names theirs.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        started = SparkSession.builder.appName("noroom").config(map=_QUIET).getOrCreate()
    except PySparkException as error:
        what = f"Spark does not start: {str(error).splitlines()[0]}"
        fix = "Check Spark's configuration, and that java -version says 17 or newer."
        raise _problem("spark-start", what, fix) from None
    session = started.newSession()
    session.conf.set("spark.sql.session.timeZone", "UTC")
    session.conf.set("spark.sql.timestampType", "TIMESTAMP_NTZ")
    return session


def spread(session: SparkSession, tasks: int) -> None:
    """Let each join and sum have as many tasks as there are cores, more where much is read.

    Unless the operator says how many: Spark's own number, 200, is more work than a rule of some
    thousand rows. Facts have a fourth of the size of their statements.
    """
    context = session.sparkContext
    if not context.getConf().contains(_SHUFFLE):
        session.conf.set(_SHUFFLE, str(max(context.defaultParallelism, tasks // 4)))


def is_installed(name: str) -> bool:
    """Tell whether a Python package can be imported."""
    return importlib.util.find_spec(name) is not None


def require_spark() -> None:
    """Raise InputError where a part of Spark is missing."""
    missing = [name for name in _NEEDED if not is_installed(name)]
    if missing:
        what = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed"
        raise _problem("spark-missing", what, 'Install it: pip install "noroom[spark]".')
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home, "bin")) if home else None) is None:
        where = f"in JAVA_HOME, {home}" if home else "on the PATH"
        fix = "Install Java 17 or newer, on Debian: apt-get install openjdk-17-jre-headless."
        raise _problem("spark-java", f"Spark needs Java, and there is none {where}", fix)


def _problem(code: str, what: str, fix: str) -> InputError:
    return InputError([Problem("--engine spark", 0, 0, code, what, fix)])
