/** Which days can be booked, and the words on each. Pure. */
import type { BookingDay } from '@/api/types/booking'
import { t } from '@/i18n'
import { clock, dateOf, monthDay } from '@/i18n/format'

export type DayState = 'free' | 'full' | 'not_open' | 'closed' | 'rush'

/** `rushOver`: the queue for it has ended, what is left is for everybody. */
export function dayState(day: BookingDay, priority: boolean, rushOver = ''): DayState {
  if (day.closed) return 'closed'
  if (day.rush && day.rush !== rushOver) return 'rush'
  if (day.opens_at) return 'not_open'
  return freeOn(day, priority) > 0 ? 'free' : 'full'
}

/** Priority places count only for who asked for one. */
export const freeOn = (day: BookingDay, priority: boolean): number => day.free + (priority ? day.priority_free : 0)

export function dayWords(day: BookingDay, priority: boolean, rushOver = ''): string {
  const state = dayState(day, priority, rushOver)
  if (state === 'free') return t('time.free', { n: freeOn(day, priority) })
  if (state === 'not_open')
    return t('time.opens', { time: `${monthDay(dateOf(day.opens_at ?? ''))} ${clock(day.opens_at)}` })
  return t(`time.${state}`)
}

const FORTNIGHT = 14 * 24 * 3_600_000

/** The first two weeks; the rest when asked for. */
export function upcoming(days: BookingDay[], all: boolean): BookingDay[] {
  const end = Date.parse(days[0]?.date ?? '') + FORTNIGHT
  return all ? days : days.filter(({ date }) => Date.parse(date) < end)
}
export const hasMore = (days: BookingDay[]): boolean => upcoming(days, false).length < days.length

/** The day to begin with: the first with places, else the first to queue for, else the first of all. */
export function firstDay(days: BookingDay[], priority: boolean, rushOver = ''): string {
  const by = (state: DayState) => days.find((day) => dayState(day, priority, rushOver) === state)
  return (by('free') ?? by('rush') ?? days[0])?.date ?? ''
}
