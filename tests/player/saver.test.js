import assert from "node:assert/strict";
import test from "node:test";

import { createSaver } from "../../scorm_builder/player/session/saver.js";

const DAY_S = 86_400;
const LONGEST_PAUSE_S = 60;

/**
 * A saver whose LMS answers as `answer` says; the clock is the test's.
 *
 * @param {import("node:test").TestContext} context
 * @param {() => SaveResult} answer
 */
function saverWith(context, answer) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const log = { saves: 0, heard: /** @type {SaveResult[]} */ ([]) };
  const save = () => {
    log.saves += 1;
    return answer();
  };
  const port = { runtime: { save }, snapshot: () => ({}), onResult: (/** @type {SaveResult} */ result) => log.heard.push(result) };
  const saver = createSaver(/** @type {import("../../scorm_builder/player/session/saver.js").SaverPort} */ (/** @type {unknown} */ (port)));
  const wait = (/** @type {number} */ seconds) => {
    for (let passed = 0; passed < seconds; passed += 1) context.mock.timers.tick(1_000);
  };
  return { saver, log, wait };
}

for (const fault of /** @type {SaveResult[]} */ (["failed", "lied"])) {
  test(`a save that ${fault} is tried again for as long as the window is open`, (context) => {
    let lmsWorks = false;
    const { saver, log, wait } = saverWith(context, () => (lmsWorks ? "saved" : fault));
    saver.now();
    wait(DAY_S);
    assert.ok(log.saves >= DAY_S / LONGEST_PAUSE_S, `${log.saves} tries in a day`);
    assert.ok(log.saves < 2 * (DAY_S / LONGEST_PAUSE_S), `${log.saves} tries in a day are too many`);
    lmsWorks = true;
    wait(LONGEST_PAUSE_S);
    assert.equal(log.heard.at(-1), "saved");
    const before = log.saves;
    wait(DAY_S);
    assert.equal(log.saves, before, "what was saved is left alone");
  });
}

test("the connection comes back: at once, and only when there is a reason", (context) => {
  let lmsWorks = false;
  const { saver, log } = saverWith(context, () => (lmsWorks ? "saved" : "failed"));
  saver.now();
  lmsWorks = true;
  saver.again();
  saver.again();
  assert.deepEqual(log.heard, ["failed", "saved"]);
});

test("after the end nothing is tried any more", (context) => {
  const { saver, log, wait } = saverWith(context, () => "failed");
  saver.now();
  saver.stop();
  wait(DAY_S);
  assert.equal(log.saves, 1);
});
