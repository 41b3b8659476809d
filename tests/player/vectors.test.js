import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";

import { completionCode } from "../../scorm_builder/player/programme/completion_code.js";
import { checkSymbol, grouped, readChecked, toSymbols } from "../../scorm_builder/player/encoding/crockford.js";
import { sha1, sha256, utf8Bytes } from "../../scorm_builder/player/encoding/hashes.js";
import { codePseudonym, readHotel, readPersonal } from "../../scorm_builder/player/programme/personal_codes.js";
import { pseudonym } from "../../scorm_builder/player/programme/pseudonym.js";
import { statementId } from "../../scorm_builder/player/programme/statement_ids.js";
import { randomUuid } from "../../scorm_builder/player/encoding/uuid.js";

/** @param {string} name */
const vectors = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));

/** @param {number[]} bytes */
const hex = (bytes) => Buffer.from(bytes).toString("hex");

test("the pseudonym is the one that Python makes", () => {
  for (const vector of vectors("pseudonym")) {
    assert.equal(pseudonym(vector.learner_id, vector.salt), vector.pseudonym, JSON.stringify(vector.learner_id));
  }
});

test("the statement id is the one that Python makes", () => {
  for (const { namespace, registration, verb, n, id } of vectors("statement_id")) {
    assert.equal(statementId(namespace, registration, verb, n), id);
  }
});

test("codes are read and spelt as Python does", () => {
  const { codes, numbers } = vectors("crockford");
  for (const { typed, symbols } of codes) assert.equal(readChecked(typed), symbols, JSON.stringify(typed));
  for (const { number, symbols, check } of numbers) {
    assert.equal(toSymbols(Number(number), symbols.length), symbols);
    assert.equal(checkSymbol(symbols), check);
  }
  assert.equal(grouped("7K3M9TX4C", 4), "7K3M-9TX4-C");
});

test("the completion code is the one that Python reads", () => {
  for (const { code, ...completion } of vectors("completion_code")) assert.equal(completionCode(completion), code);
});

test("personal codes give the pseudonym that Python gives", () => {
  for (const one of vectors("personal_codes")) {
    const hotels = [{ id: "other", name: "Other", code: "ZZZZZ" }, { id: "own", name: "Own", code: one.hotel }];
    assert.equal(readHotel(one.hotel_printed, hotels), hotels[1]);
    assert.equal(readHotel(one.hotel_printed, []), "unknown");
    assert.equal(readHotel(one.personal_typed, hotels), "mistyped");
    assert.equal(readPersonal(one.personal_typed), one.personal);
    assert.equal(readPersonal(one.hotel_printed), null);
    assert.equal(codePseudonym(one.hotel, one.personal, one.salt), one.pseudonym);
  }
});

test("the hashes agree with OpenSSL at every length around a block", () => {
  for (let length = 0; length < 200; length += 1) {
    const text = "aé€😀".repeat(length).slice(0, length);
    const bytes = Array.from(Buffer.from(text));
    assert.equal(hex(sha1(bytes)), createHash("sha1").update(Buffer.from(bytes)).digest("hex"));
    assert.equal(hex(sha256(bytes)), createHash("sha256").update(Buffer.from(bytes)).digest("hex"));
  }
});

test("text becomes UTF-8, and a lone surrogate U+FFFD", () => {
  assert.equal(hex(utf8Bytes("aé€😀")), Buffer.from("aé€😀").toString("hex"));
  assert.equal(hex(utf8Bytes("\ud800")), "efbfbd");
});

test("a registration is a random UUID of version 4", () => {
  assert.match(randomUuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(randomUuid(), randomUuid());
});
