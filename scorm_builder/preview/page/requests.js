/** Words for the requests that packages send to the LMS's LRS and to the programme's. */

/** What of a query tells requests apart; agent, activity and registration are the same all the time. */
const TELLING = ["stateId", "profileId", "statementId"];
/** A document or a statement that is not there yet: what every first launch meets. */
const NOT_THERE = "GET 404";

/** @param {LrsRequest} request */
export function requestName({ method, resource }) {
  return `${method} ${resource}`;
}

/**
 * What the request is about: the document's name, or the verbs of its statements.
 *
 * @param {LrsRequest} request
 */
export function requestSubject({ query, statements }) {
  const names = TELLING.flatMap((name) => query[name] ?? []);
  return [...names, ...statements.map(verbOf)].join(", ");
}

/** @param {LrsRequest} request */
export function isRefused({ method, status, error }) {
  return (status === 0 || status >= 400 || error !== "") && `${method} ${status}` !== NOT_THERE;
}

/** @param {LrsRequest} request */
export function receiverName({ to }) {
  return to === "lms" ? "LMS" : "programme";
}

/** @param {Record<string, any>} statement */
export function verbOf(statement) {
  return String(statement["verb"]?.id ?? "?").split("/").at(-1) ?? "?";
}
