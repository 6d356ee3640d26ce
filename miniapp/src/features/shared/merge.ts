/** What becomes of words typed on this phone when the server has moved on. Pure. */

export type Parts<K> = Record<string, K>

export interface Merged<K> {
  /** Goes to the server without a question. */
  unsent: Parts<K>
  /** Both were changed, differently: the person decides. */
  asked: Parts<K>
}

/** One of `asked`, as it is shown to the person. */
export interface Difference {
  part: string
  label: string
  mine: string
  saved: string
}

/**
 * `same`: the server has just that. `newer`: the server's was changed after this was typed on it. Nothing typed is
 * dropped but what the server has already.
 */
export function merge<K>(
  typed: Parts<K>,
  same: (part: string, kept: K) => boolean,
  newer: (part: string, kept: K) => boolean,
): Merged<K> {
  const merged: Merged<K> = { unsent: {}, asked: {} }
  for (const [part, kept] of Object.entries(typed)) {
    if (same(part, kept)) continue
    ;(newer(part, kept) ? merged.asked : merged.unsent)[part] = kept
  }
  return merged
}

const plain = (value: unknown): unknown =>
  value === undefined || value === '' || (Array.isArray(value) && !value.length) ? null : value

/** Equal as answers are: nothing said in whatever way is the same, and the order of keys says nothing. */
export function sameValue(one: unknown, other: unknown): boolean {
  const [a, b] = [plain(one), plain(other)]
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => sameValue((a as Parts<unknown>)[name], (b as Parts<unknown>)[name]))
}
