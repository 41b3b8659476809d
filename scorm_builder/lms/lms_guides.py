"""presets/*.yaml -> docs/lms-guides.md; a test fails when the file is not current."""

from __future__ import annotations

from scorm_builder.lms.lms_presets import Fact, Preset, others, presets

INTRODUCTION = """# LMS guides

<!-- Made by scorm_builder/lms/lms_guides.py; NOROOM_UPDATE_GOLDEN=1 pytest -k lms_guides -->

One section per preset: write its id as `preset:` in a chain's `chain.yaml`. The same facts stand in
the upload guide that `noroom build` puts beside a chain's packages, there in the language of HR;
docs/translating.md says how they are translated.

**(not confirmed)** means that nobody has tried it or read it in a primary source: LMSs change with
every release and contract, so try it in your own LMS before you rely on it.

What the options mean stands in docs/contracts.md, section 5."""


def lms_guides() -> str:
    """Give docs/lms-guides.md, the general presets first, then the families by name."""
    found = sorted(presets().items(), key=lambda item: (item[1].kind != "general", item[1].name))
    sections = [_section(key, preset) for key, preset in found]
    return "\n\n".join([INTRODUCTION, *sections, _without_preset()]) + "\n"


def _without_preset() -> str:
    """Give what is known of LMSs that have no preset, by their names."""
    known = sorted((one for one in others() if one.facts), key=lambda one: one.name.casefold())
    parts = [f"**{one.name}**\n\n" + "\n".join(map(_fact, one.facts)) for one in known]
    return "\n\n".join(["## LMSs without a preset", *parts])


def _section(key: str, preset: Preset) -> str:
    options = preset.options.model_dump(exclude_none=True)
    told = ", ".join(f"`{name}: {_yaml(value)}`" for name, value in options.items()) or "none"
    refuse = f"; above {preset.limits.refuse} MB it may be refused" if preset.limits.refuse else ""
    parts = [
        f"## {preset.name}: `{key}`",
        f"Standards, best first: {', '.join(f'`{one}`' for one in preset.standards)}. "
        f"Options: {told}. Size: a warning above {preset.limits.warn} MB{refuse}.",
        "\n".join(map(_fact, preset.facts.values())),
        "Steps"
        + ("" if preset.guide.confirmed else " **(menu names not confirmed)**")
        + f". Source: {preset.guide.source}.",
        _numbered("Upload", preset.guide.upload),
        _numbered("Settings", preset.guide.settings),
        _numbered("Test", preset.guide.test),
    ]
    if preset.update:
        parts.append(f"A new version:\n\n{_fact(preset.update)}")
    return "\n\n".join(parts)


def _fact(fact: Fact) -> str:
    unsure = "" if fact.confirmed else " **(not confirmed)**"
    return f"- {fact.text}{unsure} Source: {fact.source}."


def _numbered(title: str, steps: list[str]) -> str:
    lines = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    return f"{title}:\n\n{lines}"


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
