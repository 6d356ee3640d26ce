/**
 * What the person has said so far about a booking, and which documents they have put in their bag. On this phone
 * only, and forgotten when they sign out (`draft:`).
 */
import type { Answers } from '@/api/types/item'
import { read, remove, write } from '@/platform/storage'

export interface Choice {
  answers: Answers
  /** The delegation of who comes; empty: myself. */
  delegation: string
  priority: boolean
}

const choiceKey = (item: string) => `draft:booking:${item}`
const bagKey = (booking: string) => `draft:bag:${booking}`

export const choiceOf = (item: string): Choice => ({ answers: {}, delegation: '', priority: false, ...read<Partial<Choice>>(choiceKey(item)) })
export const keepChoice = (item: string, changes: Partial<Choice>): boolean => write(choiceKey(item), { ...choiceOf(item), ...changes })
export const forgetChoice = (item: string): void => remove(choiceKey(item))

export const packed = (booking: string): string[] => read<string[]>(bagKey(booking)) ?? []
export const pack = (booking: string, documents: string[]): boolean => write(bagKey(booking), documents)
export const unpack = (booking: string): void => remove(bagKey(booking))
