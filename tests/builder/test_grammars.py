"""Our grammars judge course structures and lists of activities as the specifications do."""

from __future__ import annotations

import pytest
from lxml import etree

from scorm_builder.standards.grammar import grammar
from scorm_builder.standards.manifests import manifest_file
from tests.builder.schemas import CMI5_XSD
from tests.builder.test_manifests import plan

TITLE = '<title><langstring lang="nl">Tom &amp; &lt;Jerry&gt;</langstring></title>'
URL = "<url>index.html</url>"
OBJECTIVES = """<objectives><objective id="https://o.example/1">
<description><langstring>b</langstring></description><title><langstring>a</langstring></title>
</objective></objectives>"""
BLOCK = """<block id="https://b.example/1"><title><langstring lang="en">B</langstring></title>
<description><langstring lang="en">B</langstring></description>{au}</block>"""
VALID = {
    "as it is built": ("", ""),
    "no moveOn": (' moveOn="CompletedAndPassed"', ""),
    "own window": ("AnyWindow", "OwnWindow"),
    "absolute address": (URL, "<url>https://au.example/start?x=1</url>"),
    "launch parameters": (URL, f"{URL}<launchParameters>a=1</launchParameters>"),
    "a key": (URL, f"{URL}<entitlementKey>k</entitlementKey>"),
    "objectives": ("</course>", f"</course>{OBJECTIVES}"),
    "a title in two languages": (TITLE, TITLE.replace("</title>", "<langstring/></title>")),
    "an extension": (URL, f'{URL}<x:a xmlns:x="urn:x" b="c"><x:d/>text</x:a>'),
    "an attribute of another namespace": ("<course ", '<course xmlns:x="urn:x" x:a="b" '),
    "an activity type": ("moveOn=", 'activityType="urn:x:y" moveOn='),
    "mastery of 1": ('masteryScore="0.8"', 'masteryScore="1"'),
}
BROKEN = {
    "unknown moveOn": ("CompletedAndPassed", "Whenever"),
    "moveOn in small letters": ("CompletedAndPassed", "completed"),
    "mastery above 1": ('masteryScore="0.8"', 'masteryScore="80"'),
    "mastery below 0": ('masteryScore="0.8"', 'masteryScore="-0.1"'),
    "mastery in words": ('masteryScore="0.8"', 'masteryScore="high"'),
    "empty mastery": ('masteryScore="0.8"', 'masteryScore=""'),
    "unknown window": ("AnyWindow", "NewWindow"),
    "no address": (URL, ""),
    "empty address": (URL, "<url></url>"),
    "two addresses": (URL, URL + URL),
    "address before the title": ('launchMethod="AnyWindow">', f'launchMethod="AnyWindow">{URL}'),
    "key before parameters": (URL, f"{URL}<entitlementKey/><launchParameters/>"),
    "a title without langstring": (TITLE, "<title>Tom</title>"),
    "an empty title": (TITLE, "<title/>"),
    "no title": (TITLE, ""),
    "no description": ("<description>", "<desc>"),
    "a wrong language": ('lang="nl"', 'lang="?"'),
    "an AU without id": ('<au id="https://id.noroom.example/course/no-room#au" ', "<au "),
    "a course without id": ('<course id="https://id.noroom.example/course/no-room"', "<course"),
    "an unknown attribute": ("moveOn=", 'colour="red" moveOn='),
    "an unknown element": (URL, f"{URL}<colour/>"),
    "an element of no namespace": (URL, f'{URL}<x xmlns=""/>'),
    "empty objectives": ("</course>", "</course><objectives/>"),
    "an objective without title": (
        "</course>",
        f"</course>{OBJECTIVES.replace('<title><langstring>a</langstring></title>', '')}",
    ),
    "another namespace": ("CourseStructure.xsd", "Other.xsd"),
}


def built(standard: str) -> str:
    text = manifest_file(plan(), standard).content.decode()
    return "".join(line.strip() for line in text.partition("?>")[2].splitlines())


