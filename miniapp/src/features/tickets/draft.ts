/** A ticket while it is being written: its steps, what each still lacks, what is sent. Pure but for the stored copy. */
import type { FieldProblem } from '@/api/problem'
import type { FormValues } from '@/api/types/case'
import type { FormField } from '@/api/types/item'
import type { Bounds, PlaceInput, TicketCategory, TicketInput, TicketKind, TicketOptions } from '@/api/types/ticket'
import { fieldsOf, visibleFields } from '@/features/cases/form'
import { validate } from '@/features/cases/validate'
import { slot, type Slot } from '@/features/shared/kept'
import { tooLong } from '@/features/shared/length'
import { signs } from '@/features/shared/numbers'
import { tidied } from '@/features/shared/words'
import { t } from '@/i18n'
import type { Point } from '@/platform/location'

/** As the server's: less than this says nothing. */
const TITLE_MIN = 2
const BODY_MIN = 5

export interface Draft {
  category: string
  title: string
  body: string
  answers: FormValues
  place: PlaceInput
  share: boolean
}

export type Step = 'category' | 'words' | 'place' | 'send'

export const noPlace = (): PlaceInput => ({ kind: 'none', latitude: null, longitude: null, address: '', hall: '' })
export const emptyDraft = (): Draft => ({
  category: '',
  title: '',
  body: '',
  answers: {},
  place: noPlace(),
  share: false,
})

/** The place of what was written of a kind; a page takes it once, for the person who is there. */
export const draftPlace = (kind: TicketKind): Slot<Partial<Draft>> => slot(`ticket:${kind}`)
export const draftIn = (place: Slot<Partial<Draft>>): Draft => ({ ...emptyDraft(), ...place.read() })
/** Without the point: where somebody was is not kept. */
export const keepDraft = (place: Slot<Partial<Draft>>, draft: Draft): boolean =>
  place.write({ ...draft, place: draft.place.kind === 'map' ? noPlace() : draft.place })

/** The categories that take tickets of a kind, each with the names above it. */
export function leaves(
  categories: TicketCategory[],
  kind: TicketKind,
): { category: TicketCategory; above: TicketCategory[] }[] {
  const walk = (
    list: TicketCategory[],
    above: TicketCategory[],
  ): { category: TicketCategory; above: TicketCategory[] }[] =>
    list.flatMap((one) => (one.children.length ? walk(one.children, [...above, one]) : [{ category: one, above }]))
  return walk(categories, []).filter(({ category }) => category.kind === kind)
}

export const fieldsAsked = (category: TicketCategory | null): FormField[] => fieldsOf(category?.form?.ui.pages ?? [])

export const stepsOf = (category: TicketCategory | null): Step[] =>
  category && category.place !== 'none' ? ['category', 'words', 'place', 'send'] : ['category', 'words', 'send']

export const inside = (point: Point, bounds: Bounds | null): boolean =>
  !bounds ||
  (point.latitude >= bounds.south &&
    point.latitude <= bounds.north &&
    point.longitude >= bounds.west &&
    point.longitude <= bounds.east)

const problem = (path: string, message: string): FieldProblem => ({ path, code: 'required', message })

export function faultsOf(
  step: Step,
  draft: Draft,
  category: TicketCategory | null,
  options: TicketOptions,
): FieldProblem[] {
  if (step === 'category') return category ? [] : [problem('/category', t('ticketNew.needCategory'))]
  if (step === 'words') return wordFaults(draft, category, options)
  if (step === 'place') return placeFaults(draft.place, category, options.bounds)
  return []
}

function wordFaults(
  draft: Draft,
  category: TicketCategory | null,
  { title_max, body_max }: TicketOptions,
): FieldProblem[] {
  const [title, body] = [signs(tidied(draft.title)), signs(tidied(draft.body))]
  const own: FieldProblem[] = []
  if (title < TITLE_MIN || title > title_max)
    own.push(
      problem(
        '/title',
        tooLong(draft.title, title_max) || t('ticketNew.titleLength', { min: TITLE_MIN, max: title_max }),
      ),
    )
  if (body < BODY_MIN || body > body_max)
    own.push(
      problem('/body', tooLong(draft.body, body_max) || t('ticketNew.bodyLength', { min: BODY_MIN, max: body_max })),
    )
  const all = fieldsAsked(category)
  const asked = validate(visibleFields(all, draft.answers, all), draft.answers, all)
  return [...asked.map((one) => ({ ...one, path: `/answers${one.path}` })), ...own]
}

function placeFaults(place: PlaceInput, category: TicketCategory | null, bounds: Bounds | null): FieldProblem[] {
  if (place.kind === 'none') return category?.place === 'required' ? [problem('/place', t('ticketNew.needPlace'))] : []
  if (place.kind === 'hall') return place.hall ? [] : [problem('/place/hall', t('ticketNew.needHall'))]
  if (place.kind === 'address')
    return tidied(place.address) ? [] : [problem('/place/address', t('ticketNew.needAddress'))]
  if (place.latitude === null || place.longitude === null) return [problem('/place', t('ticketNew.needPoint'))]
  const there = inside({ latitude: place.latitude, longitude: place.longitude }, bounds)
  return there ? [] : [problem('/place', t('ticketNew.outside'))]
}

/** The step on which the server's or our own first complaint can be put right. */
export function stepOf(faults: FieldProblem[], steps: Step[]): Step {
  const path = faults[0]?.path ?? ''
  if (path.startsWith('/category')) return 'category'
  if (path.startsWith('/place') && steps.includes('place')) return 'place'
  return /^\/(title|body|answers|photos)/.test(path) ? 'words' : 'send'
}

/** Only answers to what is asked, and only the place that was chosen: a hall's name is no address. */
export function inputOf(draft: Draft, category: TicketCategory, photos: string[]): TicketInput {
  const all = fieldsAsked(category)
  const shown = visibleFields(all, draft.answers, all).filter(({ name }) => draft.answers[name] !== undefined)
  return {
    category: category.code,
    title: tidied(draft.title),
    body: tidied(draft.body),
    answers: Object.fromEntries(shown.map(({ name }) => [name, draft.answers[name]])),
    place: category.place === 'none' ? noPlace() : onlyChosen(draft.place),
    photos,
    share_consent: draft.share,
  }
}

function onlyChosen(place: PlaceInput): PlaceInput {
  const { kind, latitude, longitude, address, hall } = place
  if (kind === 'hall') return { ...noPlace(), kind, hall }
  if (kind === 'address') return { ...noPlace(), kind, address: tidied(address) }
  return kind === 'map' ? { ...noPlace(), kind, latitude, longitude, address: tidied(address) } : noPlace()
}
