/** The times of a day, in the halves of the day, and the words on each. Pure. */
import type { BookingTime } from '@/api/types/booking'
import { t } from '@/i18n'
import { clock, moment, dateOf } from '@/i18n/format'

export interface Half {
  part: 'am' | 'pm'
  times: BookingTime[]
}

/** 上午 and 下午; a half without times is left out. */
export function halves(times: BookingTime[]): Half[] {
  const ordered = [...times].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at))
  const parts: Half[] = [
    { part: 'am', times: ordered.filter(({ starts_at }) => clock(starts_at) < '12') },
    { part: 'pm', times: ordered.filter(({ starts_at }) => clock(starts_at) >= '12') },
  ]
  return parts.filter((half) => half.times.length > 0)
}

export const freeAt = (time: BookingTime, priority: boolean): number => time.free + (priority ? time.priority_free : 0)
export const canChoose = (time: BookingTime, priority: boolean): boolean =>
  time.state === 'open' && freeAt(time, priority) > 0

export function timeWords(time: BookingTime, priority: boolean): string {
  if (canChoose(time, priority)) {
    if (priority && time.priority_free > 0) return t('time.freeBoth', { n: time.free, priority: time.priority_free })
    return t('time.free', { n: time.free })
  }
  if (time.state === 'open' || time.state === 'full') return t('time.full')
  if (time.state === 'not_open') {
    const sameDay = dateOf(time.opens_at) === dateOf(time.starts_at)
    return t('time.opens', { time: sameDay ? clock(time.opens_at) : moment(time.opens_at) })
  }
  return t(time.state === 'past' ? 'time.past' : 'time.closed')
}
