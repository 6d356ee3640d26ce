/** What a booking says to its person, in sentences. Pure. */
import type { Booking, BookingDocument, BookingState, HallQueue, Visit, WaitEntry } from '@/api/types/booking'
import { t, tx } from '@/i18n'
import { clock, day, dateOf, span } from '@/i18n/format'

export const when = (booking: { starts_at: string; ends_at: string }): string =>
  `${day(booking.starts_at)} ${span(booking.starts_at, booking.ends_at)}`

/** Before, within or after the time in which one can sign in at the hall. */
export function arrival(booking: Booking, now: number): 'early' | 'open' | 'late' {
  if (now < Date.parse(booking.check_in_from)) return 'early'
  return now <= Date.parse(booking.check_in_until) ? 'open' : 'late'
}

export const isToday = (booking: { starts_at: string }, now: number): boolean =>
  dateOf(booking.starts_at) === dateOf(now)

export function sentence(booking: Booking, now: number): string {
  const hall = tx(booking.hall, 'name')
  if (booking.state === 'confirmed') {
    const times = {
      day: day(booking.starts_at),
      from: clock(booking.check_in_from),
      until: clock(booking.check_in_until),
      hall,
    }
    return t(`booking.say_${arrival(booking, now)}`, times)
  }
  if (booking.state === 'held') return t('booking.say_held', { time: clock(booking.hold_until) })
  if (booking.state === 'cancelled' && booking.reason) return t('booking.say_cancelledWhy', { reason: booking.reason })
  return t(`booking.say_${booking.state}`)
}

type Tone = 'plain' | 'info' | 'success' | 'warning' | 'danger'
const TONES: Record<BookingState, Tone> = {
  held: 'warning',
  confirmed: 'success',
  arrived: 'info',
  served: 'plain',
  missed: 'danger',
  cancelled: 'plain',
  expired: 'plain',
}
export const toneOf = (state: BookingState): Tone => TONES[state]

/** 原件1份，复印件2份 */
export function copiesText({ originals, copies }: BookingDocument): string {
  const parts = [
    originals > 0 && t('guide.originals', { n: originals }),
    copies > 0 && t('guide.copies', { n: copies }),
  ]
  return parts.filter(Boolean).join(t('common.comma'))
}

/** How full the counters are now; empty where the hall does not tell. */
export function queueText(queue: HallQueue | null | undefined, groupName: string): string {
  const group = queue?.groups.find(({ name }) => name === groupName)
  if (!group) return ''
  if (group.waiting === 0) return t('choose.nobody')
  if (group.mean_wait_minutes === null) return t('choose.waiting', { n: group.waiting })
  return t('choose.waitingMinutes', { n: group.waiting, m: group.mean_wait_minutes })
}

export const waitingPart = (entry: Pick<WaitEntry, 'part'>): string => t(`time.part_${entry.part}`)

/** What is said aloud when it changes: whose turn, not how many minutes. */
export function ticketText(visit: Visit): string {
  if (visit.state === 'called') return t('visit.called', { number: visit.number, counter: visit.counter ?? '' })
  if (visit.state === 'waiting') return visit.ahead ? t('visit.ahead', { n: visit.ahead }) : t('visit.next')
  return t(`visit.${visit.state}`)
}

export function estimateText(visit: Visit): string {
  if (visit.state !== 'waiting') return ''
  return visit.estimate_minutes === null
    ? t('visit.noCounter')
    : t('visit.minutes', { n: Math.max(1, Math.round(visit.estimate_minutes)) })
}

/** The one that comes next: one still to be confirmed before those that are. */
export function nextOf(bookings: Booking[]): Booking | null {
  const open = bookings.filter(({ state }) => state === 'held' || state === 'confirmed' || state === 'arrived')
  const order = (a: Booking, b: Booking) =>
    Number(b.state === 'held') - Number(a.state === 'held') || Date.parse(a.starts_at) - Date.parse(b.starts_at)
  return open.sort(order)[0] ?? null
}
