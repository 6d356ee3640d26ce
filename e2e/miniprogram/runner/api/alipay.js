// @ts-check
/** `my`: what the app uses of it. Alipay fails a request for its status, and for an answer that is no JSON. */
import { Failure } from './calls.js'
import { device } from './device.js'
import { Files } from './files.js'
import { checkedMethod, exchange, withData, withType } from './http.js'
import { places } from './places.js'
import { screen } from './screen.js'
import { SelectorQuery } from './selector-query.js'
import * as storage from './storage.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {import('./calls.js').Given} Given
 */

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'CONNECT']
const FILE_TYPES = ['image', 'video', 'audio']

/** @param {World} world @param {Given} given */
async function request(world, { url, data, headers, header, method, dataType = 'json', timeout }) {
  const checked = checkedMethod('my.request', METHODS, method)
  const { url: whole, body } = withData(url, checked, data)
  const sent = { url: whole, method: checked, headers: withType(headers ?? header ?? {}), body, timeout }
  const answer = await exchange(world, sent)
  const text = await answer.blob.text()
  const told = { status: answer.status, headers: answer.headers }
  if (answer.status >= 400) throw new Failure('http status error', { error: 19, ...told, data: text })
  return { ...told, data: dataType === 'json' ? json(text) : text }
}

/** @param {string} text */
function json(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new Failure('JSON parse data error', { error: 14 })
  }
}

/** @param {World} world @returns {import('./wechat.js').Api} */
export function alipay(world) {
  const { phone } = world
  const files = new Files(world, (number) => `https://resource/${number}.image`)
  return {
    calls: {
      ...screen(world),
      request: (given) => request(world, given),
      uploadFile: (given) => {
        if (!FILE_TYPES.includes(given.fileType)) throw new Failure('fileType is invalid')
        return files.send({ ...given, name: given.fileName ?? given.name }, () => undefined)
      },
      downloadFile: async (given) => {
        const { path, status, headers } = await files.fetch(given)
        if (status >= 400) throw new Failure('下载失败', { error: 12 })
        return { apFilePath: path, tempFilePath: path, headers, header: headers }
      },
      chooseImage: ({ count = 1 }) => {
        const chosen = files.choose(count)
        const paths = chosen.map(({ path }) => path)
        return { apFilePaths: paths, tempFilePaths: paths, tempFiles: chosen.map(({ path, size }) => ({ path, size })) }
      },
      openDocument: (given) => files.openDocument(given),
      previewImage: (given) => files.previewImage(given),
      ...places(phone),
      makePhoneCall: ({ number }) => phone.present('call', number),
      setClipboard: ({ text }) => void (phone.clipboard = text),
      setStorage: ({ key, data }) => storage.put(key, data),
    },
    plain: {
      createSelectorQuery: () => new SelectorQuery(world),
      getStorageSync: (/** @type {Given} */ { key }) => ({ data: storage.get(key) ?? null }),
      setStorageSync: (/** @type {Given} */ { key, data }) => storage.put(key, data),
      removeStorageSync: (/** @type {Given} */ { key }) => storage.remove(key),
      getStorageInfoSync: storage.info,
      getSystemInfoSync: () => ({ ...device(), language: 'zh-Hans', platform: 'Android', app: 'alipay', version: '10.7.0' }),
      SDKVersion: '2.9.50',
      isIDE: false,
    },
  }
}
