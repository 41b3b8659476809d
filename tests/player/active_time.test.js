import assert from "node:assert/strict";
import test from "node:test";

import { createActiveTime } from "../../scorm_builder/player/state/active_time.js";

const MINUTE_MS = 60_000;

function stopwatch() {
  let clock = 5_000;
  const time = createActiveTime(() => clock);
  const wait = (/** @type {number} */ minutes) => void (clock += minutes * MINUTE_MS);
  return { time, wait };
}

test("short stretches between signs of life count, long ones do not", () => {
  const { time, wait } = stopwatch();
  for (const minutes of [3, 10, 11, 4 * 24 * 60, 2]) {
    wait(minutes);
    time.touch();
  }
  assert.equal(time.seconds(), (3 + 10 + 2) * 60);
});

test("the stretch that is under way counts as long as somebody may be there", () => {
  const { time, wait } = stopwatch();
  wait(9);
  assert.equal(time.seconds(), 9 * 60);
  wait(2);
  assert.equal(time.seconds(), 0);
});

test("asking for the time every minute, as a save that fails does, is no sign of life", () => {
  const { time, wait } = stopwatch();
  wait(5);
  time.touch();
  for (let minutes = 0; minutes < 24 * 60; minutes += 1) {
    wait(1);
    time.seconds();
  }
  assert.equal(time.seconds(), 5 * 60);
});
