// @ts-check
/** How the three vendors write conditions, loops and events in their markup. */
import { refuse } from '../problems.js'

/**
 * @typedef {{ list: string, item: string, index: string, key: string | null }} Loop
 *   `list` and `key` are expressions; `key` is evaluated with the item in scope
 * @typedef {{ event: string, stops: boolean }} Listening
 * @typedef {{
 *   directive: string,
 *   template: string,
 *   style: string,
 *   role: string,
 *   loop: (read: (name: string) => string | undefined) => Loop | null,
 *   listening: (attribute: string) => Listening | null,
 * }} Dialect
 *   `role` is the attribute in which the vendor reads an element's role
 */

/** @param {string | undefined} source */
export function bare(source) {
  return source?.trim().replace(/^\{\{([\s\S]*)\}\}$/, '$1')
}

/** wx:for="{{list}}" wx:for-item="one" wx:key="id". @param {(name: string) => string | undefined} read @returns {Loop | null} */
function loopOfAttributes(read) {
  const list = bare(read('for'))
  if (list === undefined) return null
  const item = read('for-item') ?? 'item'
  const key = read('key')
  return { list, item, index: read('for-index') ?? 'index', key: key ? keyOf(item, key) : null }
}

/** @param {string} item @param {string} key */
function keyOf(item, key) {
  return key === '*this' ? item : key.includes('{{') ? /** @type {string} */ (bare(key)) : `${item}.${key}`
}

const SENTENCE = /^(?:\(?\s*(\w+)\s*(?:,\s*(\w+)\s*)?\)?\s+in\s+)?(.+?)(?:\s+trackBy\s+(.+))?$/

/** s-for="one, index in list trackBy one.id". @param {(name: string) => string | undefined} read @returns {Loop | null} */
function loopOfSentence(read) {
  const sentence = bare(read('for'))
  if (sentence === undefined) return null
  if (read('if') !== undefined) refuse('Baidu does not take s-if and s-for on one element')
  const [, item = 'item', index = 'index', list = '', key = null] = SENTENCE.exec(sentence) ?? refuse(`s-for="${sentence}"`)
  return { list, item, index, key }
}

const BIND = /^(?:capture-|mut-)?(bind|catch):?(.+)$/

/** bindtap, bind:tap, catchtap. @param {string} attribute @returns {Listening | null} */
function listeningByBind(attribute) {
  const [, way, event] = BIND.exec(attribute) ?? []
  return event ? { event, stops: way === 'catch' } : null
}

/** onTap, catchTap. @param {string} attribute @returns {Listening | null} */
function listeningByOn(attribute) {
  const [, way, event] = /^(on|catch)([A-Z].*)$/.exec(attribute) ?? []
  return event ? { event: event.charAt(0).toLowerCase() + event.slice(1), stops: way === 'catch' } : null
}

/** @type {Dialect} */
export const WXML = {
  directive: 'wx:',
  template: 'wxml',
  style: 'wxss',
  role: 'aria-role',
  loop: loopOfAttributes,
  listening: listeningByBind,
}

/** @type {Dialect} */
export const AXML = {
  directive: 'a:',
  template: 'axml',
  style: 'acss',
  role: 'role',
  loop: loopOfAttributes,
  listening: listeningByOn,
}

/** @type {Dialect} */
export const SWAN = {
  directive: 's-',
  template: 'swan',
  style: 'css',
  role: 'aria-role',
  loop: loopOfSentence,
  listening: listeningByBind,
}
