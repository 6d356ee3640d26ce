// The lock file pins versions and digests; where they are fetched from is each machine's own affair.
import { join } from 'node:path'
import { json, ROOT } from '../files.mjs'

export default function lock() {
  const { packages } = json(join(ROOT, 'package-lock.json'))
  const resolved = Object.entries(packages).filter(([, one]) => /^https?:/.test(one.resolved ?? ''))
  return {
    problems: resolved.map(([name]) => `${name} records a registry host`),
    facts: `${Object.keys(packages).length} packages`,
  }
}
