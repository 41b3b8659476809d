/** Signatures on the verification page: by the browser, and by us where the browser has none. */

import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, webcrypto } from "node:crypto";
import { test } from "node:test";
import { verify } from "../../xapi_lrs_reports/certificates/page/certificate_code.js";
import { verifyEd25519 } from "../../xapi_lrs_reports/certificates/page/ed25519.js";
import { isSignedBy, parseJws } from "../../xapi_lrs_reports/certificates/page/jws.js";
import { isHeadOf } from "../../xapi_lrs_reports/certificates/page/published_register.js";

const subtle = /** @type {SubtleCrypto} */ (/** @type {unknown} */ (webcrypto.subtle));
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

/** RFC 8032, section 7.1: public key, message, signature. */
const VECTORS = [
  [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
].map((row) => row.map((hex) => Uint8Array.from(Buffer.from(hex, "hex"))));

/** A browser that has hashes and no Ed25519, as many phones still in use. */
const older = /** @type {SubtleCrypto} */ (
  /** @type {unknown} */ ({
    digest: subtle.digest.bind(subtle),
    importKey: () => Promise.reject(new Error("NotSupportedError")),
  })
);

/**
 * @param {object} payload
 * @param {string} typ
 */
function signed(payload, typ) {
  const pair = generateKeyPairSync("ed25519");
  const key = { ...pair.publicKey.export({ format: "jwk" }), kid: "one" };
  const parts = [{ alg: "EdDSA", kid: "one", typ }, payload];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const token = `${text}.${sign(null, Buffer.from(text), pair.privateKey).toString("base64url")}`;
  return { token, key: /** @type {import("../../xapi_lrs_reports/certificates/page/jws.js").Key} */ (key) };
}

/**
 * @param {bigint} number
 * @param {number} length
 */
function littleEndian(number, length) {
  return Uint8Array.from({ length }, (_, index) => Number((number >> BigInt(8 * index)) & 255n));
}

/** @param {Uint8Array} bytes */
function numberOf(bytes) {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

test("the vectors of RFC 8032 are accepted, and refused with any bit changed", async () => {
  for (const [key, message, signature] of VECTORS) {
    assert(key && message && signature);
    assert(await verifyEd25519(key, signature, message, subtle));
    for (const bit of [0, 7, 100, 254, 255, 256, 400, 508, 511]) {
      /** @type {Uint8Array<ArrayBuffer>} */
      const changed = new Uint8Array(signature);
      changed.set([Number(changed.at(bit >> 3)) ^ (1 << (bit & 7))], bit >> 3);
      assert.equal(await verifyEd25519(key, changed, message, subtle), false, `bit ${bit}`);
    }
    assert.equal(await verifyEd25519(key, signature, Uint8Array.from([...message, 1]), subtle), false);
    const other = Uint8Array.from(key, (byte, index) => (index ? byte : byte ^ 1));
    assert.equal(await verifyEd25519(other, signature, message, subtle), false);
  }
});

test("every signature that this machine's own library makes is accepted", async () => {
  for (let seed = 0; seed < 12; seed += 1) {
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, seed)]);
    const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    const { x } = createPublicKey(privateKey).export({ format: "jwk" });
    const message = Buffer.from(`message ${seed}`.repeat(seed));
    const key = Uint8Array.from(Buffer.from(String(x), "base64url"));
    assert(await verifyEd25519(key, Uint8Array.from(sign(null, message, privateKey)), message, subtle));
  }
});

