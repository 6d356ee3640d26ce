// @ts-check
/** The living counterpart of template nodes: each builds its part of the page and keeps it up to date. */
import { problem, refuse } from '../problems.js'
import { shown } from '../template/expression.js'
import { ComponentLive } from './host.js'
import { ElementLive } from './element.js'

/**
 * @typedef {import('../template/expression.js').Scope} Scope
 * @typedef {import('../template/compile.js').Node} Node
 * @typedef {import('./view.js').View} View
 * @typedef {{ update: (scope: Scope) => void, remove: () => void }} Live
 * @typedef {{ parent: globalThis.Node, before: globalThis.Node | null }} Place
 */

export class Sequence {
  /** @param {Node[]} nodes @param {View} view whose template this is @param {Scope} scope @param {Place} place */
  constructor(nodes, view, scope, place) {
    /** @type {Live[]} */
    this.lives = nodes.map((node) => build(node, view, scope, place))
  }

  /** @param {Scope} scope */
  update(scope) {
    for (const live of this.lives) live.update(scope)
  }

  remove() {
    for (const live of this.lives) live.remove()
  }
}

/** @param {Node} node @param {View} view @param {Scope} scope @param {Place} place @returns {Live} */
function build(node, view, scope, place) {
  switch (node.kind) {
    case 'text':
      return new TextLive(node, scope, place)
    case 'choice':
      return new ChoiceLive(node, view, scope, place)
    case 'loop':
      return new LoopLive(node, view, scope, place)
    case 'slot':
      return new SlotLive(node, view, scope, place)
    default:
      return view.world.vendor.builtIns[node.tag]
        ? new ElementLive(node, view, scope, place)
        : new ComponentLive(node, view, scope, place)
  }
}

class TextLive {
  /** @param {import('../template/compile.js').TextNode} node @param {Scope} scope @param {Place} place */
  constructor(node, scope, place) {
    this.node = node
    this.dom = document.createTextNode(shown(node.value(scope)))
    place.parent.insertBefore(this.dom, place.before)
  }

  /** @param {Scope} scope */
  update(scope) {
    const text = shown(this.node.value(scope))
    if (this.dom.data !== text) this.dom.data = text
  }

  remove() {
    this.dom.remove()
  }
}

/** @param {Place} place @param {string} name */
function anchor(place, name) {
  return place.parent.insertBefore(document.createComment(name), place.before)
}

class ChoiceLive {
  /** @param {import('../template/compile.js').ChoiceNode} node @param {View} view @param {Scope} scope @param {Place} place */
  constructor(node, view, scope, place) {
    this.node = node
    this.view = view
    this.end = anchor(place, 'if')
    this.chosen = -1
    /** @type {Sequence | null} */
    this.inner = null
    this.update(scope)
  }

  /** @param {Scope} scope */
  update(scope) {
    const chosen = this.node.branches.findIndex((branch) => branch.test(scope))
    if (chosen === this.chosen) return this.inner?.update(scope)
    this.inner?.remove()
    this.chosen = chosen
    const branch = this.node.branches[chosen]
    const place = { parent: /** @type {globalThis.Node} */ (this.end.parentNode), before: this.end }
    this.inner = branch ? new Sequence(branch.children, this.view, scope, place) : null
  }

  remove() {
    this.inner?.remove()
    this.end.remove()
  }
}

/** @typedef {{ key: unknown, start: Comment, end: Comment, inner: Sequence }} Item */

class LoopLive {
  /** @param {import('../template/compile.js').LoopNode} node @param {View} view @param {Scope} scope @param {Place} place */
  constructor(node, view, scope, place) {
    this.node = node
    this.view = view
    this.end = anchor(place, 'for')
    /** @type {Item[]} */
    this.items = []
    this.update(scope)
  }

  /** @param {Scope} scope */
  update(scope) {
    const old = new Map(this.items.map((item) => [item.key, item]))
    const wanted = entries(this.node.list(scope)).map(([index, value]) => {
      const inner = Object.assign(Object.create(scope), { [this.node.item]: value, [this.node.index]: index })
      return { scope: inner, key: this.node.key?.(inner) ?? index }
    })
    if (new Set(wanted.map(({ key }) => key)).size < wanted.length) {
      problem(`two items of one list have the same key (${wanted.map(({ key }) => key).join(', ')})`)
    }
    const kept = new Set(wanted.map(({ key }) => key))
    for (const item of this.items) if (!kept.has(item.key)) removeItem(item)
    this.items = wanted.map(({ key, scope: inner }) => this.item(old.get(key), key, inner))
  }

  /** @param {Item | undefined} item @param {unknown} key @param {Scope} scope @returns {Item} */
  item(item, key, scope) {
    const parent = /** @type {globalThis.Node} */ (this.end.parentNode)
    if (item) {
      moveBefore(parent, item, this.end)
      item.inner.update(scope)
      return item
    }
    const start = anchor({ parent, before: this.end }, 'item')
    const end = anchor({ parent, before: this.end }, '/item')
    return { key, start, end, inner: new Sequence(this.node.children, this.view, scope, { parent, before: end }) }
  }

  remove() {
    for (const item of this.items) removeItem(item)
    this.end.remove()
  }
}

/** Lists, objects and numbers can be looped over. @param {any} list @returns {[string | number, any][]} */
function entries(list) {
  if (Array.isArray(list)) return list.map((value, index) => [index, value])
  if (typeof list === 'number') return Array.from({ length: list }, (_, index) => [index, index])
  return list && typeof list === 'object' ? Object.entries(list) : []
}

/** @param {globalThis.Node} parent @param {Item} item @param {globalThis.Node} before */
function moveBefore(parent, item, before) {
  for (let dom = /** @type {ChildNode | null} */ (item.start); dom; ) {
    const next = dom === item.end ? null : dom.nextSibling
    parent.insertBefore(dom, before)
    dom = next
  }
}

/** @param {Item} item */
function removeItem(item) {
  item.inner.remove()
  item.start.remove()
  item.end.remove()
}

/** A place in a component's template where the nodes stand that its user put inside it. */
class SlotLive {
  /** @param {import('../template/compile.js').SlotNode} node @param {View} view @param {Scope} scope @param {Place} place */
  constructor(node, view, scope, place) {
    const { host } = view
    if (!host) refuse('a page has no slots')
    this.host = host
    this.end = anchor(place, 'slot')
    const content = host.content(shown(node.name(scope)))
    this.inner = new Sequence(content, host.view, host.scope, { parent: place.parent, before: this.end })
    host.slots.add(this)
  }

  /** Its content belongs to the user's template and is updated with that. */
  update() {}

  remove() {
    this.host.slots.delete(this)
    this.inner.remove()
    this.end.remove()
  }
}
