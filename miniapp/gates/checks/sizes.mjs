// First screen of H5 and main package of each mini-program.
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { filesIn, outputOf, pagesOf, read, sizeOf } from '../files.mjs'

const H5_FIRST_SCREEN = 150 * 1024
const MAIN_PACKAGE = 1024 * 1024
const WHOLE = { 'mp-weixin': 2 * 1024 * 1024, 'mp-alipay': 2 * 1024 * 1024, 'mp-baidu': 4 * 1024 * 1024 }

const gzipped = (path) => gzipSync(read(path), { level: 9 }).length
const kilobytes = (bytes) => `${Math.round(bytes / 1024)} KB`

/** The entry, the home page's chunk, and all that either imports statically. */
function firstScreen() {
  const root = outputOf('h5')
  const assets = join(root, 'assets')
  const entry = read(join(root, 'index.html')).match(/src="[./]*assets\/([^"]+\.js)"/)[1]
  const home = filesIn(assets).find((path) => /pages-home-[^/]*\.js$/.test(path))
  const wanted = [join(assets, entry), ...(home ? [home] : [])]
  const seen = new Set()
  while (wanted.length) {
    const path = wanted.pop()
    if (seen.has(path)) continue
    seen.add(path)
    for (const [, name] of read(path).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) wanted.push(join(assets, name))
  }
  return { home, bytes: [...seen].reduce((sum, path) => sum + gzipped(path), 0) }
}

export default function sizes() {
  const problems = []
  const { home, bytes } = firstScreen()
  if (!home) problems.push('h5: the home page is not a chunk of its own')
  if (bytes > H5_FIRST_SCREEN) problems.push(`h5: first screen ${kilobytes(bytes)} of script, gzipped`)
  const facts = [`h5 first screen ${kilobytes(bytes)} gzip`]
  for (const [platform, most] of Object.entries(WHOLE)) {
    const root = outputOf(platform)
    const { app } = pagesOf(platform)
    const roots = (app.subPackages ?? app.subpackages ?? []).map((one) => join(root, one.root) + '/')
    const files = filesIn(root)
    const whole = files.reduce((sum, path) => sum + sizeOf(path), 0)
    const main = files
      .filter((path) => !roots.some((one) => path.startsWith(one)))
      .reduce((sum, path) => sum + sizeOf(path), 0)
    if (main > MAIN_PACKAGE) problems.push(`${platform}: main package ${kilobytes(main)}`)
    if (whole > most) problems.push(`${platform}: whole ${kilobytes(whole)}`)
    facts.push(`${platform} main ${kilobytes(main)}, whole ${kilobytes(whole)}`)
  }
  return { problems, facts: facts.join('; ') }
}
