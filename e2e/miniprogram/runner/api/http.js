// @ts-check
/** Real HTTP. The browser of this runner is started without the same-origin rule, which phones do not have. */
import { problem } from '../problems.js'
import { Failure } from './calls.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {{ status: number, headers: Record<string, string>, blob: Blob }} Answer
 * @typedef {{ url: string, method: string, headers: Record<string, string>, body?: XMLHttpRequestBodyInit, timeout?: number,
 *   onProgress?: (progress: Record<string, number>) => void }} Exchange
 */

/** Where in this test an address of the configured server is; null for any other. @param {World} world @param {string} url */
export const located = ({ server }, url) =>
  url.startsWith(`${server.from}/`) ? server.to + url.slice(server.from.length) : null

/** Vendors let a mini-program talk to the hosts on its list only. @param {World} world @param {string} url */
function address(world, url) {
  const there = located(world, url)
  if (there !== null) return there
  const { server } = world
  problem(`${url} is not on the configured server ${server.from}`)
  throw new Failure('url not in domain list')
}

/** @param {string} text @returns {Record<string, string>} */
function headersOf(text) {
  const lines = text.trim().split(/\r?\n/).filter(Boolean)
  return Object.fromEntries(lines.map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]))
}

/** @param {World} world @param {Exchange} exchange @returns {Promise<Answer>} */
export function exchange(world, { url, method, headers, body, timeout = 60_000, onProgress }) {
  const request = new XMLHttpRequest()
  request.open(method, address(world, url))
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  request.responseType = 'blob'
  request.timeout = timeout
  request.upload.onprogress = ({ loaded, total }) =>
    onProgress?.({ progress: Math.round((loaded / total) * 100), totalBytesSent: loaded, totalBytesExpectedToSend: total })
  return new Promise((resolve, reject) => {
    request.onload = () =>
      resolve({ status: request.status, headers: headersOf(request.getAllResponseHeaders()), blob: request.response })
    request.onerror = () => reject(new Failure('network error'))
    request.ontimeout = () => reject(new Failure('timeout'))
    request.send(body)
  })
}

/**
 * @param {string} name @param {string[]} allowed @param {string} [method]
 */
export function checkedMethod(name, allowed, method = 'GET') {
  if (allowed.includes(method)) return method
  problem(`${name}: this vendor has no method ${method}`)
  throw new Failure('method is invalid')
}

/** Objects become a query with GET and JSON otherwise; text goes as it is. @param {string} url @param {string} method @param {any} data */
export function withData(url, method, data) {
  if (data === undefined || data === null) return { url }
  if (typeof data === 'string') return { url, body: data }
  if (method !== 'GET') return { url, body: JSON.stringify(data) }
  const words = new URLSearchParams(data).toString()
  return { url: words ? `${url}${url.includes('?') ? '&' : '?'}${words}` : url }
}

/** @param {Record<string, string>} headers */
export function withType(headers) {
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  return named ? headers : { ...headers, 'content-type': 'application/json' }
}

/** @param {string} text what is no JSON stays text */
export function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
