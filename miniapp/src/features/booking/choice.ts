/**
 * What the person has said so far about a booking, and which documents they have put in their bag. On this phone
 * only, bound to them, and forgotten when they sign out.
 */
import type { Answers } from '@/api/types/item'
import { slot } from '@/features/shared/kept'

export interface Choice {
  answers: Answers
  /** The delegation of who comes; empty: myself. */
  delegation: string
  priority: boolean
}

const choice = (item: string) => slot<Partial<Choice>>(`booking:${item}`)
const bag = (booking: string) => slot<string[]>(`bag:${booking}`)

export const choiceOf = (item: string): Choice => ({
  answers: {},
  delegation: '',
  priority: false,
  ...choice(item).read(),
})
export const keepChoice = (item: string, changes: Partial<Choice>): boolean =>
  choice(item).write({ ...choiceOf(item), ...changes })
export const forgetChoice = (item: string): void => choice(item).remove()

export const packed = (booking: string): string[] => bag(booking).read() ?? []
export const pack = (booking: string, documents: string[]): boolean => bag(booking).write(documents)
export const unpack = (booking: string): void => bag(booking).remove()
