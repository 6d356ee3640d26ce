// @ts-check
/**
 * What a vendor's phone would refuse, or what this runner does not know. The test watches console errors,
 * so a problem fails it even where the app itself catches the exception.
 */

/** @param {string} words */
export function problem(words) {
  console.error(`[runner] ${words}`)
}

/** @param {string} words @returns {never} */
export function refuse(words) {
  problem(words)
  throw new Error(words)
}
