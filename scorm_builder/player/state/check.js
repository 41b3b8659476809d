/** The check: which questions are asked, and when it is passed. Pure but for the chance passed in. */

/**
 * The questions of a new attempt: every must-pass one, the rest by chance, in a random order.
 *
 * @param {Check} check
 * @param {() => number} random 0 <= value < 1
 * @returns {string[]} keys
 */
export function drawQuestions(check, random) {
  const required = check.questions.filter((question) => question.must_pass);
  const others = shuffle(check.questions.filter((question) => !question.must_pass), random);
  const drawn = [...required, ...others].slice(0, Math.max(check.draw, required.length));
  return shuffle(drawn, random).map((question) => question.key);
}

/**
 * The drawn questions for the next try. What a new version of the course has taken away is
 * replaced, and the order is new.
 *
 * @param {Check} check
 * @param {CheckProgress} progress
 * @param {() => number} random
 * @returns {string[]} keys
 */
export function drawAgain(check, progress, random) {
  const known = check.questions.map((question) => question.key);
  const kept = [...progress.drawn, ...progress.right].filter((key) => known.includes(key));
  const required = check.questions.filter((question) => question.must_pass).map((question) => question.key);
  const wanted = [...new Set([...kept, ...required, ...drawQuestions(check, random)])];
  const size = Math.max(check.draw, required.length);
  const chosen = [...required, ...wanted.filter((key) => !required.includes(key))].slice(0, size);
  return shuffle(chosen, random);
}

/**
 * A try that a role can go on with: as it is where every question is still the learner's own and
 * every must-pass one is among them, else to be begun anew, with the right answers kept.
 *
 * @param {Check | null} check of the learner's role
 * @param {CheckProgress} progress
 * @returns {CheckProgress}
 */
export function fitTry(check, progress) {
  const own = check?.questions ?? [];
  const known = own.map((question) => question.key);
  const { drawn, right } = progress;
  const complete = own.every((question) => !question.must_pass || drawn.includes(question.key));
  if (drawn.length === 0 || (complete && drawn.every((key) => known.includes(key)))) return progress;
  return { ...progress, drawn: [], right: right.filter((key) => known.includes(key)), wrong: [] };
}

/**
 * The course with the pass mark that its LMS sets, if that is the higher one. A lower one would
 * let an LMS decide what the programme's pass means.
 *
 * @param {Course} course
 * @param {number | null} masteryScore share of right answers, 0..1; null: the LMS names none
 * @returns {Course}
 */
export function withMasteryScore(course, masteryScore) {
  const { check } = course;
  if (!check || masteryScore === null || !(masteryScore <= 1)) return course;
  // 0.7 x 10 is a little more than 7 in floating point.
  const pass = Math.max(check.pass, Math.ceil(masteryScore * check.draw - 1e-9));
  return { ...course, check: { ...check, pass } };
}

/**
 * Questions of this try that are still to be answered, in the order drawn.
 *
 * @param {CheckProgress} progress
 */
export function openQuestions(progress) {
  return progress.drawn.filter((key) => !progress.right.includes(key) && !progress.wrong.includes(key));
}

/**
 * @param {Check} check
 * @param {CheckProgress} progress
 */
export function isPassed(check, progress) {
  const required = check.questions.filter((question) => question.must_pass);
  return progress.right.length >= check.pass && required.every((question) => progress.right.includes(question.key));
}

/**
 * True when exactly the right options were chosen.
 *
 * @param {{id: string, right: boolean}[]} options
 * @param {string[]} chosen ids
 */
export function isRightChoice(options, chosen) {
  return options.every((option) => option.right === chosen.includes(option.id));
}

/**
 * Options in the order in which they are shown: by chance, unless the author's order has a meaning.
 *
 * @param {{options?: Option[], keep_order?: boolean}} asked a page or a question
 * @param {() => number} random
 * @returns {Option[]}
 */
export function arrangeOptions(asked, random) {
  const options = asked.options ?? [];
  return asked.keep_order ? options : shuffle(options, random);
}

/**
 * A shuffled copy (Fisher-Yates).
 *
 * @template T
 * @param {readonly T[]} items
 * @param {() => number} random
 * @returns {T[]}
 */
export function shuffle(items, random) {
  const mixed = items.slice();
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [mixed[i], mixed[j]];
    mixed[i] = /** @type {T} */ (b);
    mixed[j] = /** @type {T} */ (a);
  }
  return mixed;
}
