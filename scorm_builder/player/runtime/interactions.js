/**
 * Answers of the check as SCORM interactions, for packages that ask for them.
 *
 * They come last, in a commit of their own, and end at the first refusal: interactions are optional,
 * and on some LMSs a failed one has cost the status. Spec: SCORM 1.2 RTE section 3.4.7,
 * SCORM 2004 RTE section 4.2.9.
 */

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** @typedef {{separator: string, wrong: string, correct: string, response: string, time: string}} InteractionWords */

/**
 * @param {Connection} connection
 * @param {InteractionWords} words how this standard spells them
 * @param {(time: number) => string} timestamp
 */
export function createInteractions(connection, words, timestamp) {
  /** @type {number | null} */
  let next = null;
  let refused = false;

  /** @param {Answer[]} answers */
  function write(answers) {
    if (refused || answers.length === 0) return;
    next ??= Number.parseInt(connection.get("cmi.interactions._count"), 10) || 0;
    for (const answer of answers) {
      for (const [name, value] of fieldsOf(answer, words, timestamp)) {
        if (connection.set(`cmi.interactions.${next}.${name}`, value)) continue;
        refused = true;
        return;
      }
      next += 1;
    }
    connection.commit();
  }

  return { write };
}

/**
 * Names and values in the order in which an LMS wants them: id and type first.
 *
 * @param {Answer} answer
 * @param {InteractionWords} words
 * @param {(time: number) => string} timestamp
 * @returns {[string, string][]}
 */
function fieldsOf(answer, words, timestamp) {
  const { question, chosen } = answer;
  /** @type {(ids: string[]) => string} */
  const letters = (ids) =>
    question.options.flatMap((option, at) => (ids.includes(option.id) ? [LETTERS.charAt(at)] : [])).join(words.separator);
  const right = question.options.filter((option) => option.right).map((option) => option.id);
  /** @type {[string, string][]} */
  const detail =
    chosen === null
      ? []
      : [
          [words.time, timestamp(answer.time)],
          [words.correct, letters(right)],
          [words.response, letters(chosen)],
        ];
  return [["id", question.id], ["type", "choice"], ...detail, ["result", answer.right ? "correct" : words.wrong]];
}
