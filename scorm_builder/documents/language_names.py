"""The names of languages as the papers print them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from types import MappingProxyType


def names_together(tags: Sequence[str]) -> dict[str, str]:
    """Give the names of a package's languages, in one line, as language_names does for one."""
    named = [language_names(tag) for tag in tags]
    return {one: ", ".join(names[one] for names in named) for one in ("en", "nl", "own")}


@functools.cache  # the papers of each chain name the same few languages, and CLDR is slow to ask
def language_names(tag: str) -> Mapping[str, str]:
    """Give the name of a language in English, Dutch and itself."""
    from babel import Locale

    own = Locale.parse(tag, sep="-")
    return MappingProxyType(
        {one: own.get_display_name(one) or tag for one in ("en", "nl")}
        | {"own": own.get_display_name() or tag}
    )
