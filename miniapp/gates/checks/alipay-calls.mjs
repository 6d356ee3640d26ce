// Every `my.…` that the Alipay package calls must be in Alipay's own type declarations.
import { join, relative } from 'node:path'
import { filesIn, outputOf, read, ROOT } from '../files.mjs'

// uni asks whether these are there before it uses them (`dd` is DingTalk's container).
const GUARDED = new Set(['dd', 'getEventChannel', 'specialMethods'])

function declared() {
  const types = filesIn(join(ROOT, 'node_modules/@mini-types/my/types'))
    .filter((path) => path.endsWith('.d.ts'))
    .map(read)
    .join('\n')
  return new Set(
    [...types.matchAll(/(?:function|const|let|var)\s+(\w+)|^\s+(?:export\s+)?(\w+)\s*[(<:]/gm)].map(
      ([, a, b]) => a ?? b,
    ),
  )
}

export default function alipayCalls() {
  const known = declared()
  const calls = new Map()
  // uni's runtime hangs its own constructors on `my`.
  const assigned = new Set()
  const root = outputOf('mp-alipay')
  for (const path of filesIn(root).filter((one) => one.endsWith('.js'))) {
    for (const [, name] of read(path).matchAll(/\bmy\.([A-Za-z]\w*)/g)) calls.set(name, relative(root, path))
    for (const [, name] of read(path).matchAll(/\bmy\.(\w+)=(?!=)/g)) assigned.add(name)
  }
  const unknown = [...calls].filter(([name]) => !known.has(name) && !assigned.has(name) && !GUARDED.has(name))
  return {
    problems: unknown.map(([name, path]) => `my.${name} (${path}) is not declared`),
    facts: `${calls.size} different calls`,
  }
}
