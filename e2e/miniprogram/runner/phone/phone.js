// @ts-check
/** What the phone shows around the pages: title, tab bar, pickers, viewers; and the files a person has on it. */

/**
 * @typedef {import('../package.js').Package} Package
 * @typedef {{ path: string, words: string, badge?: string }} Tab
 * @typedef {{ name: string, blob: Blob }} PhoneFile
 * @typedef {{ name: string, address: string, latitude: number, longitude: number }} Place
 */

/** What the vendor's map knows of the demo city and of another. @type {Place[]} */
const PLACES = [
  { name: '湖滨小学', address: '云州市澄湖区湖滨街道湖滨路', latitude: 31.0571, longitude: 112.3163 },
  { name: '外市的公园', address: '远山省青川市', latitude: 33.2, longitude: 110.1 },
]

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

/** @param {string} tag @param {string} words @param {Record<string, string>} [attributes] */
function made(tag, words, attributes = {}) {
  const dom = document.createElement(tag)
  dom.textContent = words
  for (const [name, value] of Object.entries(attributes)) dom.setAttribute(name, value)
  return dom
}

export class Phone {
  /** @param {Package} pack @param {string} styleSuffix */
  constructor(pack, styleSuffix) {
    this.pack = pack
    this.styleSuffix = styleSuffix
    this.pages = element('pages')
    /** @type {Tab[]} */
    this.tabs = pack.tabs
    /** @type {PhoneFile[]} */
    this.files = []
    this.clipboard = ''
    /** @type {(path: string) => void} */
    this.onTab = () => undefined
    this.styled = new Set()
    this.addStyle('app')
  }

  /** @param {{ title: string, tab: string | null, back: boolean }} frame `tab` is the path of the tab now shown */
  frame({ title, tab, back }) {
    element('title').textContent = title
    element('back').hidden = !back
    this.tab = tab
    this.showTabs()
  }

  showTabs() {
    const bar = element('tabs')
    bar.hidden = this.tab === null
    bar.replaceChildren(
      ...this.tabs.map(({ path, words, badge }) => {
        const tab = made('button', words, { role: 'tab', 'aria-selected': String(path === this.tab) })
        if (badge) tab.append(made('small', badge))
        tab.addEventListener('click', () => this.onTab(path))
        return tab
      }),
    )
  }

  /** @param {number} index @param {Partial<Tab>} change */
  changeTab(index, change) {
    this.tabs = this.tabs.map((tab, at) => (at === index ? { ...tab, ...change } : tab))
    this.showTabs()
  }

  /**
   * Styles of a page and of the components it uses. Vendors keep a component's styles to itself; the compiled
   * selectors carry a mark of their component, so one common sheet does the same.
   * @param {string} path
   */
  style(path) {
    if (this.styled.has(path)) return
    this.addStyle(path)
    for (const tag of Object.keys(this.pack.json(`${path}.json`).usingComponents ?? {})) {
      this.style(this.pack.componentPath(path, tag))
    }
  }

  /** @param {string} path */
  addStyle(path) {
    this.styled.add(path)
    const css = this.pack.files[`${path}.${this.styleSuffix}`]
    if (css) document.head.append(made('style', css.replace(/([\d.]+)rpx/g, 'calc($1 * 100vw / 750)')))
  }

  /**
   * Opens the picker of dates, all as 2026-10-11; resolves to null when the person closes it.
   * @param {string} value @param {string} min @param {string} max @returns {Promise<string | null>}
   */
  pick(value, min, max) {
    const sheet = made('div', '', { role: 'dialog', 'aria-label': 'picker' })
    const input = made('input', '', { type: 'date', value, min, max })
    const buttons = ['取消', '确定'].map((words) => made('button', words, { type: 'button' }))
    sheet.append(input, ...buttons)
    element('sheets').append(sheet)
    return new Promise((resolve) => {
      buttons.forEach((button, index) =>
        button.addEventListener('click', () => {
          sheet.remove()
          resolve(index ? /** @type {HTMLInputElement} */ (input).value : null)
        }),
      )
    })
  }

  /** The vendor's map with the places that a person may take; null when they close it. @returns {Promise<Place | null>} */
  choosePlace() {
    const sheet = made('div', '', { role: 'dialog', 'aria-label': 'places' })
    element('sheets').append(sheet)
    return new Promise((resolve) => {
      /** @param {string} words @param {Place | null} place */
      const offer = (words, place) => {
        const button = made('button', words, { type: 'button' })
        button.addEventListener('click', () => {
          sheet.remove()
          resolve(place)
        })
        sheet.append(button)
      }
      PLACES.forEach((place) => offer(place.name, place))
      offer('取消', null)
    })
  }

  /** Shows something outside the app: a document, an image, a call, a map. @param {string} kind @param {string} words */
  present(kind, words) {
    const sheet = made('div', words, { role: 'dialog', 'aria-label': kind })
    const close = made('button', '关闭', { type: 'button' })
    close.addEventListener('click', () => sheet.remove())
    sheet.append(close)
    element('sheets').append(sheet)
  }

  /** Files the person will choose next. @param {{ name: string, url: string }[]} files */
  async give(files) {
    for (const { name, url } of files) this.files.push({ name, blob: await (await fetch(url)).blob() })
  }

  /** @param {number} count @returns {PhoneFile[]} */
  take(count) {
    return this.files.splice(0, count)
  }
}
