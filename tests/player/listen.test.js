/** Which voice may read a page out. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { voiceFor } from "../../scorm_builder/player/shell/listen.js";

/** @type {(lang: string, localService: boolean) => SpeechSynthesisVoice} */
const voice = (lang, localService) => ({ lang, localService, name: lang, voiceURI: lang, default: false });

test("a voice that is not on the device never reads", () => {
  assert.equal(voiceFor([voice("nl-NL", false)], "nl"), null);
});

test("a voice of another language never reads", () => {
  assert.equal(voiceFor([voice("en-GB", true)], "nl"), null);
  assert.equal(voiceFor([voice("fil-PH", true)], "fi"), null);
});

test("the region counts when there is a choice; Android writes it with an underscore", () => {
  const voices = [voice("pt_PT", true), voice("pt_BR", true)];
  assert.equal(voiceFor(voices, "pt-BR"), voices[1]);
  assert.equal(voiceFor(voices, "pt"), voices[0]);
});
