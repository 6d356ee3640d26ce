/**
 * Words that only this phone has, each bound to the person who typed them: they outlive the end of a session, and are
 * shown to nobody else. Whoever has not signed in types for the next who does.
 */
import { keys, read, remove, write } from '@/platform/storage'

const MARK = 'draft:'
const NOBODY = ''
/** Who is signed in, known without network too. */
const PERSON = 'person'

interface Entry {
  at: number
  value: unknown
}

let person = NOBODY
/** Whose pages may still be open. */
let last = NOBODY

const place = (owner: string, name: string) => `${MARK}${owner}:${name}`
const ownerOf = (key: string) => key.slice(MARK.length).split(':')[0] ?? NOBODY
const held = () => keys().filter((key) => key.startsWith(MARK))

/** The app was opened again with a session. */
export function resume(signedIn: boolean): void {
  person = signedIn ? (read<string>(PERSON) ?? NOBODY) : NOBODY
  last = person
}

/**
 * `id` is signed in: what was typed just before is theirs, and what others left on this phone goes. True when pages of
 * somebody else may be open.
 */
export function belongTo(id: string): boolean {
  const another = last !== NOBODY && last !== id
  person = id
  last = id
  write(PERSON, id)
  for (const key of held()) {
    if (ownerOf(key) === NOBODY) adopt(key, place(id, key.slice(place(NOBODY, '').length)))
    else if (ownerOf(key) !== id) remove(key)
  }
  return another
}

/** Of two drafts of the same the one written last is meant; what it leaves empty is filled from the other. */
function adopt(from: string, to: string): void {
  const [theirs, own] = [read<Entry>(from), read<Entry>(to)]
  if (theirs && own) {
    const [newer, older] = theirs.at >= own.at ? [theirs, own] : [own, theirs]
    write(to, { at: newer.at, value: filled(newer.value, older.value) } satisfies Entry)
  } else if (theirs) write(to, theirs)
  remove(from)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  value === 0 ||
  (typeof value === 'object' && Object.values(value).every(isEmpty))

function filled(newer: unknown, older: unknown): unknown {
  if (isRecord(newer) && isRecord(older) && !isEmpty(newer)) {
    const names = [...new Set([...Object.keys(older), ...Object.keys(newer)])]
    return Object.fromEntries(names.map((name) => [name, filled(newer[name], older[name])]))
  }
  return isEmpty(newer) ? older : newer
}

/** Nobody is signed in, and a draft of this name waits for the person whose session ended. */
export const waits = (name: string): boolean =>
  person === NOBODY && held().some((key) => ownerOf(key) !== NOBODY && key.endsWith(`:${name}`))

/** The session ended, not by the person's wish. */
export function unbind(): void {
  person = NOBODY
  remove(PERSON)
}

/** The person signed out: nothing of theirs stays on this phone. */
export function forgetAll(): void {
  unbind()
  last = NOBODY
  held().forEach(remove)
}

export interface Slot<T> {
  read: () => T | null
  /** False when this phone could not keep it. */
  write: (value: T) => boolean
  remove: () => void
}

/** The place of one draft. A page opened by one person never writes among the words of another. */
export function slot<T>(name: string): Slot<T> {
  const typist = person
  const key = () => place(typist || person, name)
  const foreign = () => typist !== NOBODY && person !== NOBODY && typist !== person
  return {
    read: () => (foreign() ? null : ((read<Entry>(key())?.value ?? null) as T | null)),
    write: (value) => !foreign() && write(key(), { at: Date.now(), value } satisfies Entry),
    remove: () => void (foreign() || remove(key())),
  }
}
