/** The parts of a draft that the server does not have yet, and those that another phone has changed meanwhile. */
import { ref } from 'vue'
import type { CaseDetail, Delivery, FieldValue } from '@/api/types/case'
import type { Answers } from '@/api/types/item'
import { slot, type Slot } from '@/features/shared/kept'
import { merge, sameValue, type Parts } from '@/features/shared/merge'

export type PartValue = FieldValue | Answers | Delivery
/** `on`: the revision of the draft that it was typed on. */
export interface Kept {
  value: PartValue
  on: number
}

export const ANSWERS = '/answers'
export const DELIVERY = '/delivery'
const FORM = '/form/'
export const partOf = (name: string): string => FORM + name
export const fieldOf = (part: string): string | null => (part.startsWith(FORM) ? part.slice(FORM.length) : null)

/** What the server has of a part. */
export function savedOf({ answers, delivery, form }: CaseDetail, part: string): PartValue {
  const name = fieldOf(part)
  if (name !== null) return form.values[name]
  return part === ANSWERS ? answers : chosen(delivery)
}

/** A delivery as it is chosen, without how far it has come. */
function chosen(delivery: Delivery | null): Delivery | null {
  if (!delivery) return null
  const { method, hall, address, receiver, phone } = delivery
  return Object.fromEntries(
    Object.entries({ method, hall, address, receiver, phone }).filter(([, value]) => value),
  ) as unknown as Delivery
}

export function useUnsent() {
  const unsent = ref<Parts<Kept>>({})
  const asked = ref<Parts<Kept>>({})
  /** False when this phone's storage is full or forbidden. */
  const onPhone = ref(true)
  let copy: Slot<Parts<Kept>> | null = null

  function settle(fetched: CaseDetail, typed: Parts<Kept>) {
    const found = merge(
      typed,
      (part, kept) => sameValue(savedOf(fetched, part), kept.value),
      (part, kept) => (fetched.revisions[part] ?? 0) > kept.on,
    )
    unsent.value = Object.fromEntries(
      Object.entries(found.unsent).map(([part, { value }]) => [part, { value, on: fetched.revision }]),
    )
    asked.value = found.asked
    keep()
  }

  /** Takes up what this phone kept of the draft. */
  function open(fetched: CaseDetail) {
    copy = slot(`case:${fetched.id}`)
    settle(fetched, copy.read() ?? {})
  }

  /** The draft as the server has it now; `sent` has arrived there. What was typed meanwhile was typed on it. */
  function arrive(fetched: CaseDetail, sent: Parts<PartValue> = {}) {
    const typed: Parts<Kept> = { ...asked.value }
    for (const [part, kept] of Object.entries(unsent.value)) {
      if (!(part in sent)) typed[part] = kept
      else if (!sameValue(sent[part], kept.value)) typed[part] = { ...kept, on: fetched.revision }
    }
    settle(fetched, typed)
  }

  function type(part: string, value: PartValue, on: number) {
    unsent.value = { ...unsent.value, [part]: { value, on: unsent.value[part]?.on ?? on } }
  }

  /** The person has seen both and takes theirs, or the saved one. */
  function choose(part: string, mine: boolean, on: number) {
    const { [part]: kept, ...others } = asked.value
    asked.value = others
    if (mine && kept) unsent.value = { ...unsent.value, [part]: { value: kept.value, on } }
    keep()
  }

  function drop(parts: string[]) {
    unsent.value = Object.fromEntries(Object.entries(unsent.value).filter(([part]) => !parts.includes(part)))
    keep()
  }

  /** What somebody else decides, as the register does of the applicant's name, is neither sent nor asked about. */
  function leaveTo(parts: string[]) {
    asked.value = Object.fromEntries(Object.entries(asked.value).filter(([part]) => !parts.includes(part)))
    drop(parts)
  }

  /** On this phone, for when it is closed before everything has arrived. */
  function keep() {
    const all = { ...unsent.value, ...asked.value }
    if (Object.keys(all).length) onPhone.value = copy?.write(all) ?? false
    else copy?.remove()
  }

  const forget = () => {
    unsent.value = {}
    asked.value = {}
    copy?.remove()
  }

  return { unsent, asked, onPhone, open, arrive, type, choose, drop, leaveTo, keep, forget }
}
