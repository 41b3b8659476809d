/** The form at the left: what to launch, how to show it, what goes wrong. Kept while the window is open. */

import { element } from "../../player/shell/dom.js";
import { byId } from "./page.js";

const LATE_MS = 3_000;
const LAUNCHING = ["standard", "language", "chain", "role", "learner", "mode", "mastery", "credit"];
const STANDARD_NAMES = {
  "scorm12": "SCORM 1.2",
  "scorm2004-3": "2004, 3rd edition",
  "scorm2004-4": "2004, 4th edition",
  "cmi5": "cmi5",
  "xapi": "xAPI, Tin Can",
  "web": "Web site",
};
/** @type {[LrsFault, string][]} */
const LRS_FAULTS = [
  ["", "works"],
  ["down", "is down (503)"],
  ["unauthorized", "refuses the key (401)"],
  ["slow", "answers 4 seconds late"],
  ...["initialized", "completed", "passed", "failed", "terminated"].map(
    (verb) => /** @type {[LrsFault, string]} */ ([`refuses-${verb}`, `refuses “${verb}” (400)`]),
  ),
];

/** @typedef {"phone" | "frame" | "desk" | "zoom"} ScreenName */

/** @param {Standard} standard */
export function standardName(standard) {
  return STANDARD_NAMES[standard];
}

/**
 * @param {Standard} standard
 * @returns {StandardFamily}
 */
export function familyOf(standard) {
  return standard === "cmi5" || standard === "xapi" || standard === "web" ? standard : "scorm";
}

/**
 * @param {object} port
 * @param {() => void} port.onLaunch a setting that needs a new launch has changed
 * @param {() => void} port.onScreen
 * @param {() => void} port.onFaults
 */
export function createSettings({ onLaunch, onScreen, onFaults }) {
  const form = /** @type {HTMLFormElement} */ (byId("settings"));
  /** @type {Record<string, string>} */
  const wanted = JSON.parse(sessionStorage.getItem("settings") ?? "{}");
  fill("lmsLrs", LRS_FAULTS, wanted);
  fill("programmeLrs", LRS_FAULTS, wanted);
  restore(form, wanted);

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const changed = /** @type {HTMLInputElement} */ (event.target);
    wanted[changed.name] = changed.type === "checkbox" ? String(changed.checked) : changed.value;
    sessionStorage.setItem("settings", JSON.stringify(wanted));
    showWhatApplies(text("standard"));
    if (changed.name === "screen") onScreen();
    else if (LAUNCHING.includes(changed.name)) onLaunch();
    else onFaults();
  });

  /** @param {string} name a field that is disabled counts too */
  const text = (name) => {
    const field = form.elements.namedItem(name);
    return field && "value" in field ? String(field.value) : "";
  };
  /** @param {string} name */
  const ticked = (name) => new FormData(form).has(name);

  return {
    /** @returns {LaunchSettings} */
    launch: () => ({
      standard: /** @type {Standard} */ (text("standard")),
      language: text("language"),
      chain: text("chain"),
      role: text("role"),
      learner: text("learner"),
      mode: /** @type {LaunchSettings["mode"]} */ (text("mode")),
      credit: ticked("credit"),
      mastery: text("mastery"),
    }),

    /** @returns {Faults} */
    faults: () => ({
      lies: ticked("lies"),
      commitFails: ticked("commitFails"),
      apiGone: ticked("apiGone"),
      offline: ticked("offline"),
      lmsLrs: /** @type {LrsFault} */ (text("lmsLrs")),
      programmeLrs: /** @type {LrsFault} */ (text("programmeLrs")),
      late: ticked("late") ? LATE_MS : 0,
      cut: ticked("cuts") ? Math.max(1, Number(text("cutAt"))) : null,
    }),

    screen: () => /** @type {ScreenName} */ (text("screen")),

    isValid: () => form.reportValidity(),

    /** @param {PreviewState} state */
    offer(state) {
      const languages = state.course?.languages ?? [];
      fill("standard", state.standards.map((one) => [one, STANDARD_NAMES[one]]), wanted);
      const each = languages.map((one) => /** @type {[string, string]} */ ([one.tag, `${one.name} · ${one.status}`]));
      const several = /** @type {[string, string]} */ ([state.several, "all, with a choice"]);
      fill("language", each.length > 1 ? [...each, several] : each, wanted);
      const roles = state.roles.map((one) => /** @type {[string, string]} */ ([one.id, one.title]));
      fill("role", [["", roles.length > 0 ? "as the learner chooses" : "no roles"], ...roles], wanted);
      const chains = state.chains.map((one) => /** @type {[string, string]} */ ([one.id, one.name]));
      fill("chain", chains.length > 0 ? chains : [["", "no chain"]], wanted);
      showWhatApplies(text("standard"));
    },
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} values
 */
function restore(form, values) {
  for (const [name, value] of Object.entries(values)) {
    for (const field of form.querySelectorAll("input, select")) {
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || field.name !== name) continue;
      if (field.type === "radio") /** @type {HTMLInputElement} */ (field).checked = field.value === value;
      else if (field.type === "checkbox") /** @type {HTMLInputElement} */ (field).checked = value === "true";
      else field.value = value;
    }
  }
}

/**
 * Show what means something in this standard, and nothing else.
 *
 * @param {string} standard
 */
function showWhatApplies(standard) {
  const family = familyOf(/** @type {Standard} */ (standard));
  for (const node of document.querySelectorAll("[data-for]")) {
    const applies = node.getAttribute("data-for")?.split(" ").includes(family) ?? true;
    /** @type {HTMLElement} */ (node).hidden = !applies;
  }
}

/**
 * Offer choices; the one that was chosen stays.
 *
 * @param {string} name
 * @param {[string, string][]} choices value and words
 * @param {Record<string, string>} wanted
 */
function fill(name, choices, wanted) {
  const select = /** @type {HTMLSelectElement} */ (byId(name));
  const before = wanted[name] ?? select.value;
  select.replaceChildren(...choices.map(([value, words]) => element("option", { value }, words)));
  if (choices.some(([value]) => value === before)) select.value = before;
  select.disabled = choices.length < 2;
}
