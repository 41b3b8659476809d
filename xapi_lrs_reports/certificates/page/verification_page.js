/** The verification page: what is scanned or pasted goes in, the answer stands on the page. */

import { verify } from "./certificate_code.js";
import { readRegister } from "./published_register.js";

/**
 * @typedef {import("./certificate_code.js").Facts} Facts
 * @typedef {import("./published_register.js").Found} Found
 * @typedef {import("./certificate_code.js").Verdict} Verdict
 * @typedef {{ lang: string, words: Record<string, string>, keys: import("./jws.js").Key[],
 *   register: string | null, head: string | null }} Data
 */

const data = /** @type {Data} */ (JSON.parse(byId("data").textContent || "{}"));
const input = /** @type {HTMLTextAreaElement} */ (byId("code"));
const answer = byId("answer");

byId("needs-script").remove();
byId("form").hidden = false;
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  void show(input.value);
});
addEventListener("hashchange", fromAddress);
fromAddress();

/** A phone that scanned the code opens this page with the code after `#`, which no server sees. */
function fromAddress() {
  for (const link of document.querySelectorAll("a[hreflang]")) {
    link.setAttribute("href", `${String(link.getAttribute("href")).split("#")[0]}${location.hash}`);
  }
  if (location.hash.length > 1) {
    input.value = location.hash.slice(1);
    void show(input.value);
  }
}

/** @param {string} text */
async function show(text) {
  const subtle = globalThis.crypto ? crypto.subtle : undefined;
  const { register: file, head } = data;
  const found = file && head ? await readRegister(file, head, data.keys, subtle) : "unread";
  const verdict = await verify(text, data.keys, typeof found === "string" ? null : found, today(), subtle);
  answer.className = kindOf(verdict, found);
  answer.replaceChildren(
    element("h2", word(verdict.answer, { valid_until: day(verdict.until) })),
    ...(verdict.facts ? [list(verdict.facts)] : []),
    ...rests(verdict, found).map((line) => element("p", line)),
  );
  answer.hidden = false;
  answer.focus();
}

/**
 * A register that somebody changed leaves open what became of a genuine certificate.
 * @param {Verdict} verdict
 * @param {Found} register
 */
function kindOf({ answer: said }, register) {
  if (said === "valid") return register === "unsigned" ? "open" : "good";
  return said === "no_crypto" || said === "unknown" || said === "expired" ? "open" : "bad";
}

/**
 * Say what the answer rests on, where it rests on a signature.
 * @param {Verdict} verdict
 * @param {Found} register
 */
function rests({ answer: said, day: judged }, register) {
  if (!["valid", "expired", "revoked", "unknown"].includes(said)) return [];
  const dated = said === "valid" || said === "expired" ? [word("judged_on", { day: day(judged) })] : [];
  return [byRegister(register), ...dated, ...(said === "valid" ? [word("compare")] : [])];
}

/** @param {Found} register */
function byRegister(register) {
  if (register === "unread") return word("by_signature");
  if (register === "unsigned") return word("register_unsigned");
  return word("by_register", { updated_on: day(register.updated_on) });
}

/** @param {Facts} facts */
function list(facts) {
  const rows = [
    ["number", facts.number],
    ["hotel", facts.name],
    ["issued_on", day(facts.from)],
    ["valid_until", facts.to ? day(facts.to) : word("no_end")],
    ["rule", word(`threshold_${facts.operator}`, { threshold: facts.threshold })],
    ...(facts.percent === null ? [] : [["percent", `${facts.percent} %`]]),
  ];
  const made = document.createElement("dl");
  for (const [label = "", value = ""] of rows) {
    const shown = element("dd", value);
    shown.dir = "auto";
    made.append(element("dt", word(label)), shown);
  }
  return made;
}

/**
 * @param {string} key
 * @param {Record<string, string>} filled
 */
function word(key, filled = {}) {
  return String(data.words[key]).replace(/\{(\w+)\}/g, (whole, name) => filled[name] ?? whole);
}

/** @param {string | null} date */
function day(date) {
  if (!date) return "";
  return new Intl.DateTimeFormat(data.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
}

/** Give today's date where the reader is. */
function today() {
  const now = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * @param {string} name
 * @param {string} text
 */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`there is no #${id}`);
  return found;
}
