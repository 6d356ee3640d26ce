// @ts-check
/** What every element of every vendor takes: class, style, id, data-*, aria-*, role. */
import { shown } from '../template/expression.js'

/** @typedef {import('../template/compile.js').ElementNode} ElementNode */

const PLAIN = new Set(['id', 'style', 'lang'])

/**
 * @param {HTMLElement} element @param {string} name @param {any} value
 * @param {string} roleAttribute the attribute in which this vendor reads the role
 * @returns {boolean} whether it was one of these
 */
export function setCommon(element, name, value, roleAttribute) {
  if (name === 'class') {
    element.className = Array.isArray(value) ? value.filter(Boolean).join(' ') : shown(value)
  } else if (name === 'hidden') {
    element.hidden = Boolean(value)
  } else if (name === roleAttribute) {
    write(element, 'role', value)
  } else if (PLAIN.has(name) || name.startsWith('data-') || (name.startsWith('aria-') && name !== 'aria-role')) {
    write(element, name, value)
  } else {
    return name === 'role' || name === 'aria-role'
  }
  return true
}

/** @param {HTMLElement} element @param {string} name @param {any} value */
function write(element, name, value) {
  if (value === undefined || value === null || value === '') element.removeAttribute(name)
  else element.setAttribute(name, String(value))
}

/** @param {string} name u-p → uP */
export function camel(name) {
  return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
}

/** @param {any} a @param {any} b literal lists are made anew at each evaluation, so compare what they hold */
export function same(a, b) {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Evaluates attributes and tells those that changed. */
export class Attributes {
  /** @param {ElementNode} node */
  constructor(node) {
    this.node = node
    /** @type {Map<string, any>} */
    this.values = new Map()
  }

  /** @param {import('../template/expression.js').Scope} scope @returns {[string, any][]} */
  changed(scope) {
    /** @type {[string, any][]} */
    const changed = []
    for (const { name, value } of this.node.attributes) {
      const now = value(scope)
      if (this.values.has(name) && same(this.values.get(name), now)) continue
      this.values.set(name, now)
      changed.push([name, now])
    }
    return changed
  }
}
