// @ts-check
/** `Component({…})` as WeChat and Baidu know it: properties, observers, lifetimes, triggered events. */
import { refuse } from '../problems.js'
import { same } from '../view/attributes.js'
import { View } from '../view/view.js'
import { miniEvent } from '../view/events.js'
import { assign } from './data.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {import('../world.js').Definition} Definition
 * @typedef {import('../view/host.js').ComponentLive} ComponentLive
 * @typedef {Record<string, any>} Values
 */

export class ExparserComponent {
  /**
   * @param {World} world @param {Definition} definition
   * @param {{ host: ComponentLive | null, route?: string }} place a page has a route and no host
   */
  constructor(world, { path, options, nodes }, { host, route }) {
    if (options.behaviors?.length) refuse(`${path}: behaviors are not known to the runner`)
    this.world = world
    this.options = options
    this.host = host
    this.instance = this.made(path, route)
    this.view = new View(world, { path, nodes, instance: this.instance, host })
    world.register(this)
    this.live('created')
  }

  /** What the app's code has as `this`. @param {string} path @param {string | undefined} route @returns {Values} */
  made(path, route) {
    /** @type {Values} */
    const data = JSON.parse(JSON.stringify(this.options.data ?? {}))
    for (const [name, property] of Object.entries(this.options.properties ?? {})) data[name] = property?.value
    const setData = (/** @type {Values} */ changes, /** @type {(() => void) | undefined} */ done) => {
      assign(data, changes)
      this.view.render()
      if (done) setTimeout(done)
    }
    return {
      ...this.options.methods,
      ...(route === undefined ? {} : { route }),
      is: path,
      data,
      properties: data,
      setData,
      methods: this.options.methods,
      triggerEvent: (/** @type {string} */ name, /** @type {any} */ detail) => this.trigger(name, detail),
      dispatch: (/** @type {string} */ name, /** @type {any} */ value) => this.dispatch(name, value),
      selectAllComponents: (/** @type {string} */ selector) => this.world.componentsIn(this.view, selector),
      selectComponent: (/** @type {string} */ selector) => this.world.componentsIn(this.view, selector)[0] ?? null,
    }
  }

  /** @param {string} lifetime @param {any[]} given */
  live(lifetime, ...given) {
    return (this.options.lifetimes?.[lifetime] ?? this.options[lifetime])?.apply(this.instance, given)
  }

  /** The user of this component hears it; it does not bubble. @param {string} name @param {any} detail */
  trigger(name, detail) {
    if (this.host) this.host.hear(name, miniEvent(name, detail, this.host.dom))
  }

  /** Baidu's message to the nearest ancestor that takes it. @param {string} name @param {any} value */
  dispatch(name, value) {
    for (let dom = this.host?.dom.parentElement; dom; dom = dom.parentElement) {
      const above = this.world.componentAt(dom)
      const take = above?.options.messages?.[name]
      if (take) return take.call(above?.instance, { value, name })
    }
    return undefined
  }

  /** New values from the template that uses this component. @param {Values} values */
  assign(values) {
    const { data } = this.instance
    const changed = Object.entries(values).filter(
      ([name, value]) => Object.hasOwn(this.options.properties ?? {}, name) && !same(data[name], value),
    )
    for (const [name, value] of changed) {
      const old = data[name]
      data[name] = value
      this.options.properties[name]?.observer?.call(this.instance, value, old, [name])
    }
    for (const [name] of changed) this.options.observers?.[name]?.call(this.instance, data[name])
    if (changed.length) this.view.render()
  }

  attach() {
    this.live('attached')
  }

  ready() {
    this.live('ready')
  }

  /** The page was shown or hidden. @param {'show' | 'hide'} what */
  pageLive(what) {
    this.options.pageLifetimes?.[what]?.call(this.instance)
  }

  detach() {
    this.live('detached')
    this.world.forget(this)
  }

  /** A method of the page, such as onLoad. @param {string} name @param {any[]} given */
  call(name, ...given) {
    if (typeof this.instance[name] === 'function') return this.instance[name](...given)
    return undefined
  }

}