test("no second spelling of a signature, a point or a key is accepted", async () => {
  const [key, message, signature] = VECTORS[1] ?? [];
  assert(key && message && signature);
  const larger = littleEndian(numberOf(signature.subarray(32)) + L, 32);
  assert.equal(await verifyEd25519(key, Uint8Array.from([...signature.subarray(0, 32), ...larger]), message, subtle), false);
  const zeros = new Uint8Array(32);
  const neutral = littleEndian(1n, 32);
  assert(await verifyEd25519(neutral, Uint8Array.from([...neutral, ...zeros]), message, subtle), "it signs anything");
  for (const again of [littleEndian(P + 1n, 32), littleEndian(1n + 2n ** 255n, 32)]) {
    assert.equal(await verifyEd25519(again, Uint8Array.from([...neutral, ...zeros]), message, subtle), false);
    assert.equal(await verifyEd25519(neutral, Uint8Array.from([...again, ...zeros]), message, subtle), false);
  }
  assert.equal(await verifyEd25519(key.subarray(1), signature, message, subtle), false);
  assert.equal(await verifyEd25519(key, signature.subarray(1), message, subtle), false);
});

test("an older browser answers as a new one does", async () => {
  const { token, key } = signed({ no: "2026-0001" }, "nrc");
  const jws = parseJws(token, "nrc");
  const forged = parseJws(`${token.slice(0, -8)}AAAAAAAA`, "nrc");
  assert(jws && forged);
  for (const browser of [subtle, older]) {
    assert.equal(await isSignedBy(jws, key, browser), true);
    assert.equal(await isSignedBy(forged, key, browser), false);
    assert.equal(await isSignedBy(jws, signed({}, "nrc").key, browser), false);
  }
  assert.equal(await isSignedBy(jws, key, undefined), null);
});

test("a text is read for what it was signed, and no other", () => {
  const { token } = signed({}, "nrh");
  assert(parseJws(token, "nrh"));
  for (const other of ["nrc", "JWT", ""]) assert.equal(parseJws(token, other), null);
  for (const text of ["", "..", "bnVsbA.bnVsbA.", "a.b", `${token}.x`, `${"a".repeat(20000)}.b.c`]) {
    assert.equal(parseJws(text, "nrh"), null);
  }
});

test("a register is believed with its own head alone", async () => {
  const bytes = Uint8Array.from(Buffer.from('{"certificates": []}')).buffer;
  const digest = Buffer.from(await subtle.digest("SHA-256", bytes)).toString("hex");
  const { token, key } = signed({ register_json: digest }, "nrh");
  const stranger = signed({ register_json: digest }, "nrh");
  assert(await isHeadOf(bytes, `${token}\n`, [key], subtle));
  assert(await isHeadOf(bytes, token, [key], older));
  const other = Uint8Array.from(Buffer.from('{"certificates": [1]}')).buffer;
  assert.equal(await isHeadOf(other, token, [key], subtle), false);
  assert.equal(await isHeadOf(bytes, stranger.token, [key], subtle), false);
  assert.equal(await isHeadOf(bytes, token, [{ ...key, revoked_on: "2026-01-01" }], subtle), false);
  assert.equal(await isHeadOf(bytes, "<!doctype html>", [key], subtle), false);
  assert.equal(await isHeadOf(bytes, token, [key], undefined), false);
  const unnamed = signed({}, "nrh");
  assert.equal(await isHeadOf(bytes, unnamed.token, [unnamed.key], subtle), false);
});

test("a clock that is behind what was signed is not believed, and the answer says by which day it judged", async () => {
  const facts = { no: "2026-0001", hotel: "a", name: "A", from: "2025-10-01", to: "2026-10-01", rule: "ge60 01234567" };
  const { token, key } = signed(facts, "nrc");
  const entry = { number: "2026-0001", hotel: "a", valid_from: "2025-10-01", valid_until: "2026-10-01", status: "expired" };
  const register = { updated_on: "2026-11-22", certificates: [entry] };
  const asked = async (/** @type {typeof register | null} */ known, /** @type {string} */ today) => {
    const { answer, day } = await verify(token, [key], known, today, subtle);
    return [answer, day];
  };
  assert.deepEqual(await asked(register, "1970-01-01"), ["expired", "2026-11-22"]);
  assert.deepEqual(await asked(register, "2031-01-01"), ["expired", "2031-01-01"]);
  assert.deepEqual(await asked(null, "1970-01-01"), ["valid", "2025-10-01"]);
  assert.deepEqual(await asked(null, "2026-10-01"), ["valid", "2026-10-01"]);
});
