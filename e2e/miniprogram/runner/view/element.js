// @ts-check
import { problem } from '../problems.js'
import { Attributes, setCommon } from './attributes.js'
import { call, listenToTaps, miniEvent } from './events.js'
import { Sequence } from './live.js'

/**
 * @typedef {import('../template/expression.js').Scope} Scope
 * @typedef {import('./view.js').View} View
 * @typedef {(element: any, fire: (detail: any) => void, world: import('../world.js').World) => void} Listen
 * @typedef {{ dom: string, set?: (element: any, name: string, value: any, world: import('../world.js').World) => void, events: Record<string, Listen> }} BuiltIn
 *   `dom` is the HTML element that stands for it; `events` are those besides taps
 */

/** One of the vendor's own components. */
export class ElementLive {
  /**
   * @param {import('../template/compile.js').ElementNode} node @param {View} view @param {Scope} scope
   * @param {import('./live.js').Place} place
   */
  constructor(node, view, scope, place) {
    this.view = view
    this.scope = scope
    this.builtIn = /** @type {BuiltIn} */ (view.world.vendor.builtIns[node.tag])
    this.dom = document.createElement(this.builtIn.dom)
    view.world.owners.set(this.dom, view)
    this.attributes = new Attributes(node)
    this.assign(scope)
    for (const listener of node.listeners) this.listen(listener, node.tag)
    place.parent.insertBefore(this.dom, place.before)
    this.inner = new Sequence(node.children, view, scope, { parent: this.dom, before: null })
  }

  /** @param {import('../template/compile.js').Listener} listener @param {string} tag */
  listen({ event, stops, method }, tag) {
    const run = (/** @type {import('./events.js').MiniEvent} */ happened) => call(this.view, method(this.scope), happened)
    const own = this.builtIn.events[event]
    if (event === 'tap') listenToTaps(this.dom, stops, run)
    else if (own) own(this.dom, (detail) => run(miniEvent(event, detail, this.dom)), this.view.world)
    else problem(`${this.view.path}: <${tag}> has no event "${event}"`)
  }

  /** @param {Scope} scope */
  assign(scope) {
    const role = this.view.world.vendor.dialect.role
    for (const [name, value] of this.attributes.changed(scope)) {
      if (!setCommon(this.dom, name, value, role)) this.builtIn.set?.(this.dom, name, value, this.view.world)
    }
  }

  /** @param {Scope} scope */
  update(scope) {
    this.scope = scope
    this.assign(scope)
    this.inner.update(scope)
  }

  remove() {
    this.inner.remove()
    this.dom.remove()
  }
}
