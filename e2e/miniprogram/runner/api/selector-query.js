// @ts-check
/**
 * Where elements stand. A query sees the elements of one template, the page's or that of the component given to
 * `in`, and never into the components that it uses.
 */
import { refuse } from '../problems.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {import('../view/view.js').View} View
 * @typedef {{ selector: string | null, kind: string, tell?: (answer: any) => void }} Wish  no selector: the page's window
 */

export class SelectorQuery {
  /** @param {World} world */
  constructor(world) {
    this.world = world
    this.view = world.navigation.top?.component.view
    /** @type {Wish[]} uni keeps the callbacks of Alipay's here */
    this.actions = []
    /** @type {string | null} */
    this.selected = null
  }

  /** @param {Record<string, any>} instance */
  in(instance) {
    const found = [...this.world.components].find((one) => one.instance === instance)
    this.view = found?.view ?? refuse('createSelectorQuery().in() wants a component that is alive')
    return this
  }

  /** @param {string} selector */
  select(selector) {
    this.selected = selector
    return this
  }

  selectViewport() {
    this.selected = null
    return this
  }

  /** @param {((answer: any) => void)} [tell] */
  boundingClientRect(tell) {
    return this.wish('boundingClientRect', tell)
  }

  /** @param {((answer: any) => void)} [tell] */
  scrollOffset(tell) {
    return this.wish('scrollOffset', tell)
  }

  /** @param {string} kind @param {((answer: any) => void) | undefined} tell */
  wish(kind, tell) {
    this.actions.push({ selector: this.selected, kind, tell })
    return this
  }

  /** @param {((answers: any[]) => void)} [done] */
  exec(done) {
    setTimeout(() => {
      const answers = this.actions.map((wish) => this.answer(wish))
      this.actions.forEach(({ tell }, index) => tell?.(answers[index]))
      done?.(answers)
    })
  }

  /** @param {Wish} wish */
  answer({ selector, kind }) {
    const page = this.world.navigation.top?.element
    const element = selector === null ? page : this.view?.find(selector)
    if (!element || !page) return null
    if (kind === 'scrollOffset') return { scrollTop: element.scrollTop, scrollLeft: element.scrollLeft }
    const { top, bottom, left, right, width, height } = element.getBoundingClientRect()
    // Counted from the window of the page, below the title.
    const above = page.getBoundingClientRect().top
    return { top: top - above, bottom: bottom - above, left, right, width, height }
  }
}
