import assert from "node:assert/strict";
import { test } from "node:test";

import { buildStatement } from "../../scorm_builder/player/programme/statements.js";
import { stopsOf } from "../../scorm_builder/player/state/course_map.js";
import { emptyProgress, reduce } from "../../scorm_builder/player/state/course_state.js";
import { courseOf } from "../../scorm_builder/player/state/roles.js";
import { decode, encode } from "../../scorm_builder/player/state/suspend_data.js";
import { smallCourse, TRACKING } from "./course.js";

const [STAFF, STUDENT] = ["proA", "proB"];
const PROFILE = `${TRACKING.extensions}profile`;
const REGISTRATION = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

/** A course for staff and students, with a page for each and one for both. */
function courseWithProfiles() {
  const course = smallCourse();
  const [one] = course.blocks;
  assert(one);
  /** @type {(id: string, key: string, profiles?: string[]) => CoursePage} */
  const text = (id, key, profiles) => ({ id, key, kind: "text", title: id, html: "", ...(profiles && { profiles }) });
  one.pages = [text("read", "pag1"), { ...text("work", "pagW"), kind: "role" }, text("staff", "pagS", [STAFF]), text("student", "pagT", [STUDENT])];
  course.roles = { other: "rol1", choices: [{ id: "front_desk", key: "rol1", title: "Desk", description: "" }] };
  course.profiles = [{ key: STAFF, title: "Employee" }, { key: STUDENT, title: "Student", guest: "student" }];
  return course;
}

const course = courseWithProfiles();
const begun = { ...emptyProgress(), registration: REGISTRATION, session: 1, bookmark: "pag1", recording: true };
const ids = (/** @type {string} */ profile) => stopsOf(courseOf(course, "rol1", profile)).map((stop) => stop.page.id);

/** @param {Progress} progress @param {string} profile */
const choose = (progress, profile) => reduce(course, progress, { type: "role_chosen", role: "rol1", page: "pagW", profile });

/** @param {Progress} progress */
const leave = (progress) => reduce(course, progress, { type: "session_ended", time: 1795600000123 });

/** @param {Progress} progress */
const extensions = (progress) => {
  const [fact] = progress.facts;
  assert(fact);
  return buildStatement(fact, REGISTRATION, course, "anonymous").context.extensions;
};

test("each profile has its own pages; who chose nothing has those of the first", () => {
  assert.deepEqual(ids(STAFF), ["read", "work", "staff", "check", "end"]);
  assert.deepEqual(ids(STUDENT), ["read", "work", "student", "check", "end"]);
  assert.deepEqual(ids(""), ids(STAFF));
  assert.deepEqual(ids("gone"), ids(STAFF));
});

test("only a profile that does not count is said, and nothing of everybody else", () => {
  assert.equal(extensions(leave(choose(begun, STUDENT)))?.[PROFILE], "student");
  assert.ok(!JSON.stringify(extensions(leave(choose(begun, STAFF))) ?? {}).includes("profile"));
  assert.ok(!JSON.stringify(extensions(leave(begun)) ?? {}).includes("profile"));
});

test("a fact keeps the profile under which it was made, so that a replay is the same", () => {
  const later = choose(leave(choose(begun, STUDENT)), STAFF);
  assert.equal(extensions(later)?.[PROFILE], "student");
  const restored = decode(course, encode(course, later));
  assert(restored);
  assert.equal(extensions(restored)?.[PROFILE], "student");
  const without = smallCourse();
  const republished = decode(without, encode(course, later));
  assert.equal(republished?.facts[0]?.guest, "student", "also where the new version has no profiles");
});

test("a package for one profile needs no choice to say it", () => {
  const own = { ...courseWithProfiles(), profiles: [{ key: STUDENT, title: "Student", guest: "student" }] };
  const left = reduce(own, begun, { type: "session_ended", time: 1795600000123 });
  assert.equal(left.facts[0]?.guest, "student");
});

test("the profile goes into suspend_data and comes back; one that is gone is the first", () => {
  const chosen = { ...choose({ ...begun, hotel: "1MENF" }, STUDENT), recording: false };
  assert.deepEqual(decode(course, encode(course, chosen)), chosen);
  assert.equal(decode(smallCourse(), encode(course, chosen))?.profile, "");
  assert.equal(decode(course, encode(course, chosen))?.hotel, "1MENF");
  assert.match(encode(course, leave(choose(begun, STUDENT))), /^[A-Za-z0-9._~:,-]+$/);
});

test("another window of the attempt takes the profile over, and none is taken away", () => {
  const student = choose(begun, STUDENT);
  assert.equal(reduce(course, begun, { type: "met", other: student }).profile, STUDENT);
  assert.equal(reduce(course, student, { type: "met", other: begun }).profile, STUDENT);
});
