import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

function files(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name)
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.vue') ? [path] : []
  })
}

const src = resolve(__dirname, '../../src')

it('no input cuts what is pasted into it', () => {
  const cutting = files(src).filter((path) => /maxlength="(?!-1")/.test(readFileSync(path, 'utf8')))
  expect(cutting).toEqual([])
})
