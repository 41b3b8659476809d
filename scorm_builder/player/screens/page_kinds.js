/**
 * The kinds of pages, in two tables, because a package has two scripts.
 *
 * `player-<hash>.js` holds what the first screen needs and is waited for; `screens-<hash>.js` is
 * fetched when the first screen stands. Which module goes into which follows from the imports:
 * what an entry reaches (main_<standard>.js, through boot.js) is in the first script, what only
 * screens.js reaches is in the second.
 *
 * A new kind of page: write screens/<kind>_page.js with one function that takes a View, and name it
 * in one table, LATER_KINDS in screens.js; here in FIRST_KINDS only when learners may meet it
 * before they have read anything. A page of any kind is drawn only when its texts are there too
 * (course_parts.js), so a render function never has to wait. What a reducer, suspend_data or the
 * walk through the course must know of a page at once is named in scorm_builder/link/split_course.py.
 */

import { renderText } from "./text_page.js";

const FIRST_KINDS = {
  text: renderText,
};

/** @typedef {keyof typeof FIRST_KINDS} FirstKind */
/** @typedef {(view: import("./view.js").View) => void} RenderPage */

/** @type {Partial<Record<PageKind, RenderPage>>} */
const pageKinds = { ...FIRST_KINDS };
let allKinds = false;
/** @type {RenderPage} */
let finishPage = () => undefined;
/** @type {(port: import("../session/later_session.js").LaterPort) => void} */
let goOn = () => undefined;
/** @type {import("./view.js").View | null} */
let unfinished = null;

/**
 * @param {Record<Exclude<PageKind, FirstKind>, RenderPage>} laterKinds
 * @param {RenderPage} onEveryPage called when a page of any kind stands
 * @param {typeof goOn} onSession called when everything has come
 */
export function addLaterKinds(laterKinds, onEveryPage, onSession) {
  Object.assign(pageKinds, laterKinds);
  finishPage = onEveryPage;
  goOn = onSession;
  allKinds = true;
}

/**
 * A page stands: add what every page gets from the second script, at once or when that has come.
 *
 * @param {import("./view.js").View} view
 * @param {boolean} complete everything has come
 */
export function pageStands(view, complete) {
  unfinished = view;
  if (complete) finishLastPage();
}

export function finishLastPage() {
  if (unfinished?.body.isConnected) finishPage(unfinished);
  unfinished = null;
}

/** @type {typeof goOn} */
export const goOnWith = (port) => goOn(port);

export function hasAllKinds() {
  return allKinds;
}

/**
 * The function that draws a page; null while that, or the page's texts, are still on their way.
 * A later kind also has words of the player that come with the texts: in any block it waits for all.
 *
 * @param {CoursePage} page
 * @param {boolean} complete everything has come
 * @returns {RenderPage | null}
 */
export function renderPageOf(page, complete) {
  return (isWhole(page) && (complete || page.kind in FIRST_KINDS) && pageKinds[page.kind]) || null;
}

/**
 * Before the second data file has come, a page is known by id, key and kind only.
 *
 * @param {CoursePage} page
 */
function isWhole(page) {
  return "title" in page;
}
