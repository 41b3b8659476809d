"""programme.yaml and chain.yaml: messages that a programme officer can act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from programme.directory import find_programme, read_programme, require_programme
from programme.problems import InputError

GOOD = """\
name: Example programme
iri: https://id.noroom.example
lrs:
  - id: main
    endpoint: https://lrs.noroom.example/xAPI/
authorities:
  - mbox: mailto:acme@lrs.example
    chain: acme
rule:
  threshold: 60
"""
CHAIN = "name: Acme Hotels\nmanager_title: {en: duty manager}\n"


def write(folder: Path, programme: str, chain: str = CHAIN) -> Path:
    (folder / "chains" / "acme").mkdir(parents=True)
    (folder / "programme.yaml").write_text(programme, encoding="utf-8")
    (folder / "chains" / "acme" / "chain.yaml").write_text(chain, encoding="utf-8")
    return folder


def complaints(folder: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        read_programme(folder)
    return [f"{problem.code}: {problem.what} {problem.fix}" for problem in raised.value.problems]


def test_a_good_programme(tmp_path: Path) -> None:
    programme = read_programme(write(tmp_path, GOOD))
    assert programme.settings.rule.threshold == 60
    assert programme.chain_iri("acme") == "https://id.noroom.example/chain/acme"
    assert programme.salt("acme") == "acme"


def test_it_is_found_upwards(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD)
    assert find_programme(None, folder / "chains" / "acme") == folder


def test_unknown_keys_get_a_suggestion_and_all_problems_come_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("threshold: 60", "treshold: 60\n  operator: more\n  grace_days: ninety")
    said = complaints(write(tmp_path, text, "nme: Acme\n"))
    assert len(said) == 5
    assert any('"treshold"' in one and 'Did you mean "threshold"?' in one for one in said)
    assert any('"more" is not a value for "operator"' in one and "ge, gt" in one for one in said)
    assert any("a whole number" in one and "ninety" in one for one in said)
    assert any('the key "name" is missing' in one for one in said)


def test_a_time_zone_that_is_none(tmp_path: Path) -> None:
    said = complaints(write(tmp_path, GOOD + "time_zone: Amsterdam\n"))
    assert said == [
        'time-zone: "Amsterdam" is not a time zone Write a name such as Europe/Amsterdam.'
    ]


def test_a_folder_without_programme_yaml(tmp_path: Path) -> None:
    assert complaints(tmp_path)[0].startswith("file-missing")


def test_nobody_as_authority(tmp_path: Path) -> None:
    text = GOOD.replace("  - mbox: mailto:acme@lrs.example\n    chain", "  - chain")
    assert complaints(write(tmp_path, text))[0].startswith("authority-nobody")


@pytest.mark.parametrize(
    "who",
    [
        "mbox: mailto:hello@learninglocker.net",
        "account: { homePage: https://lrs.example, name: packages }",
    ],
)
def test_one_authority_for_two_chains(tmp_path: Path, who: str) -> None:
    """As where clients keep what the LRS fills in: Learning Locker names the same for each."""
    twice = f"  - {who}\n    chain: beta\n  - {who}\n    may_void: true\n"
    text = GOOD.replace("authorities:\n", f"authorities:\n{twice}")
    (said,) = complaints(write(tmp_path, text))
    assert said.startswith("authority-twice: ") and "its own client" in said


@pytest.mark.parametrize("name", ["Acme Hotels", "ACME", "-acme", "ac\u00e9", "a" * 65])
def test_a_chain_folder_that_is_no_id(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path, GOOD)
    (folder / "chains" / "acme").rename(folder / "chains" / name)
    (said,) = complaints(folder)
    assert said.startswith("chain-id: ") and name in said and "Rename the folder." in said


def test_a_chain_without_settings_is_not_passed_over(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD)
    (folder / "chains" / "beta").mkdir()
    (folder / "chains" / ".hidden").mkdir()
    (folder / "chains" / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_programme(folder)
    (problem,) = raised.value.problems
    assert problem.file == str(folder / "chains" / "beta" / "chain.yaml")


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        ('manager_title: { en: "  " }', "this text is empty"),
        ('manager_title: { en: "a\\nb" }', "a line break"),
        ('manager_title: { en: "a\\x07" }', "U+0007"),
        ("manager_title: { EN: boss }", "a language tag in small letters, nl or pt-BR"),
        ('lrs: { endpoint: "https://lrs.example/xAPI", key: "a:b" }', "with a slash at its end"),
        ('lrs: { endpoint: "https://lrs.example/?a=/", key: "a:b" }', "with a slash at its end"),
        ('lrs: { endpoint: "https://lrs.example/", key: "a b:c" }', "user:password"),
        ('lrs: { endpoint: "https://lrs.example/", key: "a:\\ud800" }', "U+D800"),
        ("one_hotel: Acme 42", "small letters, digits and hyphens"),
    ],
)
def test_a_chain_says_what_to_write_without_a_pattern(
    tmp_path: Path, chain: str, words: str
) -> None:
    (said,) = complaints(write(tmp_path, GOOD, f"name: Acme\n{chain}\n"))
    assert words in said
    assert "[a-z" not in said


@pytest.mark.parametrize(
    "address", ["https://me:hunter2@lrs.example/xAPI", "https://lrs.example:hunter2/xAPI/",
                "https://[hunter2/xAPI/"],
)  # fmt: skip
def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path, address: str) -> None:
    chain = f'name: Acme\nlrs: {{ endpoint: "{address}", key: "a:b" }}\n'
    with pytest.raises(InputError) as raised:
        read_programme(write(tmp_path, GOOD, chain))
    (problem,) = raised.value.problems
    assert "address" in problem.what and "hunter2" not in str(problem)


def test_the_file_programme_yaml_means_its_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD)
    assert find_programme(folder / "programme.yaml") == folder


def test_a_folder_that_cannot_be_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    folder = write(tmp_path, GOOD)
    monkeypatch.setattr(Path, "is_dir", refuse)
    said = complaints(folder)
    assert said[0].startswith("file-unreadable: this cannot be read: Permission denied")


def test_outside_any_programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as raised:
        require_programme(None)
    assert "--programme DIR" in raised.value.problems[0].fix
