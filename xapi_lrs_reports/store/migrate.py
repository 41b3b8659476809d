"""`noroom store migrate`: bring an older store to the present layout."""

from __future__ import annotations

import contextlib
from pathlib import Path

from programme.files import is_there
from xapi_lrs_reports.store import store_schema as schema
from xapi_lrs_reports.store.migrations import MIGRATIONS
from xapi_lrs_reports.store.opening import (
    check_version,
    connect,
    has_schema,
    require_folder,
    store_file,
    stored_version,
)


def migrate(programme: Path) -> list[str]:
    """Migrate all steps or none; give what each means for people. Raises InputError.

    No store, or one of the present layout: nothing to do. A newer one is refused.
    """
    file = store_file(programme)
    require_folder(file)
    if not is_there(file):
        return []
    with contextlib.closing(connect(file)) as connection:
        if not has_schema(connection, file.stem):
            return []
        messages = []
        version = stored_version(connection)
        connection.begin()
        while version in MIGRATIONS:
            step = MIGRATIONS[version]
            connection.execute(step.sql)
            connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [step.to])
            messages.append(f"layout {version} is now {step.to}: {step.message}")
            version = step.to
        if version == schema.SCHEMA_VERSION:
            connection.commit()
        else:
            connection.rollback()
        check_version(connection, file)
    return messages
