/** A small course for the tests: two blocks, one page of each kind that matters, a check. */

/** @type {(id: string, key: string, right: boolean) => Option} */
const option = (id, key, right) => ({ id: `${id}-${key}`, html: key, right, feedback: "" });

/** @type {(id: string, key: string, must_pass?: boolean) => Question} */
const question = (id, key, must_pass = false) => ({
  ...{ id, key, kind: "choose_one", must_pass, html: "", question: "", feedback: null },
  options: [option(id, "a", true), option(id, "b", false)],
});

/** @type {(id: string, key: string, kind: PageKind) => CoursePage} */
const page = (id, key, kind) => ({ id, key, kind, title: id, html: "" });

/** @type {Tracking} */
export const TRACKING = {
  endpoint: "https://lrs.example/xapi/",
  authorization: "Basic a2V5OnNlY3JldA==",
  homePage: "https://id.noroom.example/chain/acme",
  course: "https://id.noroom.example/course/small",
  version: "https://id.noroom.example/course/small/version/1.0.0",
  hotel: "https://id.noroom.example/hotel/acme-0042",
  hotels: "https://id.noroom.example/hotel/",
  extensions: "https://id.noroom.example/extension/",
  namespace: "300cff9e-e46b-5f48-b576-721d19a2ef0c",
  salt: "acme",
};

/** @type {Options} */
export const OPTIONS = {
  fail_status: "incomplete",
  pass_status: "passed",
  revisit: "keep",
  exit_unfinished: "suspend",
  also_passed: false,
  force_score: false,
  interactions: "off",
};

/**
 * @param {Partial<Course>} [changes]
 * @returns {Course}
 */
export function smallCourse(changes = {}) {
  const statements = { ...page("judge", "pag2", "true_false") };
  statements.statements = [{ id: "s1", key: "sta1", html: "", answer: true, feedback: "" }];
  return {
    format: 1,
    standard: "scorm12",
    course: { id: "small", version: "1.0.0", title: "Small", language: "nl", dir: "ltr", draft: false, build: "00000000" },
    options: OPTIONS,
    brand: null,
    tracking: TRACKING,
    hotels: [],
    messages: {},
    help: [],
    roles: null,
    blocks: [
      { id: "one", key: "blk1", title: "One", minutes: "1:00", breakpoint: true, pages: [page("read", "pag1", "text"), statements] },
      { id: "two", key: "blk2", title: "Two", minutes: "1:00", breakpoint: false, pages: [page("check", "pag3", "check"), page("end", "pag4", "finish")] },
    ],
    later: { screens: "screens-0.js", texts: "texts-0.js" },
    check: {
      draw: 3,
      pass: 2,
      questions: [question("q1", "que1", true), question("q2", "que2"), question("q3", "que3"), question("q4", "que4")],
    },
    ...changes,
  };
}

/**
 * Numbers between 0 and 1 that look random and are the same in every run.
 *
 * @param {number} seed
 */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x100000000;
  };
}
