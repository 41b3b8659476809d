/** What a learner with one kind of work gets of the course. Pure. */

/**
 * The course of one role: its own pages and the entries on them, its own pool. Before the choice it
 * is the one that everybody else gets, so that the length of the way is about right from the start.
 * Texts that the second data file brings go into `course`, so this is to be asked for anew, not kept.
 *
 * @param {Course} course with everything for all roles
 * @param {string} role key; "": not chosen
 * @returns {Course}
 */
export function courseOf(course, role) {
  if (!course.roles) return course;
  const key = role || course.roles.other;
  /** @type {<T extends Limited>(nodes: T[]) => T[]} */
  const own = (nodes) => nodes.filter((node) => !node.roles || node.roles.includes(key));
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
 * The role that a course still offers under this key; "" where there is none.
 *
 * @param {Course} course
 * @param {string} key
 */
export function knownRole(course, key) {
  return course.roles?.choices.some((choice) => choice.key === key) ? key : "";
}
