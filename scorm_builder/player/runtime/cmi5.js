/** cmi5: the runtime over an LMS that launches an AU. Spec: cmi5 1.0 (Quartz), sections 7 to 11. */

import { createLrsSession, ONCE } from "./lrs_session.js";
import { learnerIdOf } from "./launch_actor.js";
import { watchReload } from "./reload.js";
import { createMemory, storageOf } from "./session_memory.js";
import { findSent, loadState } from "./state_document.js";
import { buildCmi5Statement, cmi5StatementId } from "./cmi5_statements.js";
import { createXapiClient, isStored, parseObject } from "./xapi_client.js";

/** Section 8.1: the parameters of a launch, all of them required. */
const PARAMETERS = ["endpoint", "fetch", "actor", "registration", "activityId"];

/** @typedef {{endpoint: string, fetch: string, actor: string, registration: string, activityId: string}} Cmi5Address */

/**
 * @param {Window & typeof globalThis} own
 * @returns {Promise<Runtime | null>} null: this is no launch, or the LMS hands out nothing
 */
export async function connectCmi5(own) {
  const address = readAddress(own.location.search);
  const actor = parseObject(address?.actor ?? null);
  if (!address || !actor) return null;
  const send = own.fetch.bind(own);
  const memory = createMemory(storageOf(own), address.fetch);
  memory.memory.token ||= await fetchToken(send, address.fetch);
  if (!memory.memory.token) return null;
  memory.keep();
  const client = createXapiClient(send, address.endpoint, `Basic ${memory.memory.token}`);
  const launchData = await readLaunchData(client, address);
  const document = launchData && (await loadState(client, ownerOf(address)));
  if (!launchData || !document) return null;
  await findSent(client, document.content, (verb) => cmi5StatementId(address, verb), ONCE);
  return createLrsSession({
    ...{ client, document, memory, launch: createLaunch(actor, launchData, document.content) },
    statementOf: (verb, said) => buildCmi5Statement(verb, said, { address, actor, launchData }),
    now: () => Date.now(),
    isReloading: watchReload(own),
    returnUrl: httpAddress(launchData["returnURL"]),
  });
}

/**
 * @param {string} search
 * @returns {Cmi5Address | null}
 */
export function readAddress(search) {
  const query = new URLSearchParams(search);
  const values = PARAMETERS.map((name) => [name, query.get(name) ?? ""]);
  return values.every(([, value]) => value) ? Object.fromEntries(values) : null;
}

/**
 * The credential of this launch (section 8.2). Errors also come with status 200.
 *
 * @param {typeof fetch} send
 * @param {string} url may be asked once
 * @returns {Promise<string>} "" when there is none
 */
async function fetchToken(send, url) {
  try {
    const response = await send(url, { method: "POST" });
    const token = parseObject(await response.text())?.["auth-token"];
    return typeof token === "string" ? token : "";
  } catch {
    return "";
  }
}

/**
 * The launch data (section 10) and the learner's preferences (section 11), for which an AU must ask:
 * of them the language, to offer it first where the package has several.
 *
 * @param {import("./xapi_client.js").XapiClient} client
 * @param {Cmi5Address} address
 * @returns {Promise<Record<string, any> | null>}
 */
async function readLaunchData(client, address) {
  const found = await client.read("activities/state", { ...ownerOf(address), stateId: "LMS.LaunchData" });
  const preferences = await client.request("GET", "agents/profile", {
    query: { agent: address.actor, profileId: "cmi5LearnerPreferences" },
  });
  const launchData = isStored(found.status) ? parseObject(found.text) : null;
  const wishes = parseObject(preferences.text ?? null)?.["languagePreference"];
  return launchData && { ...launchData, languages: typeof wishes === "string" ? wishes : "" };
}

/** @param {Cmi5Address} address */
function ownerOf({ activityId, actor, registration }) {
  return { activityId, agent: actor, registration };
}

/**
 * @param {Record<string, any>} actor
 * @param {Record<string, any>} launchData
 * @param {import("./state_document.js").StateContent} content
 * @returns {Launch}
 */
function createLaunch(actor, launchData, content) {
  const mode = String(launchData["launchMode"]).toLowerCase();
  return {
    learnerId: learnerIdOf(actor),
    mode: mode === "review" || mode === "browse" ? mode : "normal",
    credit: true,
    completed: content.sent.includes("completed"),
    passed: content.sent.includes("passed"),
    suspendData: content.suspendData,
    language: () => launchData["languages"].split(",")[0]?.trim() ?? "",
    masteryScore: typeof launchData["masteryScore"] === "number" ? launchData["masteryScore"] : null,
  };
}

/**
 * @param {unknown} address
 * @returns {string} "" for anything that is no web address
 */
function httpAddress(address) {
  return typeof address === "string" && /^https?:\/\//i.test(address) ? address : "";
}
