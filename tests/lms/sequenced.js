/**
 * An LMS's page for SCORM 2004 packages with several SCOs: scorm-again's sequencing over the tree of
 * the package's own manifest. It delivers what sequencing says, keeps the data of each SCO, and the
 * row of the course as rolled up. tests/lms/sequenced_host.py documents the options.
 */
(function () {
  "use strict";
  const options = new URLSearchParams(location.search);
  const learner = options.get("learner");
  const isSequencing = options.get("sequencing") !== "ignored";
  const CALLS = ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"];
  let sequence = 0;
  let pending = {};
  let current = "";
  let api;
  let launches = {};

  const records = (name) => `/records/${encodeURIComponent(`${learner}!${name}`)}`;

  function request(method, name, body) {
    const sent = new XMLHttpRequest();
    sent.open(method, records(name), false);
    sent.send(body);
    return sent.responseText;
  }

  function post(name, call, values, result, store) {
    sequence += 1;
    const body = JSON.stringify({ call, values, result, store, session: options.get("session"), sequence });
    try {
      request("POST", name, body);
    } catch {
      navigator.sendBeacon(records(name), body);
    }
  }

  const children = (node, ...names) => [...node.children].filter((one) => names.includes(one.localName));
  const within = (node, ...path) => path.reduce((found, name) => found.flatMap((one) => children(one, name)), [node]);
  const flag = (node, name, otherwise) => (node.hasAttribute(name) ? node.getAttribute(name) === "true" : otherwise);

  function objectiveOf(node, isPrimary) {
    const measure = within(node, "minNormalizedMeasure")[0];
    return {
      objectiveID: node.getAttribute("objectiveID"),
      isPrimary,
      satisfiedByMeasure: flag(node, "satisfiedByMeasure", false),
      minNormalizedMeasure: measure ? Number(measure.textContent) : null,
      mapInfo: within(node, "mapInfo").map((map) => ({
        targetObjectiveID: map.getAttribute("targetObjectiveID"),
        readSatisfiedStatus: flag(map, "readSatisfiedStatus", true),
        readNormalizedMeasure: flag(map, "readNormalizedMeasure", true),
        writeSatisfiedStatus: flag(map, "writeSatisfiedStatus", false),
        writeNormalizedMeasure: flag(map, "writeNormalizedMeasure", false),
      })),
    };
  }

  function ruleOf(rule) {
    const conditions = within(rule, "ruleConditions")[0];
    return {
      action: within(rule, "ruleAction")[0].getAttribute("action"),
      conditionCombination: conditions.getAttribute("conditionCombination") ?? "all",
      conditions: within(conditions, "ruleCondition").map((one) => ({
        condition: one.getAttribute("condition"),
        operator: one.getAttribute("operator") ?? "noOp",
        referencedObjective: one.getAttribute("referencedObjective"),
      })),
    };
  }

  /** One node of the manifest's organization as an activity of scorm-again. */
  function activityOf(node) {
    const sequencing = within(node, "sequencing")[0];
    const mode = within(sequencing, "controlMode")[0];
    const controls = within(sequencing, "deliveryControls")[0];
    const rollup = within(sequencing, "rollupRules")[0];
    const primary = within(sequencing, "objectives", "primaryObjective")[0];
    return {
      id: node.getAttribute("identifier"),
      title: within(node, "title")[0].textContent,
      children: children(node, "item").map(activityOf),
      ...(primary && { primaryObjective: objectiveOf(primary, true) }),
      objectives: within(sequencing, "objectives", "objective").map((one) => objectiveOf(one, false)),
      sequencingRules: { preConditionRules: within(sequencing, "sequencingRules", "preConditionRule").map(ruleOf) },
      sequencingControls: {
        choice: mode ? flag(mode, "choice", true) : true,
        flow: mode ? flag(mode, "flow", false) : false,
        ...(rollup && { objectiveMeasureWeight: Number(rollup.getAttribute("objectiveMeasureWeight") ?? 1) }),
      },
      ...(controls && {
        deliveryControls: {
          completionSetByContent: flag(controls, "completionSetByContent", false),
          objectiveSetByContent: flag(controls, "objectiveSetByContent", false),
        },
      }),
    };
  }

  function launchesOf(manifest) {
    const hrefs = Object.fromEntries(
      [...manifest.getElementsByTagNameNS("*", "resource")].map((one) => [one.getAttribute("identifier"), one.getAttribute("href")]),
    );
    const items = [...manifest.getElementsByTagNameNS("*", "item")];
    return Object.fromEntries(items.map((one) => [one.getAttribute("identifier"), hrefs[one.getAttribute("identifierref")]]));
  }

  /** What the LMS shows of the course as a whole, and what it needs to go on later. */
  function keepCourse() {
    const row = isSequencing ? api.getActivityTrackingData(api.root) : null;
    const store = row && {
      completion: row.completionStatus,
      success: row.successStatus,
      score: row.score === null ? "" : String(row.score),
      state: api.serializeSequencingState(),
    };
    post("course", "Rollup", [], "", store);
  }

  function deliver(id) {
    current = id;
    document.querySelector("iframe")?.remove();
    const held = JSON.parse(request("GET", id));
    api.reset();
    const values = { "cmi.learner_id": learner, "cmi.learner_name": "Learner, A", "cmi.credit": "credit", "cmi.mode": "normal" };
    values["cmi.entry"] = held["cmi.exit"] === undefined ? "ab-initio" : held["cmi.exit"] === "suspend" ? "resume" : "";
    for (const [name, value] of Object.entries(held)) if (!/\.(exit|session_time)$/.test(name)) values[name] = value;
    api.loadFromFlattenedJSON(values, "");
    const frame = document.createElement("iframe");
    frame.title = "Course";
    frame.src = `/content/${launches[id]}`;
    document.body.append(frame);
    document.body.dataset.sco = id;
  }

  function createApi() {
    const offered = {};
    for (const name of CALLS) {
      offered[name] = (...values) => {
        const sco = current;
        const result = String(api[name](...values));
        if (name === "SetValue" && result === "true" && values[0] !== "adl.nav.request") pending[values[0]] = String(values[1]);
        const commits = name === "Commit" || name === "Terminate";
        post(sco, name, values, result, commits && result === "true" ? pending : null);
        if (commits) pending = {};
        if (name === "Terminate" && !isSequencing) document.body.dataset.sco = "";
        if (name === "Terminate") keepCourse();
        return result;
      };
    }
    return offered;
  }

  /** A click in the LMS's table of contents: the open SCO ends first. True when sequencing let it in. */
  window.choose = (id) => {
    document.querySelector("iframe")?.remove();
    if (!isSequencing) {
      deliver(id);
      return true;
    }
    return api.processNavigationRequest("choice", id);
  };

  async function start() {
    const text = await (await fetch("/content/imsmanifest.xml")).text();
    const manifest = new DOMParser().parseFromString(text, "application/xml");
    const organization = manifest.getElementsByTagNameNS("*", "organization")[0];
    launches = launchesOf(manifest);
    const eventListeners = {
      // The SCO before has not yet heard the answer to its Terminate.
      onActivityDelivery: (activity) => setTimeout(() => deliver(activity.id)),
      onSequencingSessionEnd: () => (document.body.dataset.sco = ""),
    };
    const sequencing = { activityTree: activityOf(organization), eventListeners };
    api = new window.Scorm2004API({ autocommit: false, logLevel: 5, ...(isSequencing && { sequencing }) });
    api.root = organization.getAttribute("identifier");
    window.API_1484_11 = createApi();
    const state = JSON.parse(request("GET", "course")).state;
    if (state) api.deserializeSequencingState(state);
    if (!isSequencing) deliver(options.get("item") ?? Object.keys(launches)[0]);
    else if (options.get("item")) window.choose(options.get("item"));
    else if (!state || !api.processNavigationRequest("resumeAll")) api.processNavigationRequest("start");
  }

  addEventListener("DOMContentLoaded", start);
})();
