// @ts-check
/** Turns markup into the nodes that the view builds: conditions and loops become nodes of their own. */
import { refuse } from '../problems.js'
import { bare } from './dialects.js'
import { expression, mixture } from './expression.js'
import { markup } from './markup.js'

/**
 * @typedef {import('./expression.js').Evaluate} Evaluate
 * @typedef {import('./dialects.js').Dialect} Dialect
 * @typedef {import('./markup.js').Markup} Markup
 * @typedef {import('./markup.js').MarkupElement} MarkupElement
 * @typedef {{ kind: 'text', value: Evaluate }} TextNode
 * @typedef {{ name: string, value: Evaluate }} Attribute
 * @typedef {{ event: string, stops: boolean, method: Evaluate }} Listener
 * @typedef {{ kind: 'element', tag: string, slot: string, attributes: Attribute[], listeners: Listener[], children: Node[] }} ElementNode
 * @typedef {{ kind: 'choice', slot: string, branches: { test: Evaluate, children: Node[] }[] }} ChoiceNode
 * @typedef {{ kind: 'loop', slot: string, list: Evaluate, item: string, index: string, key: Evaluate | null, children: Node[] }} LoopNode
 * @typedef {{ kind: 'slot', slot: string, name: Evaluate }} SlotNode
 * @typedef {TextNode | ElementNode | ChoiceNode | LoopNode | SlotNode} Node
 */

const DIRECTIVES = ['if', 'elif', 'else', 'for', 'for-item', 'for-index', 'key']
const NOT_KNOWN = new Set(['template', 'import', 'include', 'wxs', 'sjs', 'import-sjs', 'filter'])

/** @param {string} source @param {Dialect} dialect @param {string} where @returns {Node[]} */
export function compile(source, dialect, where) {
  return new Compiler(dialect, where).siblings(markup(source, where))
}

class Compiler {
  /** @param {Dialect} dialect @param {string} where */
  constructor(dialect, where) {
    this.dialect = dialect
    this.where = where
  }

  /** @param {Markup[]} nodes @returns {Node[]} */
  siblings(nodes) {
    /** @type {Node[]} */
    const made = []
    for (const node of nodes) {
      if (node.kind === 'text') {
        if (node.text.trim()) made.push({ kind: 'text', value: mixture(node.text) })
      } else if (this.directive(node, 'elif') !== undefined || this.directive(node, 'else') !== undefined) {
        this.otherwise(made[made.length - 1], node)
      } else {
        made.push(...this.element(node))
      }
    }
    return made
  }

  /** @param {MarkupElement} node @param {string} name @returns {string | undefined} */
  directive(node, name) {
    const value = node.attributes.get(this.dialect.directive + name)
    return value === true ? '' : value
  }

  /** @param {Node | undefined} before @param {MarkupElement} node */
  otherwise(before, node) {
    if (before?.kind !== 'choice') refuse(`${this.where}: <${node.tag}> continues no condition`)
    const test = this.directive(node, 'elif')
    before.branches.push({
      test: test === undefined ? () => true : expression(bare(test) ?? ''),
      children: this.plain(node),
    })
  }

  /** Loops go around conditions, as the vendors say. @param {MarkupElement} node @returns {Node[]} */
  element(node) {
    const slot = this.slotOf(node)
    const loop = this.dialect.loop((name) => this.directive(node, name))
    const test = this.directive(node, 'if')
    const children = this.plain(node)
    const inner = test === undefined ? children : [this.choice(slot, test, children)]
    if (!loop) return inner
    const { item, index } = loop
    const key = loop.key === null ? null : expression(loop.key)
    return [{ kind: 'loop', slot, list: expression(loop.list), item, index, key, children: inner }]
  }

  /** @param {string} slot @param {string} test @param {Node[]} children @returns {ChoiceNode} */
  choice(slot, test, children) {
    return { kind: 'choice', slot, branches: [{ test: expression(bare(test) ?? ''), children }] }
  }

  /** @param {MarkupElement} node */
  slotOf(node) {
    const slot = node.attributes.get('slot') ?? ''
    if (slot === true || slot.includes('{{')) refuse(`${this.where}: a computed slot is not known to the runner`)
    return slot
  }

  /** The node without its directives. @param {MarkupElement} node @returns {Node[]} */
  plain(node) {
    if (NOT_KNOWN.has(node.tag)) refuse(`${this.where}: <${node.tag}> is not known to the runner`)
    if (node.tag === 'block') return this.siblings(node.children)
    const slot = this.slotOf(node)
    if (node.tag === 'slot') {
      if (node.children.length) refuse(`${this.where}: a slot's fallback is not known to the runner`)
      return [{ kind: 'slot', slot, name: mixture(String(node.attributes.get('name') ?? '')) }]
    }
    return [{ kind: 'element', tag: node.tag, slot, ...this.attributes(node), children: this.siblings(node.children) }]
  }

  /** @param {MarkupElement} node @returns {{ attributes: Attribute[], listeners: Listener[] }} */
  attributes(node) {
    /** @type {Attribute[]} */
    const attributes = []
    /** @type {Listener[]} */
    const listeners = []
    for (const [name, source] of node.attributes) {
      if (name === 'slot') continue
      const value = source === true ? () => true : mixture(source)
      const listening = this.dialect.listening(name)
      if (listening) listeners.push({ ...listening, method: value })
      else if (!name.startsWith(this.dialect.directive)) attributes.push({ name, value })
      else if (!DIRECTIVES.includes(name.slice(this.dialect.directive.length))) {
        refuse(`${this.where}: no vendor knows ${name}`)
      }
    }
    return { attributes, listeners }
  }
}
