"""The rule on a cluster: the SQL file and the normaliser as they are, on Spark."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from programme.problems import InputError, Problem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.adaptive.coalescePartitions.enabled": "true",
}


@contextlib.contextmanager
def local_session(master: str | None = None) -> Iterator[SparkSession]:
    """Hold a Spark session: the cluster of spark-submit, or both cores of this machine.

    Raises InputError where Spark or Java is missing.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise _missing("pyspark is not installed", "pip install 'noroom[spark]'") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("noroom")
    if master or not os.environ.get("SPARK_ENV_LOADED"):
        builder = builder.master(master or "local[2]").config("spark.driver.memory", "2g")
        builder = builder.config("spark.sql.shuffle.partitions", "4")
        builder = builder.config("spark.driver.host", "localhost")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except PySparkRuntimeError:
        raise _missing("Spark does not start, perhaps without Java", "Install Java 17.") from None
    try:
        yield session
    finally:
        session.stop()


def _missing(what: str, fix: str) -> InputError:
    return InputError([Problem("--engine spark", 0, 0, "spark-missing", what, fix)])
