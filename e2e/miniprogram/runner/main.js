// @ts-check
/** Starts one compiled package. Address: /?target=mp-weixin&from=<built-in server>&to=<server of this test> */
import { Package } from './package.js'
import { Phone } from './phone/phone.js'
import { refuse } from './problems.js'
import { survey } from './survey.js'
import { vendorObject } from './vendor-object.js'
import { VENDORS } from './vendors.js'
import { World } from './world.js'

/** @param {World} world @param {Set<string>} names @returns {Record<string, unknown>} what every module of the app sees */
function globalsOf(world, names) {
  const declare = (/** @type {Record<string, any>} */ options) => void (world.declared = options)
  const shared = {
    App: (/** @type {Record<string, any>} */ options) => void (world.app = options),
    getApp: () => world.app,
    getCurrentPages: () => world.navigation.stack.map(({ component }) => component?.instance ?? {}),
  }
  const global = {}
  return { ...shared, Page: declare, Component: declare, global, [world.vendor.global]: vendorObject(world, names) }
}

/** @param {string} address */
async function json(address) {
  return (await fetch(address)).json()
}

async function start() {
  const asked = new URLSearchParams(location.search)
  const read = (/** @type {string} */ name) => asked.get(name) ?? refuse(`no ${name} in the address`)
  const vendor = VENDORS[read('target')] ?? refuse(`unknown target ${read('target')}`)
  const pack = new Package(await json(`/package/${read('target')}`))
  const phone = new Phone(pack, vendor.dialect.style)
  const world = new World({ vendor, pack, phone, server: { from: read('from'), to: read('to') } })
  const names = (await (await fetch(`/runner/api/names/${vendor.names}.txt`)).text()).split('\n').filter(Boolean)
  pack.globals = globalsOf(world, new Set(names))
  phone.onTab = (path) => world.navigation.switchTab(`/${path}`)
  document.getElementById('back')?.addEventListener('click', () => world.navigation.navigateBack(1))
  Object.assign(window, {
    phone,
    pages: pack.pages,
    survey: () => survey(world),
    visit: (/** @type {string} */ path) => world.navigation.reLaunch(`/${path}`),
  })
  world.start()
}

await start()
