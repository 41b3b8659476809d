/** The course in two data files: the second one brings the texts that the first screen does without. */

/**
 * Put the texts of the second file into the course, in place, so that whoever holds a page, a
 * question or the messages has them too.
 *
 * @param {Course} course as the first file has it
 * @param {CourseTexts | undefined} texts what the second file holds; undefined: it has not come
 * @returns {boolean} the course is whole
 */
export function completeCourse(course, texts) {
  if (texts?.language !== course.course.language) return false;
  for (const page of course.blocks.flatMap((block) => block.pages)) Object.assign(page, texts.pages[page.key]);
  for (const question of course.check?.questions ?? []) Object.assign(question, texts.questions[question.key]);
  Object.assign(course.messages, texts.messages);
  return true;
}
