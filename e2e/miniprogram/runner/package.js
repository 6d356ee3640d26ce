// @ts-check
/** A compiled package: its files, its configuration and its CommonJS modules. */
import { problem, refuse } from './problems.js'

/** @typedef {{ list: { path: string, words: string }[] }} Tabs */

/** What browsers have and mini-programs lack. Code that reaches for one of them fails here as it would there. */
const NOT_THERE = [
  'window', 'self', 'document', 'navigator', 'location', 'history', 'localStorage', 'sessionStorage', 'indexedDB',
  'fetch', 'XMLHttpRequest', 'WebSocket', 'FormData', 'Blob', 'File', 'FileReader', 'Image', 'Headers', 'Request',
  'Response', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'AbortController', 'crypto', 'performance',
  'structuredClone', 'queueMicrotask', 'requestAnimationFrame', 'alert', 'confirm', 'prompt', 'open', 'close',
  'atob', 'btoa', 'Intl', 'Worker', 'MutationObserver', 'CustomEvent', 'Event', 'HTMLElement', 'Element', 'Node',
]

/** @param {string} base a folder, without slash at its end @param {string} path */
export function resolve(base, path) {
  const parts = path.startsWith('/') ? [] : base.split('/').filter(Boolean)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** @param {string} path */
export const folder = (path) => path.split('/').slice(0, -1).join('/')

export class Package {
  /** @param {Record<string, string>} files text by path */
  constructor(files) {
    this.files = files
    this.config = this.json('app.json')
    /** @type {string[]} */
    this.pages = [
      ...this.config.pages,
      ...(this.config.subPackages ?? []).flatMap((/** @type {{ root: string, pages: string[] }} */ { root, pages }) =>
        pages.map((page) => `${root}/${page}`),
      ),
    ]
    /** @type {Map<string, { exports: any }>} */
    this.modules = new Map()
    /** @type {Record<string, unknown>} what the vendor puts into each module's scope */
    this.globals = {}
    for (const page of this.pages) if (!(`${page}.js` in files)) problem(`app.json names ${page}, which is not there`)
  }

  /** @param {string} path */
  text(path) {
    return this.files[path] ?? refuse(`the package has no ${path}`)
  }

  /** @param {string} path @returns {any} */
  json(path) {
    return JSON.parse(this.text(path))
  }

  /** The tab bar, as WeChat and Baidu or as Alipay write it. */
  get tabs() {
    const { list, items } = this.config.tabBar ?? {}
    return (list ?? items ?? []).map((/** @type {Record<string, string>} */ tab) => ({
      path: /** @type {string} */ (tab.pagePath),
      words: tab.text ?? tab.name ?? '',
    }))
  }

  /** The path of the component that a page or component calls `tag`. @param {string} user @param {string} tag */
  componentPath(user, tag) {
    const own = this.json(`${user}.json`).usingComponents?.[tag]
    const path = own ? resolve(folder(user), own) : this.config.usingComponents?.[tag]
    return path ?? refuse(`${user}: <${tag}> is no component of the vendor that the runner knows, nor of the package`)
  }

  /** @param {string} path with .js @returns {any} its exports */
  require(path) {
    const known = this.modules.get(path)
    if (known) return known.exports
    const module = { exports: {} }
    this.modules.set(path, module)
    const names = Object.keys(this.globals)
    const scope = [...NOT_THERE, 'globalThis', 'require', 'module', 'exports', ...names]
    // A block of its own, so that the module may declare a name that is also a parameter.
    const run = new Function(...scope, `"use strict";{${this.text(path)}\n}//# sourceURL=${path}`)
    const required = (/** @type {string} */ wanted) => this.require(withSuffix(resolve(folder(path), wanted)))
    const values = [...NOT_THERE.map(() => undefined), this.globals.global, required, module, module.exports]
    run.call(undefined, ...values, ...Object.values(this.globals))
    return module.exports
  }
}

/** @param {string} path */
const withSuffix = (path) => (path.endsWith('.js') ? path : `${path}.js`)
