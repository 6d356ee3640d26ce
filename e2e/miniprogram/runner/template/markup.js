// @ts-check
/** Reads WXML, AXML and Swan markup (one grammar, three dialects of directives) into plain nodes. */
import { refuse } from '../problems.js'

/**
 * @typedef {{ kind: 'text', text: string }} MarkupText
 * @typedef {{ kind: 'element', tag: string, attributes: Map<string, string | true>, children: Markup[] }} MarkupElement
 * @typedef {MarkupText | MarkupElement} Markup
 */

const NAME = /[^\s/>="]+/y
const SPACE = /\s*/y
const TEXT_END = /<(?=[a-zA-Z/!])/g

class Reader {
  /** @param {string} source @param {string} where */
  constructor(source, where) {
    this.source = source
    this.where = where
    this.at = 0
  }

  /** @returns {never} */
  fail() {
    return refuse(`${this.where}: markup not understood at "${this.source.slice(this.at, this.at + 40)}"`)
  }

  /** @param {RegExp} pattern sticky */
  read(pattern) {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.source)?.[0] ?? ''
    this.at += found.length
    return found
  }

  /** @param {string} text */
  skip(text) {
    if (!this.source.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  /** @param {string} mark @returns {string} what stands before it; goes on after it */
  until(mark) {
    const end = this.source.indexOf(mark, this.at)
    if (end < 0) this.fail()
    const found = this.source.slice(this.at, end)
    this.at = end + mark.length
    return found
  }

  /** @param {string | null} closing @returns {Markup[]} */
  nodes(closing) {
    /** @type {Markup[]} */
    const found = []
    while (this.at < this.source.length) {
      if (this.skip('<!--')) {
        this.until('-->')
      } else if (this.skip('</')) {
        if (this.until('>').trim() !== closing) this.fail()
        return found
      } else if (/^<[a-zA-Z]/.test(this.source.slice(this.at, this.at + 2))) {
        this.at++
        found.push(this.element())
      } else {
        found.push({ kind: 'text', text: this.text() })
      }
    }
    if (closing !== null) this.fail()
    return found
  }

  text() {
    TEXT_END.lastIndex = this.at + 1
    const end = TEXT_END.exec(this.source)?.index ?? this.source.length
    const text = this.source.slice(this.at, end)
    this.at = end
    return text
  }

  /** @returns {MarkupElement} */
  element() {
    const tag = this.read(NAME)
    /** @type {Map<string, string | true>} */
    const attributes = new Map()
    for (;;) {
      this.read(SPACE)
      if (this.skip('/>')) return { kind: 'element', tag, attributes, children: [] }
      if (this.skip('>')) return { kind: 'element', tag, attributes, children: this.nodes(tag) }
      const name = this.read(NAME)
      if (!name) this.fail()
      attributes.set(name, this.value())
    }
  }

  /** @returns {string | true} */
  value() {
    if (!this.skip('=')) return true
    if (this.skip('"')) return this.until('"')
    if (this.skip("'")) return this.until("'")
    return this.fail()
  }
}

/** @param {string} source @param {string} where @returns {Markup[]} */
export function markup(source, where) {
  return new Reader(source, where).nodes(null)
}
