// @ts-check
/** `wx`, `my` or `swan`: what the vendor has and the runner knows. Anything else is told as a problem. */
import { asynchronous } from './api/calls.js'
import { problem, refuse } from './problems.js'

/** @typedef {import('./world.js').World} World */

/** @param {World} world @param {Set<string>} names all API names of the vendor @returns {object} */
export function vendorObject(world, names) {
  const { vendor } = world
  const { calls, plain } = vendor.api(world)
  /** @type {Record<string, unknown>} */
  const there = { ...plain, canIUse: (/** @type {string} */ name) => names.has(name) || vendor.can.includes(name) }
  for (const [name, work] of Object.entries(calls)) there[name] = asynchronous(name, work, vendor.failure)
  for (const name of Object.keys(there)) {
    if (!names.has(name)) problem(`the runner knows ${vendor.global}.${name}, the vendor does not`)
  }
  return new Proxy(there, {
    get(known, name) {
      if (typeof name === 'symbol' || Object.hasOwn(known, name)) return known[/** @type {string} */ (name)]
      if (names.has(name)) return () => refuse(`${vendor.global}.${name} is not known to the runner`)
      if (!vendor.probes.includes(name)) problem(`this vendor has no ${vendor.global}.${name}`)
      return undefined
    },
  })
}
