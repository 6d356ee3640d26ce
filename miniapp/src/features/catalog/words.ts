import type { Answers, Item } from '@/api/types/item'
import { openQuestions, type Applied } from './situation'
import { t } from '@/i18n'
import { money, weekday } from '@/i18n/format'

/** An open question that can change the fee: then no figure is right yet. */
const feeDepends = (item: Item, answers: Answers) =>
  openQuestions(item, answers).some(({ options }) => options.some(({ fee }) => fee))

/** 免费, ¥20.00, or the words that the guide uses. */
export function feeText(item: Item, applied: Applied, answers: Answers): string {
  if (applied.fee) return applied.fee
  if (feeDepends(item, answers)) return t('guide.feeDepends')
  if (!item.charged) return t('guide.free')
  const amounts = item.fees.map(({ amount }) => amount).filter((amount) => amount !== null && amount !== '')
  if (item.fees.length === 1 && amounts.length === 1) return money(amounts[0] as string | number)
  return t('guide.charged')
}

/** Empty when the office has not said: silence is no promise. */
export function visitsText(visits: number | null): string {
  if (visits === null) return ''
  return visits === 0 ? t('guide.noVisit') : t('guide.visits', { n: visits })
}

interface Opening {
  /** `1-5`, `6`: days of the week from Monday. */
  days: string
  from: string
  to: string
}

function byDays(openings: Opening[]): string {
  const days = [...new Set(openings.map((one) => one.days))]
  return days
    .map((range) => {
      const times = openings.filter((one) => one.days === range).map(({ from, to }) => `${from}–${to}`)
      return `${daysText(range)} ${times.join(' ')}`
    })
    .join('\n')
}

/** 周一至周五 / Mon–Fri */
function daysText(range: string): string {
  const [first = 1, last = first] = range.split('-').map(Number)
  return first === last ? weekday(first) : t('common.range', { from: weekday(first), to: weekday(last) })
}

/** Opening hours come as words or as a list of openings; both are shown as lines. */
export function hoursText(hours: unknown): string {
  if (typeof hours === 'string') return hours
  if (Array.isArray(hours)) return byDays(hours as Opening[])
  return ''
}
