// @ts-check
/** From a person's touch to the method of the page or component in whose template the listener stands. */
import { problem } from '../problems.js'

/**
 * @typedef {import('./view.js').View} View
 * @typedef {{ type: string, detail: any, target: object, currentTarget: object, timeStamp: number }} MiniEvent
 */

/** @param {HTMLElement} element */
function described(element) {
  return { id: element.id, dataset: { ...element.dataset }, offsetLeft: element.offsetLeft, offsetTop: element.offsetTop }
}

/** @param {string} type @param {any} detail @param {HTMLElement} element @param {HTMLElement} [origin] @returns {MiniEvent} */
export function miniEvent(type, detail, element, origin = element) {
  return { type, detail, target: described(origin), currentTarget: described(element), timeStamp: performance.now() }
}

/**
 * Calls the method a template names.
 * @param {View} view @param {unknown} name @param {any} event
 */
export function call(view, name, event) {
  if (name === undefined || name === null || name === '') return undefined
  const method = view.instance[String(name)]
  if (typeof method !== 'function') return problem(`${view.path} has no method "${name}" for ${event?.type ?? 'an event'}`)
  return method.call(view.instance, event)
}

/** @param {HTMLElement} element @param {boolean} stops @param {(event: MiniEvent) => void} fire */
export function listenToTaps(element, stops, fire) {
  element.addEventListener('click', (event) => {
    if (stops) event.stopPropagation()
    const origin = event.target instanceof HTMLElement ? event.target : element
    fire(miniEvent('tap', { x: event.clientX, y: event.clientY }, element, origin))
  })
}
