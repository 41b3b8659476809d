/**
 * SHA-1 and SHA-256 (FIPS 180-4), and text as UTF-8.
 *
 * Own code, because crypto.subtle is missing wherever an LMS is served over plain HTTP.
 */

/**
 * UTF-8; a surrogate without its partner becomes U+FFFD.
 *
 * @param {string} text
 * @returns {number[]}
 */
export function utf8Bytes(text) {
  return Array.from(new TextEncoder().encode(text));
}

/**
 * @param {number[]} bytes
 * @returns {number[]} 20 bytes
 */
export function sha1(bytes) {
  const hash = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (const block of blocks(bytes)) {
    const w = block.slice();
    for (let i = 16; i < 80; i += 1) w[i] = rotate(at(w, i - 3) ^ at(w, i - 8) ^ at(w, i - 14) ^ at(w, i - 16), 31);
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = hash;
    for (let i = 0; i < 80; i += 1) {
      const next = (rotate(a, 27) + sha1Round(i, b, c, d) + e + at(w, i)) | 0;
      [a, b, c, d, e] = [next, a, rotate(b, 2), c, d];
    }
    [a, b, c, d, e].forEach((value, i) => (hash[i] = (at(hash, i) + value) | 0));
  }
  return wordsToBytes(hash);
}

/** @type {(i: number, b: number, c: number, d: number) => number} */
function sha1Round(i, b, c, d) {
  if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (i < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

/**
 * @param {number[]} bytes
 * @returns {number[]} 32 bytes
 */
export function sha256(bytes) {
  const primes = firstPrimes(64);
  const k = primes.map((prime) => fraction(Math.cbrt(prime)));
  const hash = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  for (const block of blocks(bytes)) {
    const w = block.slice();
    for (let i = 16; i < 64; i += 1) {
      const s0 = rotate(at(w, i - 15), 7) ^ rotate(at(w, i - 15), 18) ^ (at(w, i - 15) >>> 3);
      const s1 = rotate(at(w, i - 2), 17) ^ rotate(at(w, i - 2), 19) ^ (at(w, i - 2) >>> 10);
      w[i] = (at(w, i - 16) + s0 + at(w, i - 7) + s1) | 0;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
    for (let i = 0; i < 64; i += 1) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(k, i) + at(w, i)) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] = (at(hash, i) + value) | 0));
  }
  return wordsToBytes(hash);
}

/**
 * The padded message as blocks of sixteen 32-bit words.
 *
 * @param {number[]} bytes
 * @returns {number[][]}
 */
function blocks(bytes) {
  const padded = [...bytes, 0x80];
  while (padded.length % 64 !== 56) padded.push(0);
  padded.push(...wordsToBytes([Math.floor(bytes.length / 0x20000000), bytes.length << 3]));
  /** @type {number[][]} */
  const found = [];
  for (let i = 0; i < padded.length; i += 4) {
    if (i % 64 === 0) found.push([]);
    const word = (at(padded, i) << 24) | (at(padded, i + 1) << 16) | (at(padded, i + 2) << 8) | at(padded, i + 3);
    found[found.length - 1]?.push(word);
  }
  return found;
}

/** @param {number[]} words */
function wordsToBytes(words) {
  return words.flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255));
}

/** @type {(list: number[], index: number) => number} */
function at(list, index) {
  return list[index] ?? 0;
}

/** @type {(word: number, by: number) => number} */
function rotate(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits of the part behind the point; FIPS 180-4 takes its constants from roots. */
/** @param {number} root */
function fraction(root) {
  return ((root - Math.floor(root)) * 0x100000000) | 0;
}

/** @param {number} count */
function firstPrimes(count) {
  /** @type {number[]} */
  const primes = [];
  for (let n = 2; primes.length < count; n += 1) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
}
