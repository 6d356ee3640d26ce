// What app.json, page JSON and tab bar name must be in the package: pages, components, icons.
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { filesIn, json, outputOf, pagesOf } from '../files.mjs'

const KINDS = {
  'mp-weixin': { template: '.wxml', icon: 'iconPath', selected: 'selectedIconPath', list: 'list' },
  'mp-alipay': { template: '.axml', icon: 'icon', selected: 'activeIcon', list: 'items' },
  'mp-baidu': { template: '.swan', icon: 'iconPath', selected: 'selectedIconPath', list: 'list' },
}

function missingPages(root, pages, template) {
  return pages.flatMap((page) =>
    ['.js', '.json', template].filter((end) => !existsSync(join(root, page + end))).map((end) => `${page}${end}`),
  )
}

function missingComponents(root, template) {
  return filesIn(root)
    .filter((path) => path.endsWith('.json'))
    .flatMap((path) =>
      Object.values(json(path).usingComponents ?? {}).flatMap((used) => {
        const base = used.startsWith('/') ? join(root, used) : join(dirname(path), used)
        return ['.js', template]
          .filter((end) => !existsSync(base + end))
          .map((end) => `${relative(root, path)} uses ${used}${end}`)
      }),
    )
}

function missingIcons(root, tabBar, { icon, selected, list }) {
  const named = (tabBar?.[list] ?? []).flatMap((tab) => [tab[icon], tab[selected]])
  if (named.length !== 8) return [`tab bar names ${named.length} icons, not 8`]
  return named.filter((path) => !path || !existsSync(join(root, path))).map((path) => `tab icon ${path}`)
}

export default function existence() {
  const counted = []
  const problems = Object.entries(KINDS).flatMap(([platform, kind]) => {
    const root = outputOf(platform)
    const { main, sub, app } = pagesOf(platform)
    counted.push(`${platform} ${main.length}+${sub.length} pages`)
    return [
      ...missingPages(root, [...main, ...sub], kind.template),
      ...missingComponents(root, kind.template),
      ...missingIcons(root, app.tabBar, kind),
    ].map((missing) => `${platform}: ${missing} is missing`)
  })
  return { problems, facts: counted.join(', ') }
}
