/**
 * xAPI by tincan.xml: the runtime over an LMS that launches the way Tin Can tools do.
 *
 * The launch address names endpoint, credential, learner and activity. What cmi5 later wrote down
 * is kept here too: one session's end, one pass per registration.
 */

import { statementId } from "../programme/statement_ids.js";
import { randomUuid } from "../encoding/uuid.js";
import { learnerIdOf, normaliseActor } from "./launch_actor.js";
import { createLrsSession, ONCE } from "./lrs_session.js";
import { createMemory } from "./session_memory.js";
import { findSent, loadState } from "./state_document.js";
import { timeinterval } from "./values.js";
import { createXapiClient } from "./xapi_client.js";

const VERB_IRI = "http://adlnet.gov/expapi/verbs/";
const COURSE = { type: "http://adlnet.gov/expapi/activities/course" };

/** @typedef {{registration: string, activity: string, actor: Record<string, any>, grouping: string | null}} TinCanLaunch */

/**
 * @param {Window & typeof globalThis} own
 * @returns {Promise<Runtime | null>} null: this is no launch, or the LRS does not answer
 */
export async function connectXapi(own) {
  const query = new URLSearchParams(own.location.search);
  const endpoint = query.get("endpoint");
  const activity = query.get("activity_id");
  const actor = normaliseActor(query.get("actor"));
  if (!endpoint || !activity || !actor) return null;
  const client = createXapiClient(own.fetch.bind(own), endpoint, query.get("auth") ?? "");
  const given = query.get("registration") ?? "";
  const owner = { activityId: activity, agent: JSON.stringify(actor), ...(given && { registration: given }) };
  const document = await loadState(client, owner);
  if (!document) return null;
  const { content } = document;
  content.registration = given || content.registration || randomUuid();
  const launch = { registration: content.registration, activity, actor, grouping: query.get("grouping") };
  await findSent(client, content, (verb) => xapiStatementId(launch, verb), ONCE);
  return createLrsSession({
    ...{ client, document, memory: createMemory(null, "") },
    launch: createTinCanLaunch(actor, content),
    statementOf: (verb, said) => buildXapiStatement(verb, said, launch),
    now: () => Date.now(),
    isReloading: () => false,
    returnUrl: "",
  });
}

/**
 * @param {Verb} verb
 * @param {Said} said
 * @param {TinCanLaunch} launch
 * @returns {Statement}
 */
export function buildXapiStatement(verb, said, launch) {
  const result = xapiResult(verb, said);
  return {
    id: xapiStatementId(launch, verb),
    actor: launch.actor,
    verb: { id: VERB_IRI + verb, display: { en: verb } },
    object: { objectType: "Activity", id: launch.activity, definition: COURSE },
    ...(result && { result }),
    context: {
      registration: launch.registration,
      ...(launch.grouping && { contextActivities: { grouping: [{ id: launch.grouping }] } }),
    },
    timestamp: new Date(said.time).toISOString(),
  };
}

/**
 * @param {TinCanLaunch} launch
 * @param {Verb} verb
 */
function xapiStatementId({ registration, activity }, verb) {
  return ONCE.includes(verb) ? statementId(registration, activity, verb, 0) : randomUuid();
}

/**
 * @param {Verb} verb
 * @param {Said} said
 */
function xapiResult(verb, { session, total, score }) {
  const duration = timeinterval(verb === "terminated" ? session : total);
  if (verb === "initialized") return null;
  if (verb === "completed") return { completion: true, duration };
  if (verb === "failed") return { success: false, duration };
  if (verb !== "passed") return { duration };
  // A course without a check may say "passed" too (option also_passed), and knows no score then.
  if (score === null) return { completion: true, success: true, duration };
  const scaled = Number(score.toFixed(4));
  const raw = Number((scaled * 100).toFixed(2));
  return { completion: true, success: true, score: { scaled, raw, min: 0, max: 100 }, duration };
}

/**
 * @param {Record<string, any>} actor
 * @param {import("./state_document.js").StateContent} content
 * @returns {Launch}
 */
function createTinCanLaunch(actor, content) {
  return {
    learnerId: learnerIdOf(actor),
    mode: "normal",
    credit: true,
    completed: content.sent.includes("completed"),
    passed: content.sent.includes("passed"),
    suspendData: content.suspendData,
    masteryScore: null,
  };
}
