/** How long something is still kept. Pure. */
import { t } from '@/i18n'

export interface Left {
  seconds: number
  over: boolean
  /** The last minute, said aloud once. */
  soon: boolean
}

/** From `now` (milliseconds) until a moment; whole seconds, never less than none. */
export function left(until: string, now: number): Left {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)) || 0
  return { seconds, over: seconds === 0, soon: seconds > 0 && seconds <= 60 }
}

/** 4分32秒, 1小时5分: minutes are enough beyond an hour. */
export function leftWords({ seconds }: Left): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  if (hours > 0) return t('hold.hours', { h: hours, m: minutes })
  return minutes > 0 ? t('hold.minutes', { m: minutes, s: rest }) : t('hold.seconds', { s: rest })
}

/** What a screen reader hears: nothing each second, once at one minute, once at the end. */
export function spoken({ over, soon }: Left): string {
  if (over) return t('hold.over')
  return soon ? t('hold.soon') : ''
}
