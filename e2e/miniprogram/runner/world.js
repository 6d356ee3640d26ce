// @ts-check
/** Everything that lives while one package runs. */
import { compile } from './template/compile.js'
import { refuse } from './problems.js'
import { Navigation } from './navigation.js'

/**
 * @typedef {import('./package.js').Package} Package
 * @typedef {import('./phone/phone.js').Phone} Phone
 * @typedef {import('./vendors.js').Vendor} Vendor
 * @typedef {import('./view/view.js').View} View
 * @typedef {import('./view/host.js').ComponentLive} ComponentLive
 * @typedef {import('./template/compile.js').Node} Node
 * @typedef {Record<string, any>} Options
 * @typedef {{ path: string, options: Options, nodes: Node[] }} Definition
 * @typedef {{ from: string, to: string }} Server  the address built into the package, and where it is in this test
 * @typedef {{
 *   view: View, instance: Record<string, any>, options: Options,
 *   pageLive: (what: 'show' | 'hide') => void, detach: () => void,
 * }} Registered
 * @typedef {Registered & { assign: (values: Record<string, any>) => void, ready: () => void, attach: () => void }} Component
 */

export class World {
  /** @param {{ vendor: Vendor, pack: Package, phone: Phone, server: Server }} of */
  constructor({ vendor, pack, phone, server }) {
    this.vendor = vendor
    this.pack = pack
    this.phone = phone
    this.server = server
    this.navigation = new Navigation(this)
    /** @type {Options} */
    this.app = {}
    /** @type {Map<string, Definition>} */
    this.definitions = new Map()
    /** @type {Set<Registered>} */
    this.components = new Set()
    /** @type {WeakMap<Element, View>} whose template an element stands in */
    this.owners = new WeakMap()
    /** @type {(() => void)[]} */
    this.later = []
    this.depth = 0
    /** @type {Options | null} what the module now running has declared */
    this.declared = null
  }

  /** The page or component at a path: its options, as its module declares them, and its template. @param {string} path */
  definition(path) {
    const known = this.definitions.get(path)
    if (known) return known
    this.declared = null
    this.pack.require(`${path}.js`)
    const options = this.declared ?? refuse(`${path}.js declares neither page nor component`)
    const { dialect } = this.vendor
    const template = `${path}.${dialect.template}`
    const definition = { path, options, nodes: compile(this.pack.text(template), dialect, template) }
    this.definitions.set(path, definition)
    return definition
  }

  /**
   * Makes a component that the template of `user` calls `tag`.
   * @param {string} user @param {string} tag @param {ComponentLive} host @param {Record<string, any>} properties
   * @returns {Component}
   */
  component(user, tag, host, properties) {
    const definition = this.definition(this.pack.componentPath(user, tag))
    const component = new this.vendor.Component(this, definition, { host })
    component.assign(properties)
    component.attach()
    return component
  }

  /** @param {Registered} component */
  register(component) {
    this.components.add(component)
  }

  /** @param {Registered} component */
  forget(component) {
    this.components.delete(component)
  }

  /** @param {Element} dom @returns {Registered | undefined} */
  componentAt(dom) {
    return [...this.components].find(({ view }) => view.element === dom)
  }

  /** The components that one template uses, by selector. @param {View} view @param {string} selector */
  componentsIn(view, selector) {
    return [...this.components]
      .filter((one) => one.view.host?.view === view && one.view.element?.matches(selector))
      .map(({ instance }) => instance)
  }

  /** Does the work, and then what was put off until the view stands. @template T @param {() => T} work @returns {T} */
  during(work) {
    this.depth++
    try {
      return work()
    } finally {
      this.depth--
      while (this.depth === 0 && this.later.length) this.later.shift()?.()
    }
  }

  /** @param {() => void} work */
  afterwards(work) {
    this.later.push(work)
  }

  start() {
    this.pack.require('app.js')
    this.app.onLaunch?.({ path: this.pack.pages[0], query: {}, scene: 1001, referrerInfo: {} })
    this.app.onShow?.({ path: this.pack.pages[0], query: {}, scene: 1001, referrerInfo: {} })
    this.navigation.start()
  }
}
