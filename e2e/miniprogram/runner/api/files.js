// @ts-check
/** Temporary files: chosen, sent, fetched and shown by the paths that a vendor gives them. */
import { Failure } from './calls.js'
import { exchange } from './http.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {import('./calls.js').Given} Given
 * @typedef {{ path: string, size: number, name: string, type: string, time: number }} TemporaryFile
 */

export class Files {
  /** @param {World} world @param {(number: number, suffix: string) => string} pathOf how this vendor names temporary files */
  constructor(world, pathOf) {
    this.world = world
    this.pathOf = pathOf
    /** @type {Map<string, Blob>} */
    this.held = new Map()
  }

  /** @param {Blob} blob @param {string} name */
  keep(blob, name) {
    const path = this.pathOf(this.held.size + 1, name.split('.').pop() ?? '')
    this.held.set(path, blob)
    return path
  }

  /** @param {string} path @returns {Blob} */
  at(path) {
    const blob = this.held.get(path)
    if (!blob) throw new Failure(`file not found: ${path}`)
    return blob
  }

  /** @param {number} count @returns {TemporaryFile[]} */
  choose(count) {
    const files = this.world.phone.take(count)
    if (!files.length) throw new Failure('cancel')
    return files.map(({ name, blob }) => ({
      path: this.keep(blob, name),
      size: blob.size,
      name,
      type: blob.type,
      time: Math.floor(Date.now() / 1000),
    }))
  }

  /** @param {Given} given @param {(progress: Record<string, number>) => void} onProgress */
  async send({ url, filePath, name, header, headers, formData = {}, timeout }, onProgress) {
    const body = new FormData()
    for (const [field, value] of Object.entries(formData)) body.append(field, String(value))
    body.append(name, this.at(filePath), filePath.split('/').pop())
    const sent = { url, method: 'POST', headers: { ...header, ...headers }, body, timeout, onProgress }
    const answer = await exchange(this.world, sent)
    return { statusCode: answer.status, header: answer.headers, data: await answer.blob.text() }
  }

  /** @param {Given} given */
  async fetch({ url, header, timeout }) {
    const answer = await exchange(this.world, { url, method: 'GET', headers: header ?? {}, timeout })
    const path = this.keep(answer.blob, `file.${answer.blob.type.split('/').pop()}`)
    return { path, status: answer.status, headers: answer.headers }
  }

  /** @param {Given} given */
  openDocument({ filePath, fileType = '' }) {
    this.world.phone.present('document', `${fileType} ${this.at(filePath).type} ${this.at(filePath).size}`)
  }

  /** @param {Given} given */
  previewImage({ urls }) {
    for (const url of urls) this.world.phone.present('image', `${this.at(url).type} ${this.at(url).size}`)
  }
}

/** An upload's handle, which the app asks for progress. */
export class UploadTask {
  constructor() {
    /** @type {((progress: Record<string, number>) => void)[]} */
    this.listeners = []
  }

  /** @param {(progress: Record<string, number>) => void} listener */
  onProgressUpdate(listener) {
    this.listeners.push(listener)
  }

  /** @param {Record<string, number>} progress */
  tell(progress) {
    for (const listener of this.listeners) listener(progress)
  }
}
