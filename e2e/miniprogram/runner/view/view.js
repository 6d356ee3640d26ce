// @ts-check
/** One template at work: a page's or a component's. */
import { refuse } from '../problems.js'
import { Sequence } from './live.js'

/**
 * @typedef {import('../template/compile.js').Node} Node
 * @typedef {import('./host.js').ComponentLive} ComponentLive
 * @typedef {import('../world.js').World} World
 * @typedef {Record<string, any>} Instance  what the vendor hands the app as `this`
 */

const RENDERINGS = 100

export class View {
  /**
   * @param {World} world
   * @param {{ path: string, nodes: Node[], instance: Instance, host: ComponentLive | null }} of
   */
  constructor(world, { path, nodes, instance, host }) {
    this.world = world
    this.path = path
    this.nodes = nodes
    this.instance = instance
    this.host = host
    /** @type {Sequence | null} */
    this.inner = null
    /** @type {HTMLElement | null} */
    this.element = host?.dom ?? null
    this.rendering = false
    this.stale = false
  }

  /** @param {HTMLElement} element */
  mount(element) {
    this.element = element
    this.settle(() => {
      this.inner ??= new Sequence(this.nodes, this, this.instance.data, { parent: element, before: null })
      this.inner.update(this.instance.data)
    })
  }

  /** Shows the data as they are now; before the first showing there is nothing to do. */
  render() {
    if (this.rendering) this.stale = true
    else if (this.inner) this.settle(() => this.inner?.update(this.instance.data))
  }

  /** A child may change this view's data while it is shown: then once more. @param {() => void} work */
  settle(work) {
    this.world.during(() => {
      this.rendering = true
      let rounds = 0
      do {
        this.stale = false
        work()
        if (++rounds > RENDERINGS) refuse(`${this.path} never comes to rest: each showing changes its data again`)
      } while (this.stale)
      this.rendering = false
    })
  }

  /** The first element of this very template. @param {string} selector @returns {Element | undefined} */
  find(selector) {
    return [...(this.element?.querySelectorAll(selector) ?? [])].find((dom) => this.world.owners.get(dom) === this)
  }

  remove() {
    this.inner?.remove()
    this.inner = null
  }
}
