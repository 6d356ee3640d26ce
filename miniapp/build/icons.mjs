// Turns src/ui/icons/*.svg (Lucide, ISC) into one stylesheet of masks and the tab bar's PNGs.
// Masks take the text's colour, so an icon needs no second file for another colour or for elder mode.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'

const ICONS = 'src/ui/icons'
const TABS = { home: 'house', browse: 'layout-grid', interact: 'message-square', me: 'user' }
const TAB_PIXELS = 81

const bodyOf = (name) =>
  readFileSync(join(ICONS, `${name}.svg`), 'utf8')
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace('</svg>', '')
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><')
    .trim()

const svg = (name, stroke, fill = 'none') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${fill}" stroke="${stroke}"` +
  ` stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${bodyOf(name)}</svg>`

const names = readdirSync(ICONS)
  .filter((file) => file.endsWith('.svg'))
  .map((file) => file.slice(0, -4))
  .sort()

const rules = names.map((name) => {
  const image = `url("data:image/svg+xml;base64,${Buffer.from(svg(name, '#000')).toString('base64')}")`
  return `.z-i-${name} {\n  --z-icon-image: ${image};\n}\n`
})
writeFileSync('src/styles/icons.css', `/* Written by "npm run icons"; do not edit. */\n${rules.join('')}`)

const tokens = readFileSync('src/styles/tokens.scss', 'utf8')
const token = (name) => tokens.match(new RegExp(`\\$${name}: (#\\w+);`))[1]
for (const [tab, icon] of Object.entries(TABS)) {
  for (const [suffix, colour, fill] of [
    ['', token('secondary'), 'none'],
    ['-on', token('primary'), token('primary-tint')],
  ]) {
    const resvg = new Resvg(svg(icon, colour, fill), { fitTo: { mode: 'width', value: TAB_PIXELS } })
    writeFileSync(`src/static/tab/${tab}${suffix}.png`, resvg.render().asPng())
  }
}
