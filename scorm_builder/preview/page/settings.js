/** The form at the left: what to launch, how to show it, what goes wrong. Kept while the window is open. */

import { element } from "../../player/dom.js";
import { byId } from "./page.js";

const LATE_MS = 3_000;
const LAUNCHING = ["standard", "language", "chain", "learner", "mode", "mastery", "credit"];
const STANDARD_NAMES = {
  "scorm12": "SCORM 1.2",
  "scorm2004-3": "2004, 3rd edition",
  "scorm2004-4": "2004, 4th edition",
};

/** @typedef {"phone" | "frame" | "desk" | "zoom"} ScreenName */

/** @param {SimulatedStandard} standard */
export function standardName(standard) {
  return STANDARD_NAMES[standard];
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
  restore(form, wanted);

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const changed = /** @type {HTMLInputElement} */ (event.target);
    wanted[changed.name] = changed.type === "checkbox" ? String(changed.checked) : changed.value;
    sessionStorage.setItem("settings", JSON.stringify(wanted));
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
      standard: /** @type {SimulatedStandard} */ (text("standard")),
      language: text("language"),
      chain: text("chain"),
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
      lrsDown: ticked("lrsDown"),
      late: ticked("late") ? LATE_MS : 0,
      cut: ticked("cuts") ? Math.max(1, Number(text("cutAt"))) : null,
    }),

    screen: () => /** @type {ScreenName} */ (text("screen")),

    isValid: () => form.reportValidity(),

    /** @param {PreviewState} state */
    offer(state) {
      const languages = state.course?.languages ?? [];
      fill("standard", state.standards.map((one) => [one, STANDARD_NAMES[one]]), wanted);
      fill("language", languages.map((one) => [one.tag, `${one.name} · ${one.status}`]), wanted);
      const chains = state.chains.map((one) => /** @type {[string, string]} */ ([one.id, one.name]));
      fill("chain", chains.length > 0 ? chains : [["", "no chain"]], wanted);
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
