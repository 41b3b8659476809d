"""JSON that others wrote: what cannot be read is a BadJsonError, in words, however it is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

_WORDS = {
    "Expecting value": "a value is missing here, or this is no JSON",
    "Expecting property name enclosed in double quotes": "a key in double quotes should stand here",
    "Expecting ':' delimiter": "a colon should stand here",
    "Expecting ',' delimiter": "a comma or the end should stand here",
    "Extra data": "something stands behind the end",
    "Unterminated string starting at": "a text that begins here has no end",
    "Invalid control character at": "a control character stands in a text",
}
"""What Python's parser says, and what we do."""


class BadJsonError(ValueError):
    """Why a text is no JSON. `line` and `column` count from 1; 0: of the whole text."""

    def __init__(self, why: str, line: int = 0, column: int = 0) -> None:
        super().__init__(why)
        self.line, self.column = line, column


def read_json(text: str | bytes, *, parse_constant: Callable[[str], object] | None = None) -> Any:
    """Give the data of a JSON text; raises BadJsonError.

    Python's own parser ends in a RecursionError on a text that only opens brackets, and knows no
    number of more than 4,300 digits.
    """
    try:
        return json.loads(text, parse_constant=parse_constant)
    except RecursionError:
        raise BadJsonError("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        why = _WORDS.get(error.msg, "it is not written as JSON here")
        raise BadJsonError(why, error.lineno, error.colno) from None
    except UnicodeDecodeError:
        raise BadJsonError("it is not UTF-8 text") from None
    except BadJsonError:
        raise
    except ValueError:
        raise BadJsonError("a number has too many digits") from None
