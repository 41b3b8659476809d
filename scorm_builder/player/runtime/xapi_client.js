/**
 * An LRS over HTTP, as a launched package sees it (xAPI 1.0.3 Communication).
 *
 * Never throws: an LRS that cannot be reached is status 0. Requests outlive the page.
 */

import { VERSION_HEADER, createXapiVersion } from "../programme/xapi_version.js";

const ANSWER_MS = 8_000;
const READ_RETRIES_MS = [1_000, 3_000];

/** @typedef {{status: number, etag: string | null, version: string, text: string}} XapiAnswer version: that of the LRS, "" if it does not say */
/** @typedef {ReturnType<typeof createXapiClient>} XapiClient */

/**
 * @param {typeof fetch} send
 * @param {string} endpoint with or without its last slash
 * @param {string} authorization value of the header
 */
export function createXapiClient(send, endpoint, authorization) {
  const base = endpoint.replace(/\/*$/, "/");
  const spoken = createXapiVersion();

  /**
   * @param {string} method
   * @param {string} resource such as "activities/state"
   * @param {{query?: Record<string, string>, body?: string, ifMatch?: string | null}} [options]
   * @returns {Promise<XapiAnswer>}
   */
  async function request(method, resource, options = {}) {
    const { query = {}, body, ifMatch = null } = options;
    const asked = spoken.current();
    const address = base + resource + (Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : "");
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), ANSWER_MS);
    try {
      const response = await send(address, {
        method,
        headers: {
          Authorization: authorization,
          [VERSION_HEADER]: asked,
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...(ifMatch !== null && { "If-Match": ifMatch }),
        },
        ...(body !== undefined && { body }),
        credentials: "omit",
        keepalive: method !== "GET",
        signal: controller.signal,
      });
      if (spoken.changes(response, asked)) return request(method, resource, options);
      const { status, headers } = response;
      return { status, etag: headers.get("ETag"), version: headers.get(VERSION_HEADER) ?? "", text: await response.text() };
    } catch {
      return { status: 0, etag: null, version: "", text: "" };
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    request,

    /**
     * Read a document or a statement; tried again while the LRS does not answer or has a fault.
     *
     * @param {string} resource
     * @param {Record<string, string>} query
     */
    async read(resource, query) {
      let answer = await request("GET", resource, { query });
      for (const delay of READ_RETRIES_MS) {
        if (answer.status !== 0 && answer.status < 500) break;
        await new Promise((resolve) => setTimeout(resolve, delay));
        answer = await request("GET", resource, { query });
      }
      return answer;
    },
  };
}

/** @param {number} status */
export function isStored(status) {
  return status >= 200 && status < 300;
}

/**
 * The JSON object that a text holds; null for anything else.
 *
 * @param {string | null} text
 * @returns {Record<string, any> | null}
 */
export function parseObject(text) {
  try {
    const value = JSON.parse(text ?? "");
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
