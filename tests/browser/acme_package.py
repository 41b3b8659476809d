"""One package for the chain Acme, which reports to an LRS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scorm_builder.package.build_packages import BuildRequest, build_packages


def acme_package(
    folder: Path,
    course: Path,
    standard: str,
    endpoint: str,
    options: str = "",
    languages: Sequence[str] = ("en",),
) -> Path:
    """Build a course in a folder of its own; `options` are further lines of chain.yaml.

    Several languages stand in one package.
    """
    programme = folder / "programme"
    chain = programme / "chains" / "acme"
    chain.mkdir(parents=True)
    (programme / "programme.yaml").write_text(
        "name: Test\niri: https://id.noroom.example\n", encoding="utf-8"
    )
    (chain / "chain.yaml").write_text(
        f'name: Acme\nlrs: {{ endpoint: "{endpoint}", key: "key:secret" }}\n{options}\n',
        encoding="utf-8",
    )
    request = BuildRequest(
        course,
        folder / "out",
        [standard],
        languages,
        ["acme"],
        programme,
        allow_draft=True,
        languages_in="one" if len(languages) > 1 else "each",
    )
    packages, _ = build_packages(request)
    return Path(packages[0].path)
