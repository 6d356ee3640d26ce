import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const OUTPUTS = ['h5', 'mp-weixin', 'mp-alipay', 'mp-baidu']
export const outputOf = (platform) => join(ROOT, 'dist/build', platform)
export const read = (path) => readFileSync(path, 'utf8')
export const json = (path) => JSON.parse(read(path))
export const sizeOf = (path) => statSync(path).size

/** Every file below a folder, as full paths. */
export function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

/** The pages of a mini-program, with those of its subpackages. */
export function pagesOf(platform) {
  const app = json(join(outputOf(platform), 'app.json'))
  const packages = app.subPackages ?? app.subpackages ?? []
  return { main: app.pages, sub: packages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)), app }
}
