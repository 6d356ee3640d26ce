// @ts-check
/** How each vendor brings a page to life. */
import { ExparserComponent } from './exparser.js'
import { AlipayPage } from './alipay.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {import('../world.js').Definition} Definition
 * @typedef {ExparserComponent | AlipayPage} PageComponent
 * @typedef {{ world: World, definition: Definition, query: Record<string, string>, element: HTMLElement }} Opening
 */

/** @param {Opening} opening @returns {PageComponent} */
export function wechatPage({ world, definition, query, element }) {
  const page = new ExparserComponent(world, definition, { host: null, route: definition.path })
  page.attach()
  page.view.mount(element)
  page.call('onLoad', query)
  page.call('onShow')
  world.afterwards(() => {
    page.ready()
    page.call('onReady')
  })
  return page
}

/** Baidu tells onShow before onLoad, and keeps the page apart from the component that makes it up. @param {Opening} opening @returns {PageComponent} */
export function baiduPage({ world, definition, query, element }) {
  const page = new ExparserComponent(world, definition, { host: null, route: definition.path })
  page.instance.pageinstance = { route: definition.path, setData: page.instance.setData }
  page.live('onInit', query)
  page.attach()
  page.view.mount(element)
  page.call('onShow')
  page.call('onLoad', query)
  world.afterwards(() => {
    page.ready()
    page.call('onReady')
  })
  return page
}

/** Alipay loads the page before it makes its components. @param {Opening} opening @returns {PageComponent} */
export function alipayPage({ world, definition, query, element }) {
  const page = new AlipayPage(world, definition)
  page.call('onLoad', query)
  page.call('onShow')
  page.view.mount(element)
  world.afterwards(() => page.call('onReady'))
  return page
}