def changed(text: str, find: str, put: str) -> etree._Element:
    assert find in text, find
    new = text.replace(find, put)
    if find == "<description>":
        new = new.replace("</description>", "</desc>")
    return etree.fromstring(new)


def official() -> etree.XMLSchema | None:
    """Give the official schema where it lies beside the project."""
    return etree.XMLSchema(file=CMI5_XSD) if CMI5_XSD.exists() else None


def judge(root: etree._Element, *, valid: bool) -> None:
    assert grammar("cmi5").validate(root) is valid, grammar("cmi5").error_log
    schema = official()
    if schema is not None:
        assert schema.validate(root) is valid, schema.error_log


@pytest.mark.parametrize("name", VALID)
def test_a_course_structure_that_is_right(name: str) -> None:
    judge(changed(built("cmi5"), *VALID[name]), valid=True)


@pytest.mark.parametrize("name", BROKEN)
def test_a_course_structure_that_is_wrong(name: str) -> None:
    judge(changed(built("cmi5"), *BROKEN[name]), valid=False)


def test_blocks_hold_units() -> None:
    text = built("cmi5")
    au = text[text.index("<au ") : text.index("</au>") + 5]
    inner = BLOCK.format(au=au)
    judge(etree.fromstring(text.replace(au, BLOCK.format(au=au + inner))), valid=True)
    judge(etree.fromstring(text.replace(au, BLOCK.format(au=""))), valid=False)
    judge(etree.fromstring(text.replace(au, "")), valid=False)
    course = text[text.index("<course ") : text.index("</course>") + 9]
    judge(etree.fromstring(text.replace(course, "")), valid=False)


def test_more_places_than_the_specification_grants_are_refused() -> None:
    """cmi5 1.0, section 13.1.4: four places; the official schema does not count them."""
    root = changed(built("cmi5"), 'masteryScore="0.8"', 'masteryScore="0.66667"')
    assert not grammar("cmi5").validate(root)


def test_move_on_is_always_said() -> None:
    """Left out, it means NotApplicable, and an LMS takes the AU for satisfied at once."""
    (scored,) = etree.fromstring(built("cmi5")).iter("{*}au")
    assert scored.get("moveOn") == "CompletedAndPassed"
    unscored = etree.fromstring(manifest_file(plan(pass_share=None), "cmi5").content)
    (au,) = unscored.iter("{*}au")
    assert au.get("moveOn") == "Completed"
    assert au.get("masteryScore") is None


ACTIVITY = (
    '<activity id="urn:x:y" type="urn:x:z"><name lang="en"/><description lang="en"/></activity>'
)
LAUNCH = '<launch lang="nl">index.html</launch>'
LAUNCHED = ACTIVITY.replace("</activity>", f"{LAUNCH}</activity>")


@pytest.mark.parametrize(
    ("find", "put", "valid"),
    [
        ("", "", True),
        ("<activities>", f"<activities>{ACTIVITY}", True),
        ("</activities>", f"{ACTIVITY}</activities>", True),
        (LAUNCH, "", False),
        (LAUNCH, LAUNCH + LAUNCH, False),
        (LAUNCH, '<launch lang="nl"/>', False),
        (LAUNCH, "<launch>index.html</launch>", False),
        ("<activities>", f"<activities>{LAUNCHED}", False),
        ('id="https://id.noroom.example/course/no-room"', 'id="no-room"', False),
        ('id="https://id.noroom.example/course/no-room"', "", False),
        ('type="http://adlnet.gov/expapi/activities/course"', "", False),
        ("tincan.xsd", "other.xsd", False),
    ],
)  # fmt: skip
def test_a_list_of_activities(find: str, put: str, valid: bool) -> None:
    assert grammar("tincan").validate(changed(built("xapi"), find, put)) is valid


def test_the_activity_is_the_course_in_every_version_and_language() -> None:
    (activity,) = etree.fromstring(built("xapi")).iter("{*}activity")
    assert activity.get("id") == "https://id.noroom.example/course/no-room"
