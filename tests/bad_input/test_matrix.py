"""Every kind of file with every fault: said in words, nothing changed: docs/bad-input.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bad_input.cells import Outcome, fresh, meet
from tests.bad_input.document import FILE, INTRODUCTION, read_sections, section, write_section
from tests.bad_input.home import make_home
from tests.bad_input.in_content import HARMLESS
from tests.bad_input.kinds import KINDS, QUICK, Kind
from tests.bad_input.on_disk import ON_DISK
from xapi_lrs_reports.people import kept_roster


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A programme with a file of every kind; the roster is kept however small it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_roster, "WORTH_KEEPING", 1)
        yield make_home(tmp_path_factory.mktemp("bad") / "home")


EACH = [
    pytest.param(kind, id=kind.name, marks=[] if kind.name in QUICK else [pytest.mark.slow])
    for kind in KINDS
]


@pytest.mark.parametrize("kind", EACH)
def test_every_fault_is_said_in_words(
    kind: Kind, template: Path, tmp_path: Path, update_golden: bool
) -> None:
    found = {
        name: meet(kind, fresh(template, tmp_path / "home"), fault)
        for name, fault in kind.faults.items()
    }
    good = meet(kind, fresh(template, tmp_path / "home"), Path.exists)
    assert good.exit_code == 0, good.said
    wrong = {name: one.wrong for name, one in found.items() if one.wrong}
    assert not wrong
    assert not [name for name, one in found.items() if _is_taken(kind, name, one)]
    harmless = set() if kind.is_signed else HARMLESS & set(found)
    assert not [name for name in harmless if found[name].short != good.short]
    text = section(kind, {name: one.short for name, one in found.items()})
    if update_golden:
        write_section(kind, text)
    assert read_sections()[kind.name] == text


def _is_taken(kind: Kind, fault: str, outcome: Outcome) -> bool:
    """Tell whether a file was read, or done without, that nobody can read."""
    may_be = fault == "missing" and kind.may_be_absent
    return fault in ON_DISK and outcome.exit_code == 0 and not may_be and not kind.is_spare


def test_the_document_is_about_every_kind_and_no_other() -> None:
    assert list(read_sections()) == [kind.name for kind in KINDS]
    assert FILE.read_text("utf-8").startswith(INTRODUCTION)
