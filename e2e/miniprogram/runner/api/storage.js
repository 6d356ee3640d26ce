// @ts-check
/** The app's storage on the phone: it outlives a reload of the page, which stands for closing the app. */

const LIMIT = 10_240

/** @param {string} key @param {unknown} data */
export function put(key, data) {
  sessionStorage.setItem(key, JSON.stringify({ data }))
}

/** @param {string} key @returns {any} undefined when there is none */
export function get(key) {
  const held = sessionStorage.getItem(key)
  return held === null ? undefined : JSON.parse(held).data
}

/** @param {string} key */
export function remove(key) {
  sessionStorage.removeItem(key)
}

export function info() {
  return { keys: Object.keys(sessionStorage), currentSize: 1, limitSize: LIMIT }
}
