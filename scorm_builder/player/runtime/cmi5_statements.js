/** Statements that cmi5 defines, made from the LMS's context template. Spec: cmi5 1.0, section 9. */

import { statementId } from "../programme/statement_ids.js";
import { randomUuid } from "../encoding/uuid.js";
import { timeinterval } from "./values.js";

const VERB_PREFIX = "http://adlnet.gov/expapi/verbs/";
const CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
const MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon";
const MASTERY_SCORE = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
const JUDGEMENTS = ["passed", "failed"];

/**
 * @typedef {object} Cmi5Launch
 * @property {import("./cmi5.js").Cmi5Address} address
 * @property {Record<string, any>} actor as the LMS gave it
 * @property {Record<string, any>} launchData the document LMS.LaunchData
 */

/**
 * The statement, or null for a pass that the LMS's mastery score does not bear out.
 *
 * @param {Verb} verb
 * @param {Said} said
 * @param {Cmi5Launch} launch
 * @returns {Statement | null}
 */
export function buildCmi5Statement(verb, said, { address, actor, launchData }) {
  const result = cmi5Result(verb, said);
  const mastery = launchData["masteryScore"];
  if (verb === "passed" && typeof mastery === "number" && !((result?.score?.scaled ?? 0) >= mastery)) return null;
  const context = launchData["contextTemplate"] ?? {};
  const activities = { ...context["contextActivities"] };
  const judged = result !== null && ("success" in result || "completion" in result);
  activities["category"] = withActivities(activities["category"], judged ? [CMI5, MOVE_ON] : [CMI5]);
  const extension = JUDGEMENTS.includes(verb) && typeof mastery === "number" && { [MASTERY_SCORE]: mastery };
  return {
    id: cmi5StatementId(address, verb),
    actor,
    verb: { id: VERB_PREFIX + verb, display: { en: verb } },
    object: { objectType: "Activity", id: address.activityId },
    ...(result && { result }),
    context: {
      ...context,
      registration: address.registration,
      contextActivities: activities,
      extensions: { ...extension, ...context["extensions"] },
    },
    timestamp: new Date(said.time).toISOString(),
  };
}

/**
 * Random, but for the two that a registration may hold once: a later session must find them.
 *
 * @param {import("./cmi5.js").Cmi5Address} address
 * @param {Verb} verb
 */
export function cmi5StatementId({ registration, activityId }, verb) {
  const once = verb === "completed" || verb === "passed";
  return once ? statementId(registration, activityId, verb, 0) : randomUuid();
}

/**
 * Section 9.5: a score goes with the pass alone, a duration with all but `initialized`.
 *
 * @param {Verb} verb
 * @param {Said} said
 * @returns {{duration: string, completion?: true, success?: boolean, score?: {scaled: number}} | null}
 */
function cmi5Result(verb, { session, total, score }) {
  const duration = timeinterval(verb === "terminated" ? session : total);
  if (verb === "completed") return { completion: true, duration };
  if (verb === "failed") return { success: false, duration };
  if (verb === "passed") {
    return { success: true, duration, ...(score !== null && { score: { scaled: Number(score.toFixed(4)) } }) };
  }
  return verb === "terminated" ? { duration } : null;
}

/**
 * @param {{id: string}[] | {id: string} | undefined} given from the template
 * @param {string[]} wanted IRIs
 */
function withActivities(given, wanted) {
  const list = given === undefined ? [] : [given].flat();
  return [...list, ...wanted.filter((id) => !list.some((one) => one.id === id)).map((id) => ({ id }))];
}
