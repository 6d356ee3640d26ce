// @ts-check
/** The stack of pages and the tab bar's pages, with the vendors' rules. */
import { folder, resolve } from './package.js'

/**
 * @typedef {import('./world.js').World} World
 * @typedef {import('./component/pages.js').PageComponent} PageComponent
 * @typedef {{ path: string, title: string, element: HTMLElement, component: PageComponent }} Page
 */

const DEEPEST = 10

export class Navigation {
  /** @param {World} world */
  constructor(world) {
    this.world = world
    /** @type {Page[]} */
    this.stack = []
    /** @type {Page[]} pages of tabs stay alive when another tab is shown */
    this.kept = []
  }

  get top() {
    return this.stack[this.stack.length - 1]
  }

  /** @param {string} path */
  isTab(path) {
    return this.world.pack.tabs.some((/** @type {{ path: string }} */ tab) => tab.path === path)
  }

  start() {
    this.push(/** @type {string} */ (this.world.pack.pages[0]), {})
  }

  /** @param {string} url @returns {{ path: string, query: Record<string, string> }} throws when there is no such page */
  target(url) {
    const [address = '', words = ''] = url.split('?')
    const path = resolve(folder(this.top?.path ?? ''), address)
    if (!this.world.pack.pages.includes(path)) throw new Error(`page "${path}" is not found`)
    // Vendors hand the values over as they stand in the address: decoding them is the app's work.
    return { path, query: Object.fromEntries(words.split('&').filter(Boolean).map(pair)) }
  }

  /** @param {string} url */
  navigateTo(url) {
    const { path, query } = this.target(url)
    if (this.isTab(path)) throw new Error('can not navigateTo a tabbar page')
    if (this.stack.length >= DEEPEST) throw new Error('webview count limit exceed')
    this.push(path, query)
  }

  /** @param {string} url */
  redirectTo(url) {
    const { path, query } = this.target(url)
    if (this.isTab(path)) throw new Error('can not redirectTo a tabbar page')
    this.close(1)
    this.push(path, query)
  }

  /** @param {string} url */
  switchTab(url) {
    const { path } = this.target(url)
    if (!this.isTab(path)) throw new Error('can not switch to no-tabBar page')
    if (url.includes('?')) throw new Error('url can not have queryString')
    if (this.top?.path === path) return
    this.hide()
    this.close(this.stack.filter((page) => !this.isTab(page.path)).length)
    this.kept.push(...this.stack.splice(0).filter((page) => !this.kept.includes(page)))
    const kept = this.kept.find((page) => page.path === path)
    if (!kept) return this.push(path, {})
    this.stack.push(kept)
    this.show()
    kept.component.call('onShow')
  }

  /** @param {string} url */
  reLaunch(url) {
    const { path, query } = this.target(url)
    this.close(this.stack.length)
    for (const page of this.kept.splice(0)) this.end(page)
    this.push(path, query)
  }

  /** @param {number} delta */
  navigateBack(delta) {
    if (this.stack.length < 2) throw new Error('cannot navigate back at first page')
    this.close(Math.min(delta, this.stack.length - 1))
    this.show()
    this.top?.component.call('onShow')
  }

  /** @param {string} path @param {Record<string, string>} query */
  push(path, query) {
    const { world } = this
    this.hide()
    const element = document.createElement('page')
    world.phone.pages.append(element)
    // The page is the current one already while it is made: titles set then are its own.
    const page = /** @type {Page} */ ({ path, element, title: this.title(path) })
    this.stack.push(page)
    world.phone.style(path)
    this.show()
    world.during(() => {
      page.component = world.vendor.page({ world, definition: world.definition(path), query, element })
    })
    page.component.pageLive('show')
  }

  /** @param {string} path */
  title(path) {
    const own = this.world.pack.json(`${path}.json`)
    const common = this.world.pack.config.window ?? {}
    return own.navigationBarTitleText ?? own.defaultTitle ?? common.navigationBarTitleText ?? common.defaultTitle ?? ''
  }

  hide() {
    if (!this.top) return
    this.top.element.hidden = true
    this.top.component.call('onHide')
  }

  show() {
    const { top, world } = this
    if (!top) return
    top.element.hidden = false
    world.phone.frame({ title: top.title, tab: this.isTab(top.path) ? top.path : null, back: this.stack.length > 1 })
  }

  /** Ends the uppermost pages. @param {number} count */
  close(count) {
    for (const page of this.stack.splice(this.stack.length - count)) this.end(page)
  }

  /** @param {Page} page */
  end(page) {
    page.component.call('onUnload')
    page.component.detach()
    page.component.view.remove()
    page.element.remove()
  }

  /** @param {string} title */
  rename(title) {
    if (!this.top) throw new Error('no page to name')
    this.top.title = title
    this.show()
  }
}

/** @param {string} text @returns {[string, string]} */
function pair(text) {
  const [name = '', ...value] = text.split('=')
  return [name, value.join('=')]
}
