/**
 * The parts of a page that can be scrolled to. A mini-program finds an id only from within the component that
 * holds it, so each such component says where it is.
 */
import { getCurrentInstance, onMounted, onUnmounted, type ComponentInternalInstance } from 'vue'

interface Anchor {
  id: () => string
  element: () => string
  instance: ComponentInternalInstance
}

const anchors: Anchor[] = []

/** In a component: `id` leads to its element with the id `element`. */
export function useAnchor(id: () => string, element: () => string = id): void {
  const instance = getCurrentInstance()
  if (!instance) return
  const own = { id, element, instance }
  onMounted(() => void anchors.push(own))
  onUnmounted(() => void anchors.splice(anchors.indexOf(own), 1))
}

/** The selector of an id and the component to look in; nothing to look in means the page itself. */
export function anchored(id: string): { selector: string; within: unknown } {
  // The page on top was made last; pages below it stay alive.
  const anchor = [...anchors].reverse().find((one) => one.id() === id)
  if (!anchor) return { selector: `#${id}`, within: null }
  let within: unknown = anchor.instance.proxy
  // #ifndef MP-WEIXIN
  // uni hands the component over to WeChat by itself; the others want their own.
  within = (within as { $scope?: unknown }).$scope
  // #endif
  return { selector: `#${anchor.element()}`, within }
}
