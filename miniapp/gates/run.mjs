// Checks the four compiled packages offline: `npm run gates [name…]`. Build first: `npm run build`.
import { existsSync } from 'node:fs'
import { OUTPUTS, outputOf } from './files.mjs'
import alipayCalls from './checks/alipay-calls.mjs'
import existence from './checks/existence.mjs'
import hosts from './checks/hosts.mjs'
import lock from './checks/lock.mjs'
import sizes from './checks/sizes.mjs'
import wechat from './checks/wechat.mjs'

const GATES = { lock, hosts, sizes, existence, 'alipay-calls': alipayCalls, wechat }
const wanted = process.argv.slice(2)

for (const platform of OUTPUTS) {
  if (existsSync(outputOf(platform))) continue
  console.error(`✗ ${platform} is not built: npm run build`)
  process.exit(1)
}

let failed = false
for (const [name, gate] of Object.entries(GATES)) {
  if (wanted.length && !wanted.includes(name)) continue
  const { problems, facts } = await gate()
  failed ||= problems.length > 0
  console.log(`${problems.length ? '✗' : '✓'} ${name}${facts ? `: ${facts}` : ''}`)
  for (const problem of problems) console.log(`    ${problem}`)
}
// miniprogram-ci leaves its workers open.
process.exit(failed ? 1 : 0)
