// @ts-check
/** `Page({…})` and `Component({…})` as Alipay knows them: props, functions as events, onInit and didMount. */
import { View } from '../view/view.js'
import { assign } from './data.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {import('../world.js').Definition} Definition
 * @typedef {import('../view/host.js').ComponentLive} ComponentLive
 * @typedef {Record<string, any>} Values
 */

let ids = 0

/** @param {View} view @param {Values} data */
const setDataOf = (view, data) => (/** @type {Values} */ changes, /** @type {(() => void) | undefined} */ done) => {
  assign(data, changes)
  view.render()
  if (done) setTimeout(done)
}

export class AlipayComponent {
  /** @param {World} world @param {Definition} definition @param {{ host: ComponentLive }} place */
  constructor(world, { path, options, nodes }, { host }) {
    this.world = world
    this.options = options
    this.host = host
    /** @type {Values} */
    const data = JSON.parse(JSON.stringify(options.data ?? {}))
    /** @type {Values} */
    this.instance = { ...options.methods, is: path, $id: ++ids, data, props: { ...options.props, ...this.listeners() } }
    this.view = new View(world, { path, nodes, instance: this.instance, host })
    this.instance.setData = setDataOf(this.view, data)
    world.register(this)
  }

  /** Events are props: onPress and so on. @returns {Values} */
  listeners() {
    const pairs = this.host.node.listeners.map(({ event }) => [
      `on${event.charAt(0).toUpperCase()}${event.slice(1)}`,
      (/** @type {any} */ happened) => this.host.hear(event, happened),
    ])
    return Object.fromEntries(pairs)
  }

  /** @param {Values} values */
  assign(values) {
    const { instance, options } = this
    const next = { ...instance.props, ...values }
    options.deriveDataFromProps?.call(instance, next)
    const before = instance.props
    instance.props = next
    if (!instance.$mounted) return
    this.view.render()
    options.didUpdate?.call(instance, before, instance.data)
  }

  attach() {
    this.options.onInit?.call(this.instance)
    this.options.deriveDataFromProps?.call(this.instance, this.instance.props)
    this.instance.$mounted = true
  }

  ready() {
    this.options.didMount?.call(this.instance)
  }

  pageLive() {}

  detach() {
    this.options.didUnmount?.call(this.instance)
    this.world.forget(this)
  }
}

export class AlipayPage {
  /** @param {World} world @param {Definition} definition */
  constructor(world, { path, options, nodes }) {
    this.world = world
    this.options = options
    /** @type {Values} */
    const data = JSON.parse(JSON.stringify(options.data ?? {}))
    /** @type {Values} */
    this.instance = { ...options, route: path, data }
    this.view = new View(world, { path, nodes, instance: this.instance, host: null })
    this.instance.setData = setDataOf(this.view, data)
    world.register(this)
  }

  /** @param {string} name @param {any[]} given */
  call(name, ...given) {
    if (typeof this.instance[name] === 'function') return this.instance[name](...given)
    return undefined
  }

  pageLive() {}

  detach() {
    this.world.forget(this)
  }
}
