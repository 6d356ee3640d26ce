// @ts-check
/** The three vendors: how they differ, in one table. */
import { alipay } from './api/alipay.js'
import { baidu } from './api/baidu.js'
import { errMsg, errorMessage } from './api/calls.js'
import { wechat } from './api/wechat.js'
import { AlipayComponent } from './component/alipay.js'
import { ExparserComponent } from './component/exparser.js'
import { alipayPage, baiduPage, wechatPage } from './component/pages.js'
import { AXML, SWAN, WXML } from './template/dialects.js'
import { BUILT_INS, dated } from './view/builtins.js'

/**
 * @typedef {import('./world.js').World} World
 * @typedef {{
 *   global: string, names: string, dialect: import('./template/dialects.js').Dialect,
 *   builtIns: Record<string, import('./view/element.js').BuiltIn>,
 *   componentsHearTaps: boolean, can: string[], probes: string[],
 *   Component: new (world: World, definition: import('./world.js').Definition,
 *     place: { host: import('./view/host.js').ComponentLive }) => import('./world.js').Component,
 *   page: (opening: import('./component/pages.js').Opening) => import('./component/pages.js').PageComponent,
 *   api: (world: World) => import('./api/wechat.js').Api, failure: import('./api/calls.js').WordFailure,
 * }} Vendor
 *   `names` is the list of all API names of the vendor; `probes` are names outside it that uni's runtime looks
 *   for without calling what is not there; `can` answers canIUse beyond the names
 */

/** What uni's runtime keeps on the vendor's object for itself, and asks for before it has put it there. */
const OF_UNI = ['$onErrorHandlers', '$subpackages', 'onAppShow', 'onAppHide', 'getLaunchOptionsSync']

/** @type {Record<string, Vendor>} */
export const VENDORS = {
  'mp-weixin': {
    global: 'wx',
    names: 'wechat',
    dialect: WXML,
    builtIns: BUILT_INS,
    componentsHearTaps: true,
    can: [],
    probes: [...OF_UNI, 'preloadAssets'],
    Component: ExparserComponent,
    page: wechatPage,
    api: wechat,
    failure: errMsg,
  },
  'mp-alipay': {
    global: 'my',
    names: 'alipay',
    dialect: AXML,
    // Its date picker tells 2026/10/11 where the others tell 2026-10-11.
    builtIns: { ...BUILT_INS, picker: dated((day) => day.replaceAll('-', '/')) },
    componentsHearTaps: false,
    can: ['component2', 'page.getOpenerEventChannel'],
    probes: [...OF_UNI, 'dd', 'specialMethods', 'getEventChannel'],
    Component: AlipayComponent,
    page: alipayPage,
    api: alipay,
    failure: errorMessage,
  },
  'mp-baidu': {
    global: 'swan',
    names: 'baidu',
    dialect: SWAN,
    builtIns: BUILT_INS,
    componentsHearTaps: true,
    can: ['lifecycle-2-0'],
    probes: [...OF_UNI, 'getEventChannel'],
    Component: ExparserComponent,
    page: baiduPage,
    api: baidu,
    failure: errMsg,
  },
}
