// @ts-check
/** Looks through a whole package without showing it: each component must be known, and each event of it. */
import { problem } from './problems.js'

/**
 * @typedef {import('./world.js').World} World
 * @typedef {import('./template/compile.js').Node} Node
 */

/** @param {World} world @returns {string[]} the paths of all pages and components that pages lead to */
export function survey(world) {
  /** @type {Set<string>} */
  const seen = new Set()
  const visit = (/** @type {string} */ path) => {
    if (seen.has(path)) return
    seen.add(path)
    for (const used of look(world, path, world.definition(path).nodes)) visit(used)
  }
  world.pack.pages.forEach(visit)
  return [...seen]
}

/** @param {World} world @param {string} path @param {Node[]} nodes @returns {string[]} the components they use */
function look(world, path, nodes) {
  return nodes.flatMap((node) => {
    if (node.kind === 'choice') return node.branches.flatMap((branch) => look(world, path, branch.children))
    if (node.kind === 'text' || node.kind === 'slot') return []
    const inner = look(world, path, node.children)
    if (node.kind === 'loop') return inner
    const builtIn = world.vendor.builtIns[node.tag]
    if (!builtIn) return [world.pack.componentPath(path, node.tag), ...inner]
    for (const { event } of node.listeners) {
      if (event !== 'tap' && !builtIn.events[event]) problem(`${path}: <${node.tag}> has no event "${event}"`)
    }
    return inner
  })
}
