/** What this person searched before: on this phone only, never sent anywhere. */
import { read, remove, write } from '@/platform/storage'

const KEY = 'searches'
const KEPT = 8

export const searches = (): string[] => read<string[]>(KEY) ?? []
export const forgetSearches = () => remove(KEY)

export function rememberSearch(words: string): string[] {
  const kept = [words, ...searches().filter((one) => one !== words)].slice(0, KEPT)
  write(KEY, kept)
  return kept
}
