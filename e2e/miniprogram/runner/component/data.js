// @ts-check
/** setData: values at paths such as `list[2].name`. */
import { problem } from '../problems.js'

const STEP = /[^.[\]]+/g

/** @param {Record<string, any>} data @param {Record<string, any>} changes */
export function assign(data, changes) {
  for (const [path, value] of Object.entries(changes)) {
    // The vendors send data to another thread as JSON; what does not survive that must not be in it.
    if (typeof value === 'function') problem(`setData: "${path}" is a function`)
    put(data, path.match(STEP) ?? [], value === undefined ? undefined : JSON.parse(JSON.stringify(value)))
  }
}

/** @param {Record<string, any>} data @param {string[]} steps @param {any} value */
function put(data, steps, value) {
  let at = data
  steps.slice(0, -1).forEach((step, index) => {
    if (typeof at[step] !== 'object' || at[step] === null) at[step] = /^\d+$/.test(steps[index + 1] ?? '') ? [] : {}
    at = at[step]
  })
  at[/** @type {string} */ (steps[steps.length - 1])] = value
}
