// @ts-check
/** `wx`: what the app uses of it. */
import { errMsg } from './calls.js'
import { device } from './device.js'
import { Files, UploadTask } from './files.js'
import { checkedMethod, exchange, parsed, withData, withType } from './http.js'
import { places } from './places.js'
import { screen } from './screen.js'
import { SelectorQuery } from './selector-query.js'
import * as storage from './storage.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {import('./calls.js').Given} Given
 * @typedef {import('./calls.js').Work} Work
 * @typedef {{ calls: Record<string, Work>, plain: Record<string, unknown> }} Api
 *   `calls` answer by callbacks, `plain` are values and functions that answer at once
 */

const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']
const SYSTEM = { language: 'zh_CN', platform: 'android', version: '8.0.60', SDKVersion: '3.8.0', host: { appId: '' } }

/** @param {World} world @param {string[]} methods @param {Given} given */
export async function request(world, methods, { url, data, header = {}, method, dataType = 'json', timeout }) {
  const checked = checkedMethod('request', methods, method)
  const { url: whole, body } = withData(url, checked, data)
  const answer = await exchange(world, { url: whole, method: checked, headers: withType(header), body, timeout })
  const text = await answer.blob.text()
  return { statusCode: answer.status, header: answer.headers, data: dataType === 'json' ? parsed(text) : text }
}

/** Calls and values that WeChat and Baidu have in common. @param {World} world @param {Files} files @returns {Api} */
export function common(world, files) {
  const { phone } = world
  return {
    calls: {
      ...screen(world),
      chooseImage: ({ count = 9 }) => {
        const chosen = files.choose(count)
        return { tempFilePaths: chosen.map(({ path }) => path), tempFiles: chosen.map(({ path, size }) => ({ path, size })) }
      },
      downloadFile: async (given) => {
        const { path, status, headers } = await files.fetch(given)
        return { tempFilePath: path, statusCode: status, header: headers }
      },
      openDocument: (given) => files.openDocument(given),
      previewImage: (given) => files.previewImage(given),
      ...places(phone),
      makePhoneCall: ({ phoneNumber }) => phone.present('call', phoneNumber),
      setClipboardData: ({ data }) => void (phone.clipboard = data),
      setStorage: ({ key, data }) => storage.put(key, data),
    },
    plain: {
      uploadFile: uploading(files),
      createSelectorQuery: () => new SelectorQuery(world),
      getStorageSync: (/** @type {string} */ key) => storage.get(key) ?? '',
      setStorageSync: storage.put,
      removeStorageSync: storage.remove,
      getStorageInfoSync: storage.info,
    },
  }
}

/** @param {Files} files */
function uploading(files) {
  return (/** @type {Given} */ given) => {
    const task = new UploadTask()
    files.send(given, (progress) => task.tell(progress)).then(
      (answer) => given.success?.({ errMsg: 'uploadFile:ok', ...answer }),
      (failure) => given.fail?.(errMsg('uploadFile', failure)),
    )
    return task
  }
}

/** @param {World} world @returns {Api} */
export function wechat(world) {
  const files = new Files(world, (number, suffix) => `wxfile://tmp_${number}.${suffix}`)
  const { calls, plain } = common(world, files)
  return {
    calls: {
      ...calls,
      request: (given) => request(world, METHODS, given),
      chooseMessageFile: ({ count }) => ({ tempFiles: files.choose(count) }),
    },
    plain: {
      ...plain,
      getLaunchOptionsSync: () => ({ path: world.pack.pages[0], query: {}, scene: 1001, referrerInfo: {} }),
      getSystemInfoSync: () => ({ ...device(), ...SYSTEM }),
      getAppBaseInfo: () => ({ ...SYSTEM, fontSizeSetting: 16, fontSizeScaleFactor: 1, theme: 'light' }),
      getWindowInfo: device,
      getDeviceInfo: () => ({ ...device(), platform: SYSTEM.platform }),
    },
  }
}
