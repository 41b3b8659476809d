/** The course as a walk: its pages in order, each with its place. Pure. */

/**
 * @param {Course} course
 * @returns {Stop[]}
 */
export function stopsOf(course) {
  return course.blocks.flatMap((block, index) =>
    block.pages.map((page, number) => ({ page, block, blockNumber: index + 1, numberInBlock: number + 1 })),
  );
}

/**
 * A page with nothing to answer is seen as soon as it was shown.
 *
 * @param {CoursePage} page
 */
export function isSeenWhenShown(page) {
  return page.kind === "text" || page.kind === "finish" || page.kind === "reflection";
}

/**
 * How far a learner may go: the number of the first stop not yet seen, or the last one.
 *
 * @param {Stop[]} stops
 * @param {Progress} progress
 */
export function furthestStop(stops, progress) {
  const index = stops.findIndex((stop) => !progress.seen.includes(stop.page.key));
  return index < 0 ? stops.length - 1 : index;
}

/**
 * Where a session begins: the bookmark, or the first page not yet seen when the bookmark is gone.
 *
 * @param {Stop[]} stops
 * @param {Progress} progress
 */
export function startingStop(stops, progress) {
  const furthest = furthestStop(stops, progress);
  const marked = stops.findIndex((stop) => stop.page.key === progress.bookmark);
  return marked < 0 ? furthest : Math.min(marked, furthest);
}

/**
 * True when the course pauses between this stop and the next.
 *
 * @param {Stop[]} stops
 * @param {number} index
 */
export function isBreakAfter(stops, index) {
  const here = stops[index];
  const next = stops[index + 1];
  return Boolean(here && next && here.block.breakpoint && here.block !== next.block);
}

/**
 * Keys of everything in the course that progress can be about.
 *
 * @param {Course} course
 */
export function keysOf(course) {
  const pages = course.blocks.flatMap((block) => block.pages);
  return {
    pages: pages.map((page) => page.key),
    rolePages: pages.filter((page) => page.kind === "role").map((page) => page.key),
    statements: pages.flatMap((page) => (page.statements ?? []).map((statement) => statement.key)),
    questions: course.check?.questions.map((question) => question.key) ?? [],
  };
}
