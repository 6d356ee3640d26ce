import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ours = resolve(__dirname, '../../node_modules/leaflet')
const consoles = resolve(__dirname, '../../../server/static/leaflet')
const read = (folder: string, name: string) => readFileSync(resolve(folder, name)).toString('latin1')

/** A server of the console may have no Node, so its copy lies in the tree: renew it with the lock. */
describe("the console's Leaflet", () => {
  it('is the one of this app, without the address of its source map', () => {
    expect(read(consoles, 'leaflet.js')).toBe(
      read(ours, 'dist/leaflet.js').replace(/^\/\/# sourceMappingURL=.*\n?/m, ''),
    )
    expect(read(consoles, 'leaflet.css')).toBe(read(ours, 'dist/leaflet.css'))
    for (const name of readdirSync(resolve(consoles, 'images')))
      expect(read(consoles, `images/${name}`)).toBe(read(ours, `dist/images/${name}`))
  })
  it('has its licence beside it', () => expect(read(consoles, 'LICENSE')).toBe(read(ours, 'LICENSE')))
})
