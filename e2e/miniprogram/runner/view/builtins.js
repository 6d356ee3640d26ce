// @ts-check
/** The vendors' components that the app uses. Any other is an error, until someone adds it here. */
import { located } from '../api/http.js'
import { refuse } from '../problems.js'
import { shown } from '../template/expression.js'

/** @typedef {import('./element.js').BuiltIn} BuiltIn */

/** @type {BuiltIn} */
const view = { dom: 'view', events: {} }

/** @type {BuiltIn} */
const text = { dom: 'text', events: {} }

/** @param {HTMLElement} element @param {string} name @param {any} value @param {import('../world.js').World} world */
function setSource(element, name, value, world) {
  if (name === 'src') element.setAttribute('src', located(world, shown(value)) ?? shown(value))
}

/** @type {BuiltIn} */
const image = {
  dom: 'img',
  set: setSource,
  events: {
    load: (picture, fire) => picture.addEventListener('load', () => fire({})),
    error: (picture, fire) => picture.addEventListener('error', () => fire({})),
  },
}

/** A player: its controls are the vendor's, so only what is played is told. @type {BuiltIn} */
const video = {
  dom: 'video',
  set: setSource,
  events: {},
}

/** @type {Record<string, string>} */
const KEYBOARDS = { number: 'numeric', digit: 'decimal', idcard: 'text', text: 'text' }

/** @param {HTMLInputElement | HTMLTextAreaElement} field @param {string} name @param {any} value */
function setField(field, name, value) {
  // Writing the same text again would throw the caret to the end.
  if (name === 'value' && field.value !== shown(value)) field.value = shown(value)
  else if (name === 'placeholder') field.placeholder = shown(value)
  else if (name === 'disabled') field.disabled = Boolean(value)
  else if (name === 'maxlength') field.maxLength = Number(value) < 0 ? 524288 : Number(value)
  else if (name === 'type') field.inputMode = KEYBOARDS[value] ?? 'text'
}

/** @type {Record<string, import('./element.js').Listen>} */
const FIELD_EVENTS = {
  input: (field, fire) =>
    field.addEventListener('input', () => fire({ value: field.value, cursor: field.selectionStart })),
  focus: (field, fire) => field.addEventListener('focus', () => fire({ value: field.value, height: 0 })),
  blur: (field, fire) => field.addEventListener('blur', () => fire({ value: field.value })),
  confirm: (field, fire) =>
    field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter') fire({ value: field.value })
    }),
}

/** @type {BuiltIn} */
const input = { dom: 'input', set: setField, events: FIELD_EVENTS }

/** @type {BuiltIn} */
const textarea = { dom: 'textarea', set: setField, events: FIELD_EVENTS }

/** A picker, here of dates. @param {(day: string) => string} told how the vendor writes 2026-10-11 @returns {BuiltIn} */
export const dated = (told) => ({
  dom: 'picker',
  set: (element, name, value) => element.setAttribute(`picker-${name}`, shown(value)),
  events: {
    change: (element, fire, { phone }) =>
      element.addEventListener('click', async () => {
        const read = (/** @type {string} */ name) => element.getAttribute(`picker-${name}`) ?? ''
        if (read('mode') !== 'date') refuse(`a picker of ${read('mode')} is not known to the runner`)
        const value = await phone.pick(read('value'), read('start'), read('end'))
        if (value !== null) fire({ value: told(value) })
      }),
  },
})

/** @type {Record<string, BuiltIn>} */
export const BUILT_INS = { view, text, image, video, input, textarea, picker: dated((day) => day) }
