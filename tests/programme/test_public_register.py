"""register.json: its schema, and what a reader refuses, with the place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from programme.problems import InputError
from programme.public_register import PublicRegister, read_public_register
from scorm_builder.course.yaml_schemas import YamlFile, schema, schema_text
from tests.builder.conftest import ROOT

SCHEMA = ROOT / "docs" / "register.schema.json"


def entry(**changes: object) -> dict[str, Any]:
    """Give a valid entry, with changes."""
    return {
        "number": "2026-0007", "hotel": "acme-0042", "name": "Acme Harbour", "chain": "acme",
        "chain_name": "Acme Hotels", "valid_from": "2026-03-02", "valid_until": "2028-03-02",
        "status": "valid", **changes,
    }  # fmt: skip


def written(folder: Path, *entries: dict[str, Any], **changes: object) -> Path:
    """Write a register and give its path."""
    register = {"format": 1, "programme": "No Room", "updated_on": "2026-11-22",
                "certificates": list(entries), **changes}  # fmt: skip
    path = folder / "register.json"
    path.write_text(json.dumps(register, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def refused(path: Path) -> list[tuple[str, int, str]]:
    """Give code, line and words of what is refused."""
    with pytest.raises(InputError) as caught:
        read_public_register(path)
    return [(one.code, one.line, one.what) for one in caught.value.problems]


def test_the_schema_says_what_the_model_says(update_golden: bool) -> None:
    made = schema(YamlFile("register", "register.json", "register.json", PublicRegister))
    if update_golden:
        SCHEMA.write_text(schema_text(made), encoding="utf-8")
    assert SCHEMA.read_text("utf-8") == schema_text(made)
    Draft202012Validator.check_schema(made)


def test_a_register_of_a_whole_country_is_read(tmp_path: Path) -> None:
    many = [entry(number=f"2026-{number:04d}", hotel=f"h-{number}") for number in range(10_000)]
    path = written(tmp_path, *many)
    assert path.stat().st_size > 2_000_000
    assert len(read_public_register(path).certificates) == 10_000


def test_the_example_of_the_contract_is_right(tmp_path: Path) -> None:
    contract = (ROOT / "docs" / "contracts.md").read_text("utf-8")
    example = contract.partition("## 11.")[2].partition("```json\n")[2].partition("```")[0]
    path = tmp_path / "register.json"
    path.write_text(example, encoding="utf-8")
    assert read_public_register(path).certificates[0].hotel == "acme-0042"
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(json.loads(example))


def test_a_certificate_holds_to_the_end_of_its_last_day(tmp_path: Path) -> None:
    last_day = entry(valid_until="2026-11-22")
    over = entry(number="2026-0008", valid_until="2026-11-21", status="expired")
    endless = entry(number="2026-0009", valid_until=None)
    taken_back = entry(number="2026-0010", status="revoked")
    register = read_public_register(written(tmp_path, last_day, over, endless, taken_back))
    assert [one.status for one in register.certificates] == [
        "valid", "expired", "valid", "revoked",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"headcount": 40}, "unknown-key"),
        ({"percent": 71}, "unknown-key"),
        ({"status": "lapsed"}, "wrong-value"),
        ({"status": "expired"}, "register-dates"),
        ({"valid_until": "2026-11-21"}, "register-dates"),
        ({"valid_until": "2026-01-01", "status": "expired"}, "register-dates"),
        ({"valid_from": "2 March"}, "wrong-value"),
        ({"name": "Acme\u0007"}, "wrong-value"),
        ({"hotel": "Acme 42"}, "wrong-value"),
    ],
)
def test_what_contradicts_the_contract_is_named_with_its_line(
    tmp_path: Path, changes: dict[str, object], code: str
) -> None:
    found = refused(written(tmp_path, entry(number="2026-0001"), entry(**changes)))
    assert [one[0] for one in found] == [code]
    assert found[0][1] > 15


def test_a_number_stands_once(tmp_path: Path) -> None:
    assert [one[0] for one in refused(written(tmp_path, entry(), entry()))] == ["register-number"]


@pytest.mark.parametrize("text", ["{", "[1, NaN]", "", "no json", '{"format": 1,}'])
def test_what_is_no_json_is_said_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "register.json"
    path.write_text(text, encoding="utf-8")
    assert [one[0] for one in refused(path)] == ["register-json"]
