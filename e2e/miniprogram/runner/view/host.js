// @ts-check
import { Attributes, camel, setCommon } from './attributes.js'
import { call, listenToTaps } from './events.js'

/**
 * @typedef {import('../template/expression.js').Scope} Scope
 * @typedef {import('../template/compile.js').Node} Node
 * @typedef {import('./view.js').View} View
 */

/** A component of the app in the template that uses it. */
export class ComponentLive {
  /**
   * @param {import('../template/compile.js').ElementNode} node @param {View} view @param {Scope} scope
   * @param {import('./live.js').Place} place
   */
  constructor(node, view, scope, place) {
    const { world } = view
    this.node = node
    this.view = view
    this.scope = scope
    this.dom = document.createElement(node.tag)
    this.attributes = new Attributes(node)
    /** @type {Set<{ inner: import('./live.js').Sequence }>} */
    this.slots = new Set()
    place.parent.insertBefore(this.dom, place.before)
    const listener = node.listeners.find(({ event }) => event === 'tap')
    if (listener && world.vendor.componentsHearTaps) {
      listenToTaps(this.dom, listener.stops, (event) => call(view, listener.method(this.scope), event))
    }
    this.component = world.component(view.path, node.tag, this, this.assigned(scope))
    this.component.view.mount(this.dom)
    world.afterwards(() => this.component.ready())
  }

  /** The nodes that the user put inside for one slot. @param {string} name @returns {Node[]} */
  content(name) {
    return this.node.children.filter((child) => (child.kind === 'text' ? '' : child.slot) === name)
  }

  /** Sets what every element takes; the rest are properties. @param {Scope} scope @returns {Record<string, any>} */
  assigned(scope) {
    /** @type {Record<string, any>} */
    const properties = {}
    for (const [name, value] of this.attributes.changed(scope)) {
      if (!setCommon(this.dom, name, value, this.view.world.vendor.dialect.role)) properties[camel(name)] = value
    }
    return properties
  }

  /** The user's method for an event of this component. @param {string} event @param {any} happened */
  hear(event, happened) {
    const listener = this.node.listeners.find((one) => one.event === event)
    return listener && call(this.view, listener.method(this.scope), happened)
  }

  /** @param {Scope} scope */
  update(scope) {
    this.scope = scope
    const properties = this.assigned(scope)
    if (Object.keys(properties).length) this.component.assign(properties)
    for (const slot of this.slots) slot.inner.update(scope)
  }

  remove() {
    this.component.detach()
    this.component.view.remove()
    this.dom.remove()
  }
}
