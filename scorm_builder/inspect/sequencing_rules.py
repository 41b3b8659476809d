"""Who decides what is completed and passed: mastery score, measures, delivery controls, sequencing.

Spec: SCORM 1.2 RTE, section 3.4, cmi.core.lesson_status; SCORM 2004 SN, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from scorm_builder.inspect.findings import Finding, quoted
from scorm_builder.inspect.numbers import number
from scorm_builder.inspect.read_xml import (
    XmlFile,
    attribute,
    children,
    descendants,
    first,
    local,
    text_of,
)

_ORDER = (
    "controlMode", "sequencingRules", "limitConditions", "auxiliaryResources", "rollupRules",
    "objectives", "randomizationControls", "deliveryControls",
)  # fmt: skip
_HIDDEN = ("continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
_CONTENT_DECIDES = ("completionSetByContent", "objectiveSetByContent")
AGAIN = "Have the package exported again."


def sequencing_findings(xml: XmlFile, kind: str) -> Iterator[Finding]:
    """Give what an LMS would decide by itself, or otherwise than its neighbour."""
    if kind == "scorm12":
        yield from _mastery_scores(xml)
        return
    for item in descendants(xml.root, "item"):
        if not children(item, "item"):
            yield from _delivery_controls(xml, item)
            yield from _measures(xml, item)
            yield from _threshold(xml, item, kind)
    for organization in descendants(xml.root, "organization"):
        yield from _organization(xml, organization)
    yield from _vocabulary(xml)
    yield from _beyond(xml)


def _mastery_scores(xml: XmlFile) -> Iterator[Finding]:
    for score in descendants(xml.root, "masteryscore"):
        value = number(text_of(score))
        if value is None or not 0 <= value <= 100:
            what = f'the mastery score "{quoted(text_of(score))}" is no number from 0 to 100'
            yield xml.finding("rejected", "mastery-score", score, what, AGAIN)
        else:
            what = (
                f"the LMS itself makes a score of {text_of(score)} or more passed, and less failed"
            )
            fix = "Right for a graded test. A course without a score needs no mastery score."
            yield xml.finding("changed", "mastery-decides", score, what, fix)


def _delivery_controls(xml: XmlFile, item: etree._Element) -> Iterator[Finding]:
    controls = first(item, "sequencing", "deliveryControls")
    said = [controls is not None and attribute(controls, one) == "true" for one in _CONTENT_DECIDES]
    if not all(said):
        what = "the LMS marks this part completed and passed when a learner just leaves it"
        fix = "Have it exported with deliveryControls: " + " and ".join(
            f'{name}="true"' for name in _CONTENT_DECIDES
        )
        yield xml.finding("changed", "delivery-controls", item, what, f"{fix}.")


def _measures(xml: XmlFile, item: etree._Element) -> Iterator[Finding]:
    objective = first(item, "sequencing", "objectives", "primaryObjective")
    if objective is None:
        return
    if attribute(objective, "objectiveID") is None and children(objective, "mapInfo"):
        what = "a primary objective is shared but has no objectiveID"
        yield xml.finding("rejected", "objective-id", objective, what, AGAIN)
    if attribute(objective, "satisfiedByMeasure") != "true":
        return
    measure = first(objective, "minNormalizedMeasure")
    value = number(text_of(measure) or "1.0")
    if value is None or not -1 <= value <= 1:
        what = f'the pass mark "{quoted(text_of(measure))}" is no number from -1 to 1'
        yield xml.finding("rejected", "mastery-score", measure, what, AGAIN)
        return
    what = f"the LMS itself makes a score of {100 * float(value):g} % or more passed"
    fix = "Right for a graded test. Without a score, success stays unknown."
    yield xml.finding("changed", "measure-decides", objective, what, fix)


def _threshold(xml: XmlFile, item: etree._Element, kind: str) -> Iterator[Finding]:
    threshold = first(item, "completionThreshold")
    if threshold is None:
        return
    as_text, fourth = text_of(threshold), kind == "scorm2004-4"
    value = number(as_text or attribute(threshold, "minProgressMeasure") or "1.0")
    if value is None or not 0 <= value <= 1 or bool(as_text) == fourth:
        shape = "attributes" if fourth else "a text"
        what = f"completionThreshold has to be {shape} with a number from 0 to 1 in this edition"
        yield xml.finding("changed", "completion-threshold", threshold, what, AGAIN)


def _organization(xml: XmlFile, organization: etree._Element) -> Iterator[Finding]:
    if attribute(organization, "objectivesGlobalToSystem") != "false":
        what = "results that are shared between parts are kept beyond this course"
        fix = 'Have it exported with objectivesGlobalToSystem="false".'
        yield xml.finding("warning", "global-objectives", organization, what, fix)
    mode = first(organization, "sequencing", "controlMode")
    if mode is None or attribute(mode, "flow") != "true":
        what = "flow is not allowed; some players then cannot start the first part"
        fix = 'Have it exported with <imsss:controlMode choice="true" flow="true"/>.'
        yield xml.finding("warning", "flow-missing", organization, what, fix)


def _vocabulary(xml: XmlFile) -> Iterator[Finding]:
    for hidden in descendants(xml.root, "hideLMSUI"):
        if text_of(hidden) not in _HIDDEN:
            what = f'there is no button "{quoted(text_of(hidden))}" that an LMS could hide'
            yield xml.finding("rejected", "hidden-button", hidden, what, AGAIN)
    for sequencing in descendants(xml.root, "sequencing"):
        known = [_ORDER.index(local(one)) for one in children(sequencing, *_ORDER)]
        if known != sorted(set(known)):
            what = "the parts of this sequencing stand twice or in the wrong order"
            fix = f"The order is {', '.join(_ORDER)}."
            yield xml.finding("rejected", "sequencing-order", sequencing, what, fix)


def _beyond(xml: XmlFile) -> Iterator[Finding]:
    found = descendants(
        xml.root, "preConditionRule", "postConditionRule", "exitConditionRule", "rollupRule",
        "limitConditions", "randomizationControls",
    )  # fmt: skip
    if found:
        what = "the order of the parts depends on rules that several LMSs ignore"
        fix = "Test it in your LMS: learners may be able to open every part at once."
        yield xml.finding("changed", "sequencing-ignored", found[0], what, fix)
