/** Which days can be booked, and the words on each. Pure. */
import type { BookingDay } from '@/api/types/booking'
import { t } from '@/i18n'
import { moment } from '@/i18n/format'

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
  if (state === 'not_open') return t('time.opens', { time: moment(day.opens_at) })
  return t(`time.${state}`)
}

const SHOWN = 14

/** The next fortnight first; the rest when asked for. */
export const upcoming = (days: BookingDay[], all: boolean): BookingDay[] => (all ? days : days.slice(0, SHOWN))
export const hasMore = (days: BookingDay[]): boolean => days.length > SHOWN

/** The day to begin with: the first with places, else the first to queue for, else the first of all. */
export function firstDay(days: BookingDay[], priority: boolean, rushOver = ''): string {
  const by = (state: DayState) => days.find((day) => dayState(day, priority, rushOver) === state)
  return (by('free') ?? by('rush') ?? days[0])?.date ?? ''
}
