/**
 * Attempts of learners: what an LMS keeps from one launch to the next, and what it gives and takes
 * at the edges of a session.
 */

import { SCORM12 } from "./scorm12_rules.js";
import { SCORM2004 } from "./scorm2004_rules.js";

/** @param {Standard} standard of SCORM */
export function ruleBook(standard) {
  return standard === "scorm12" ? SCORM12 : SCORM2004;
}

/**
 * The values of a new session: those of the attempt, and what the LMS says about the learner.
 *
 * @param {LaunchSettings} settings
 * @param {Record<string, string>} kept values of the attempt so far; {} for none
 * @returns {Record<string, string>}
 */
export function launchValues(settings, kept) {
  return settings.standard === "scorm12" ? launch12(settings, kept) : launch2004(settings, kept);
}

/**
 * @param {LaunchSettings} settings
 * @param {Record<string, string>} kept
 */
function launch12(settings, kept) {
  const exit = kept["cmi.core.exit"];
  const entry = Object.keys(kept).length === 0 ? "ab-initio" : exit === "suspend" ? "resume" : "";
  return {
    "cmi.core.lesson_status": "not attempted",
    "cmi.core.lesson_location": "",
    "cmi.core.score.raw": "",
    "cmi.core.total_time": "0000:00:00.00",
    "cmi.suspend_data": "",
    "cmi.launch_data": "",
    ...without(kept, ["cmi.core.exit", "cmi.core.session_time"]),
    "cmi.core.student_id": settings.learner,
    "cmi.core.student_name": "Learner, Preview",
    "cmi.core.credit": settings.credit ? "credit" : "no-credit",
    "cmi.core.lesson_mode": settings.mode,
    "cmi.core.entry": entry,
    "cmi.student_data.mastery_score": settings.mastery,
  };
}

/**
 * SCORM 2004 RTE section 4.2.8: only "suspend" and "logout" let the next launch go on with an attempt.
 *
 * @param {LaunchSettings} settings
 * @param {Record<string, string>} kept
 */
function launch2004(settings, kept) {
  const goesOn = ["suspend", "logout"].includes(kept["cmi.exit"] ?? "");
  const given = goesOn ? without(kept, ["cmi.exit", "cmi.session_time"]) : {};
  /** @type {Record<string, string>} */
  const values = {
    "cmi.completion_status": "unknown",
    "cmi.success_status": "unknown",
    "cmi.total_time": "PT0S",
    ...given,
    "cmi.learner_id": settings.learner,
    "cmi.learner_name": "Learner, Preview",
    "cmi.credit": settings.credit ? "credit" : "no-credit",
    "cmi.mode": settings.mode,
    "cmi.entry": goesOn ? "resume" : "ab-initio",
  };
  if (settings.mastery !== "") values["cmi.scaled_passing_score"] = String(Number(settings.mastery) / 100);
  return values;
}

/**
 * End a session as the LMS does: judge the score by its own mastery score, add up the time.
 *
 * SCORM 1.2 RTE section 3.4.4 (lesson_status); SCORM 2004 RTE section 4.2.22 (success_status).
 *
 * @param {LaunchSettings} settings
 * @param {DataModel} model
 * @returns {string} what it changed, in words; "" for nothing
 */
export function endSession(settings, model) {
  const values = model.values();
  const is12 = settings.standard === "scorm12";
  const [total, session] = is12
    ? ["cmi.core.total_time", "cmi.core.session_time"]
    : ["cmi.total_time", "cmi.session_time"];
  const sum = seconds(values[total] ?? "") + seconds(values[session] ?? "");
  model.put(total, is12 ? timespan(sum) : `PT${Math.round(sum)}S`);
  if (settings.mastery === "" || !settings.credit) return "";
  return is12 ? judge12(settings, model) : judge2004(settings, model);
}

/** @type {(settings: LaunchSettings, model: DataModel) => string} */
function judge12(settings, model) {
  const raw = model.values()["cmi.core.score.raw"] ?? "";
  if (raw === "") return "";
  return judge(model, "cmi.core.lesson_status", Number(raw) >= Number(settings.mastery));
}

/** @type {(settings: LaunchSettings, model: DataModel) => string} */
function judge2004(settings, model) {
  const scaled = model.values()["cmi.score.scaled"];
  if (scaled === undefined) return "";
  return judge(model, "cmi.success_status", Number(scaled) * 100 >= Number(settings.mastery));
}

/** @type {(model: DataModel, element: string, passed: boolean) => string} */
function judge(model, element, passed) {
  const status = passed ? "passed" : "failed";
  if (model.values()[element] === status) return "";
  model.put(element, status);
  return `mastery score: ${element} is now ${status}`;
}

/**
 * Seconds of `HHHH:MM:SS.SS` or `PT1H2M3.4S`; 0 for anything else.
 *
 * @param {string} time
 */
export function seconds(time) {
  const clock = /^(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(time);
  const interval = /^P(?:\d+Y)?(?:\d+M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(time);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  if (!interval) return 0;
  const [, days = 0, hours = 0, minutes = 0, rest = 0] = interval.map((part) => Number(part ?? 0));
  return days * 86400 + hours * 3600 + minutes * 60 + rest;
}

/** @param {number} all seconds */
function timespan(all) {
  const whole = Math.round(all * 100) / 100;
  const hours = String(Math.floor(whole / 3600)).padStart(4, "0");
  const minutes = String(Math.floor(whole / 60) % 60).padStart(2, "0");
  return `${hours}:${minutes}:${(whole % 60).toFixed(2).padStart(5, "0")}`;
}

/**
 * @param {Record<string, string>} values
 * @param {string[]} names
 */
function without(values, names) {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
