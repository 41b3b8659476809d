/** What a learner with one kind of work and one profile gets of the course. Pure. */

/**
 * The course of one role: its own pages and the entries on them, its own pool. Before the choice it
 * is the one that everybody else gets, so that the length of the way is about right from the start.
 * Texts that the second data file brings go into `course`, so this is to be asked for anew, not kept.
 *
 * @param {Course} course with everything for all roles
 * @param {string} role key; "": not chosen
 * @param {string} [profile] key; "": not chosen
 * @returns {Course}
 */
export function courseOf(course, role, profile) {
  if (!course.roles && !course.profiles) return course;
  const key = role || (course.roles?.other ?? "");
  const whom = profileOf(course, profile)?.key ?? "";
  /** @type {<T extends Limited>(nodes: T[]) => T[]} */
  const own = (nodes) => nodes.filter(({ roles, profiles }) => (!roles || roles.includes(key)) && (!profiles || profiles.includes(whom)));
  /** @type {(page: CoursePage) => CoursePage} */
  const ownPage = (page) => ({
    ...page,
    ...(page.cards && { cards: own(page.cards) }),
    ...(page.statements && { statements: own(page.statements) }),
    ...(page.options && { options: own(page.options) }),
    ...(page.steps && { steps: own(page.steps) }),
    ...(page.scale && { scale: own(page.scale) }),
    ...(page.sort && { sort: own(page.sort) }),
  });
  /** @type {(question: Question) => Question} */
  const ownQuestion = (question) => ({ ...question, ...(question.options && { options: own(question.options) }) });
  const { check } = course;
  return {
    ...course,
    blocks: course.blocks.map((block) => ({ ...block, pages: own(block.pages).map(ownPage) })),
    check: check && { ...check, questions: own(check.questions).map(ownQuestion) },
  };
}

/**
 * Who the learner is; undefined in a package for a hotel's own staff alone.
 *
 * @param {Course} course
 * @param {string} [key] "", or one that the course no longer has: the first
 */
export function profileOf({ profiles }, key) {
  return profiles?.find((one) => one.key === key) ?? profiles?.[0];
}

/**
 * The role that a course still offers under this key; "" where there is none.
 *
 * @param {Course} course
 * @param {string} key
 */
export function knownRole(course, key) {
  return course.roles?.choices.some((choice) => choice.key === key) ? key : "";
}

/**
 * The profile that a course still offers under this key; "" where there is none.
 *
 * @param {Course} course
 * @param {string | undefined} key
 */
export function knownProfile({ profiles }, key) {
  return profiles?.find((one) => one.key === key)?.key ?? "";
}
