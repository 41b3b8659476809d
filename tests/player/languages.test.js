import assert from "node:assert/strict";
import test from "node:test";

import { bestFirst } from "../../scorm_builder/player/loading/languages.js";

/** @type {(tag: string) => LanguageChoice} */
const language = (tag) => ({ tag, dir: "ltr", name: tag, file: "", choose: "", waiting: "", failed: "" });

const LANGUAGES = ["en", "nl", "pt-BR", "ar"].map(language);

/** @type {(...wishes: string[]) => string[]} */
const order = (...wishes) => bestFirst(LANGUAGES, wishes).map((one) => one.tag);

test("the learner's language stands in front, however an LMS spells it", () => {
  for (const wish of ["nl", "NL", "nl-NL", "nl_BE", "nl-Latn-NL"]) assert.deepEqual(order(wish), ["nl", "en", "pt-BR", "ar"]);
  assert.equal(order("pt")[0], "pt-BR");
  assert.equal(order("PT_br")[0], "pt-BR");
});

test("the first wish that can be met wins; none leaves the order", () => {
  assert.equal(order("", "xx", "ar-EG", "nl")[0], "ar");
  assert.deepEqual(order("", "English", "-", "_"), ["en", "nl", "pt-BR", "ar"]);
});
