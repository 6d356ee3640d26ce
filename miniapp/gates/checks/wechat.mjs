// WeChat's own tools, offline: miniprogram-ci compiles and checks, miniprogram-compiler reads each WXML and WXSS.
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesIn, outputOf, pagesOf } from '../files.mjs'

const require = createRequire(import.meta.url)
const root = outputOf('mp-weixin')

/** Any key will do: it signs uploads, and nothing is uploaded. */
function anyKey(folder) {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const path = join(folder, 'key.pem')
  writeFileSync(path, privateKey)
  return path
}

async function officialCompile(ci, project, folder) {
  await ci.getCompiledResult(
    {
      project,
      desc: 'gate',
      version: '0.0.0',
      setting: { es6: true, minify: true },
      onProgressUpdate: () => undefined,
    },
    join(folder, 'out.zip'),
  )
}

async function quality(ci, project) {
  const results = await ci.checkCodeQuality(project)
  if (!Array.isArray(results) || results.length === 0) return ['code quality: the tool gave no results']
  return results
    .filter((one) => one.success === false && !tolerated(one))
    .map(({ name, text }) => `code quality: ${name} ${text}`)
}

const SHARED_MOST = 100 * 1024

/** Features lie by domain, not by package: a little of the main package then serves subpackages only. */
const tolerated = ({ name, detail }) => name === 'CONTAINS_OTHER_PKG_JS' && detail?.size <= SHARED_MOST

/** wcc and wcsc write to the console what they cannot read. */
function readTemplates() {
  const { wxmlToJs, wxssToJs } = require('miniprogram-compiler')
  const problems = []
  const { main, sub } = pagesOf('mp-weixin')
  const $gwx = new Function('global', 'window', wxmlToJs(root))({}, {})
  for (const page of [...main, ...sub])
    if (typeof $gwx(`${page}.wxml`) !== 'function') problems.push(`wcc: ${page}.wxml does not compile`)
  const styles = filesIn(root).filter((path) => path.endsWith('.wxss')).length
  if (!wxssToJs(root)) problems.push('wcsc: the styles do not compile')
  return { problems, styles }
}

export default async function wechat() {
  const ci = require('miniprogram-ci')
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-gate-'))
  const problems = []
  // The tool leaves folders where it runs.
  const before = process.cwd()
  process.chdir(folder)
  try {
    const project = new ci.Project({
      appid: 'wx0000000000000000',
      type: 'miniProgram',
      projectPath: root,
      privateKeyPath: anyKey(folder),
      ignores: [],
    })
    project.attr = async () => ({ ...ci.DefaultProjectAttr })
    await officialCompile(ci, project, folder).catch((cause) =>
      problems.push(`miniprogram-ci: ${cause.message ?? cause}`),
    )
    problems.push(...(await quality(ci, project).catch((cause) => [`checkCodeQuality: ${cause.message ?? cause}`])))
    const templates = readTemplates()
    problems.push(...templates.problems)
    return { problems, facts: `compiled, ${templates.styles} style sheets read` }
  } catch (cause) {
    return { problems: [...problems, String(cause.message ?? cause)] }
  } finally {
    process.chdir(before)
    rmSync(folder, { recursive: true, force: true })
  }
}
