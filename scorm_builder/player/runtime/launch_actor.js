/** The learner as an LMS hands it over in a launch address. */

import { parseObject } from "./xapi_client.js";

/** Inverse functional identifiers (xAPI 1.0.3 Data, section 2.4.2.3); an agent has exactly one. */
const IDENTIFIERS = ["account", "mbox", "mbox_sha1sum", "openid"];

/**
 * The actor of a Tin Can launch in the form of xAPI 1.0: version 0.9 wrote lists and other names.
 *
 * @param {string | null} text JSON
 * @returns {Record<string, any> | null} null: nobody is named
 */
export function normaliseActor(text) {
  const given = parseObject(text);
  if (!given) return null;
  const single = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, first(value)]));
  const identifier = IDENTIFIERS.find((key) => single[key]);
  if (!identifier) return null;
  const value = identifier === "account" ? normaliseAccount(single["account"]) : single[identifier];
  const name = typeof single["name"] === "string" && { name: single["name"] };
  return { objectType: "Agent", ...name, [identifier]: value };
}

/**
 * What the pseudonym is made of: the account's name, else the mail address; "" for anything else.
 *
 * @param {Record<string, any>} actor
 * @returns {string}
 */
export function learnerIdOf(actor) {
  const name = actor["account"]?.["name"];
  if (typeof name === "string") return name;
  return typeof actor["mbox"] === "string" ? actor["mbox"].replace(/^mailto:/i, "") : "";
}

/** @param {Record<string, any>} account */
function normaliseAccount(account) {
  return {
    homePage: account["homePage"] ?? account["accountServiceHomePage"],
    name: account["name"] ?? account["accountName"],
  };
}

/** @param {unknown} value */
function first(value) {
  return Array.isArray(value) ? value[0] : value;
}
