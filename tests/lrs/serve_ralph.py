"""Serves Ralph, an LRS that is not ours; run by the Python of .venv-ralph, never imported by tests.

Usage: serve_ralph.py DIRECTORY PORT ORIGIN… < users.json, where users.json is a list of
{"username", "password", "scopes", "mbox"}. Statements go to DIRECTORY as JSON lines.
Ralph's `fs` backend creates its file on the first write and refuses every later one unless it is
told to append; that one default is changed here.
"""

import json
import os
import sys
from pathlib import Path


def write_users(file: Path, users: list[dict[str, object]]) -> None:
    """Write Ralph's credentials file: hashes, scopes, and each agent that becomes authority."""
    import bcrypt

    def entry(user: dict[str, object]) -> dict[str, object]:
        digest = bcrypt.hashpw(str(user["password"]).encode(), bcrypt.gensalt(4)).decode()
        agent = {"mbox": user["mbox"], "objectType": "Agent"}
        name = user["username"]
        return {"agent": agent, "scopes": user["scopes"], "hash": digest, "username": name}

    file.write_text(json.dumps([entry(user) for user in users]), encoding="utf-8")


def main(directory: Path, port: int, origins: list[str]) -> None:
    """Configure Ralph by its environment variables and serve until killed."""
    write_users(directory / "auth.json", json.load(sys.stdin))
    os.environ |= {
        "RALPH_APP_DIR": str(directory),
        "RALPH_AUTH_FILE": str(directory / "auth.json"),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(directory),
        "RALPH_RUNSERVER_CORS_ALLOW_ORIGINS": json.dumps(origins),
        "RALPH_LRS_RESTRICT_BY_AUTHORITY": "true",
        "RALPH_LRS_RESTRICT_BY_SCOPES": "true",
        "RALPH_RUNSERVER_MAX_SEARCH_HITS_COUNT": "25",
    }
    import uvicorn
    from ralph.api import app
    from ralph.backends.data.base import BaseOperationType
    from ralph.backends.lrs.fs import FSLRSBackend

    FSLRSBackend.default_operation_type = BaseOperationType.APPEND
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
