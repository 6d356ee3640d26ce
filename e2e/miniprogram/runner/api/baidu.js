// @ts-check
/** `swan`: what the app uses of it. */
import { device } from './device.js'
import { Files } from './files.js'
import { common, request } from './wechat.js'

/** @typedef {import('../world.js').World} World */

const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE']

/** @param {World} world @returns {import('./wechat.js').Api} */
export function baidu(world) {
  const files = new Files(world, (number, suffix) => `bdfile://tmp_${number}.${suffix}`)
  const { calls, plain } = common(world, files)
  return {
    calls: { ...calls, request: (given) => request(world, METHODS, given) },
    plain: {
      ...plain,
      getSystemInfoSync: () => ({
        ...device(),
        language: 'zh_CN',
        platform: 'android',
        version: '13.60.0',
        SDKVersion: '3.700.0',
        host: 'baiduboxapp',
      }),
    },
  }
}
