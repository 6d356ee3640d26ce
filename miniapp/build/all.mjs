// Builds the four targets one after the other. CI=1: uni's CLI otherwise posts usage data to its maker.
import { spawnSync } from 'node:child_process'

for (const platform of ['h5', 'mp-weixin', 'mp-alipay', 'mp-baidu']) {
  const { status } = spawnSync('npx', ['uni', 'build', '-p', platform], {
    stdio: 'inherit',
    env: { ...process.env, CI: '1' },
  })
  if (status !== 0) process.exit(status ?? 1)
}
