/**
 * Ed25519 signatures checked in JavaScript (RFC 8032, section 5.1.7), for browsers without it.
 *
 * Everything here is public, so it need not take the same time for every input, as signing must.
 * SHA-512 is the browser's own. Points are (X : Y : Z : T) with x = X/Z, y = Y/Z, xy = T/Z.
 */

/** @typedef {readonly [bigint, bigint, bigint, bigint]} Point */

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const BYTES = 32;
/** @type {Point} */
const NEUTRAL = [0n, 1n, 1n, 0n];
const BASE = /** @type {Point} */ (decode(encodedY(mod(4n * power(5n, P - 2n)))));

/**
 * Tell whether the signature of a message is by this public key.
 * @param {Uint8Array} publicKey  32 bytes
 * @param {Uint8Array} signature  64 bytes
 * @param {Uint8Array} message
 * @param {SubtleCrypto} subtle
 * @returns {Promise<boolean>}
 */
export async function verifyEd25519(publicKey, signature, message, subtle) {
  if (publicKey.length !== BYTES || signature.length !== 2 * BYTES) return false;
  const start = signature.subarray(0, BYTES);
  const scalar = numberOf(signature.subarray(BYTES));
  const key = decode(publicKey);
  const point = decode(start);
  if (!key || !point || scalar >= L) return false;
  const hashed = await subtle.digest("SHA-512", Uint8Array.from([...start, ...publicKey, ...message]));
  const challenge = numberOf(new Uint8Array(hashed)) % L;
  return isSame(times(BASE, scalar), add(point, times(key, challenge)));
}

/**
 * Read a point (RFC 8032, section 5.1.3); null if the bytes are none, or not its one spelling.
 * @param {Uint8Array} bytes
 * @returns {Point | null}
 */
function decode(bytes) {
  const number = numberOf(bytes);
  const y = number & (2n ** 255n - 1n);
  if (y >= P) return null;
  const isOdd = number >> 255n;
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x - square) !== 0n) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(x * x - square) !== 0n || (x === 0n && isOdd)) return null;
  if ((x & 1n) !== isOdd) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

/**
 * Add two points (RFC 8032, section 5.1.4).
 * @param {Point} one
 * @param {Point} other
 * @returns {Point}
 */
function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * t2 * D);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

/**
 * @param {Point} point
 * @param {bigint} scalar
 */
function times(point, scalar) {
  let sum = NEUTRAL;
  for (let doubled = point; scalar > 0n; scalar >>= 1n) {
    if (scalar & 1n) sum = add(sum, doubled);
    doubled = add(doubled, doubled);
  }
  return sum;
}

/**
 * @param {Point} one
 * @param {Point} other
 */
function isSame([x1, y1, z1], [x2, y2, z2]) {
  return mod(x1 * z2 - x2 * z1) === 0n && mod(y1 * z2 - y2 * z1) === 0n;
}

/**
 * Give a number of 0 to P - 1.
 * @param {bigint} number
 */
function mod(number) {
  const rest = number % P;
  return rest < 0n ? rest + P : rest;
}

/**
 * @param {bigint} base
 * @param {bigint} exponent
 */
function power(base, exponent) {
  let result = 1n;
  for (let square = mod(base); exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

/**
 * Read a number, its smallest byte first.
 * @param {Uint8Array} bytes
 */
function numberOf(bytes) {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/**
 * Give the bytes of a point with this y and an even x.
 * @param {bigint} y
 */
function encodedY(y) {
  return Uint8Array.from({ length: BYTES }, (_, index) => Number((y >> BigInt(8 * index)) & 255n));
}
