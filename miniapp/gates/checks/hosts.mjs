// The app may talk to its own server only, so no output may name any other host.
import { extname, relative } from 'node:path'
import { filesIn, OUTPUTS, outputOf, read, ROOT } from '../files.mjs'
import { join } from 'node:path'

const TEXT = new Set(['.js', '.css', '.html', '.json', '.wxml', '.wxss', '.axml', '.acss', '.swan', '.sjs', '.wxs'])
// Names of XML vocabularies, never fetched.
const VOCABULARIES = new Set(['www.w3.org'])
const HOST = /(?:https?:|wss?:)?\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?=[/:"'`)\s?]|$)/gi

function configuredHost() {
  const server = process.env.VITE_SERVER ?? read(join(ROOT, '.env')).match(/^VITE_SERVER=(.*)$/m)?.[1] ?? ''
  return server.replace(/^https?:\/\//, '').replace(/[:/].*$/, '')
}

export default function hosts() {
  const own = configuredHost()
  const problems = OUTPUTS.flatMap((platform) =>
    filesIn(outputOf(platform))
      .filter((path) => TEXT.has(extname(path)))
      .flatMap((path) =>
        [...read(path).matchAll(HOST)]
          .map(([, host]) => host.toLowerCase())
          .filter((host) => host !== own && !VOCABULARIES.has(host))
          .map((host) => `${relative(ROOT, path)} names ${host}`),
      ),
  )
  return { problems: [...new Set(problems)] }
}
