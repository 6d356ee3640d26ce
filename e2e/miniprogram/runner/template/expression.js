// @ts-check
/**
 * The expressions of `{{…}}`. Vendors evaluate a small language, not JavaScript: no calls, no assignments, and
 * a member of nothing is nothing. Parsed here, so that an expression a vendor refuses fails here too.
 */
import { refuse } from '../problems.js'

/** @typedef {Record<string, any>} Scope  names of the data; items of loops inherit from it */
/** @typedef {(scope: Scope) => any} Evaluate */

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_$][\w$]*)|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(===|!==|==|!=|<=|>=|&&|\|\||\?\?|\.\.\.|[-+*/%<>!?:.,()[\]{}]))/y
const WORDS = /** @type {Record<string, any>} */ ({ true: true, false: false, null: null, undefined })
/** @type {Record<string, number>} */
const RANK = {
  '??': 1, '||': 1, '&&': 2, '==': 3, '!=': 3, '===': 3, '!==': 3, '<': 4, '>': 4, '<=': 4, '>=': 4,
  '+': 5, '-': 5, '*': 6, '/': 6, '%': 6,
}

/** @param {string} source @returns {string[]} */
function tokens(source) {
  const found = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const start = TOKEN.lastIndex
    const match = TOKEN.exec(source)
    if (!match) {
      if (!source.slice(start).trim()) break
      refuse(`no vendor understands the expression {{${source}}}`)
    }
    found.push(match[0].trim())
  }
  return found
}

/** @param {Scope} scope @param {string} name */
function look(scope, name) {
  for (let one = scope; one && one !== Object.prototype; one = Object.getPrototypeOf(one)) {
    if (Object.hasOwn(one, name)) return one[name]
  }
  return undefined
}

class Parser {
  /** @param {string} source */
  constructor(source) {
    this.source = source
    this.tokens = tokens(source)
    this.at = 0
  }

  get next() {
    return this.tokens[this.at]
  }

  take() {
    return this.tokens[this.at++] ?? this.fail()
  }

  /** @param {string} token */
  expect(token) {
    if (this.take() !== token) this.fail()
  }

  /** @param {string} token */
  skip(token) {
    if (this.next !== token) return false
    this.at++
    return true
  }

  /** @returns {never} */
  fail() {
    return refuse(`no vendor understands the expression {{${this.source}}}`)
  }

  /** @returns {Evaluate} */
  whole() {
    const value = this.ternary()
    if (this.next !== undefined) this.fail()
    return value
  }

  /** @returns {Evaluate} */
  ternary() {
    const test = this.binary(1)
    if (!this.skip('?')) return test
    const yes = this.ternary()
    this.expect(':')
    const no = this.ternary()
    return (scope) => (test(scope) ? yes(scope) : no(scope))
  }

  /** @param {number} rank @returns {Evaluate} */
  binary(rank) {
    let left = this.unary()
    while (this.next && (RANK[this.next] ?? 0) >= rank) {
      const sign = this.take()
      left = combined(sign, left, this.binary((RANK[sign] ?? 0) + 1))
    }
    return left
  }

  /** @returns {Evaluate} */
  unary() {
    if (this.skip('!')) {
      const value = this.unary()
      return (scope) => !value(scope)
    }
    if (this.skip('-')) {
      const value = this.unary()
      return (scope) => -value(scope)
    }
    return this.member()
  }

  /** @returns {Evaluate} */
  member() {
    let value = this.primary()
    for (;;) {
      const of = value
      if (this.skip('.')) {
        const name = this.take()
        value = (scope) => of(scope)?.[name]
      } else if (this.skip('[')) {
        const key = this.ternary()
        this.expect(']')
        value = (scope) => of(scope)?.[key(scope)]
      } else {
        return value
      }
    }
  }

  /** @returns {Evaluate} */
  primary() {
    const token = this.take()
    if (token === '(') {
      const value = this.ternary()
      this.expect(')')
      return value
    }
    if (token === '[') return this.list()
    const first = token.charAt(0)
    if (first === "'" || first === '"') {
      const text = token.slice(1, -1).replace(/\\(.)/g, '$1')
      return () => text
    }
    if (/\d/.test(first)) return () => Number(token)
    if (!/[\w$]/.test(first)) this.fail()
    if (Object.hasOwn(WORDS, token)) return () => WORDS[token]
    return (scope) => look(scope, token)
  }

  /** @returns {Evaluate} */
  list() {
    /** @type {Evaluate[]} */
    const parts = []
    while (!this.skip(']')) {
      parts.push(this.ternary())
      if (this.next !== ']') this.expect(',')
    }
    return (scope) => parts.map((part) => part(scope))
  }
}

/** @type {Record<string, (left: any, right: any) => any>} */
const SIGNS = {
  '==': (a, b) => a == b,
  '!=': (a, b) => a != b,
  '===': (a, b) => a === b,
  '!==': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}

/** @param {string} sign @param {Evaluate} left @param {Evaluate} right @returns {Evaluate} */
function combined(sign, left, right) {
  if (sign === '&&') return (scope) => left(scope) && right(scope)
  if (sign === '||') return (scope) => left(scope) || right(scope)
  if (sign === '??') return (scope) => left(scope) ?? right(scope)
  const work = SIGNS[sign] ?? refuse(`unknown operator ${sign}`)
  return (scope) => work(left(scope), right(scope))
}

/** @param {string} source @returns {Evaluate} */
export function expression(source) {
  return new Parser(source).whole()
}

/**
 * A text or attribute: literal, one expression (which keeps its type) or a mixture (which is text).
 * @param {string} source @returns {Evaluate}
 */
export function mixture(source) {
  const parts = source.split(/\{\{(.*?)\}\}/s)
  if (parts.length === 1) return () => source
  const evaluated = parts.map((part, index) => (index % 2 ? expression(part) : () => part))
  if (parts.length === 3 && !parts[0] && !parts[2]) return /** @type {Evaluate} */ (evaluated[1])
  return (scope) => evaluated.map((part) => shown(part(scope))).join('')
}

/** Vendors show nothing for nothing. @param {any} value */
export function shown(value) {
  return value === undefined || value === null ? '' : String(value)
}
