/** Dates, money and sizes as people say them. All times are those of China, whatever the phone thinks. */
import { currentLocale, t } from './index'

const CHINA_OFFSET = 8 * 3_600_000
const WEEK_ZH = ['日', '一', '二', '三', '四', '五', '六']
const WEEK_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Shifted, so that the UTC getters give the calendar of China. */
function inChina(value: string): Date | null {
  const dateOnly = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (dateOnly) return new Date(Date.UTC(Number(dateOnly[1]), Number(dateOnly[2]) - 1, Number(dateOnly[3])))
  const moment = Date.parse(value)
  return Number.isNaN(moment) ? null : new Date(moment + CHINA_OFFSET)
}

/** 12月3日(周四); with the year where it is not this year. */
export function day(value: string | null | undefined, thisYear = new Date().getFullYear()): string {
  const date = value ? inChina(value) : null
  if (!date) return ''
  const [year, month, dayOfMonth, weekday] = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCDay(),
  ]
  if (currentLocale() === 'en') {
    return `${WEEK_EN[weekday]} ${dayOfMonth} ${MONTHS_EN[month]}${year === thisYear ? '' : ` ${year}`}`
  }
  return `${year === thisYear ? '' : `${year}年`}${month + 1}月${dayOfMonth}日(周${WEEK_ZH[weekday]})`
}

/** 12月3日 / 3 Dec */
export function monthDay(value: string): string {
  const date = inChina(value)
  if (!date) return ''
  const [month, dayOfMonth] = [date.getUTCMonth(), date.getUTCDate()]
  return currentLocale() === 'en' ? `${dayOfMonth} ${MONTHS_EN[month]}` : `${month + 1}月${dayOfMonth}日`
}

/** 周四 / Thu */
export const weekdayOf = (value: string): string => weekday(inChina(value)?.getUTCDay() ?? 0)

/** 12月3日(周四) 09:10 */
export function moment(value: string | null | undefined, thisYear?: number): string {
  const date = value ? inChina(value) : null
  if (!date) return ''
  return `${day(value, thisYear)} ${clock(value)}`
}

/** 09:10 */
export function clock(value: string | null | undefined): string {
  const date = value ? inChina(value) : null
  const two = (number: number) => String(number).padStart(2, '0')
  return date ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}` : ''
}

/** 09:00–09:30 */
export const span = (from: string, to: string): string => `${clock(from)}–${clock(to)}`

/** The calendar day of a moment in China, as 2026-12-03. */
export function dateOf(value: string | number): string {
  return new Date((typeof value === 'number' ? value : Date.parse(value)) + CHINA_OFFSET).toISOString().slice(0, 10)
}

/** 周一 / Mon; counted from Monday = 1. */
export function weekday(number: number): string {
  return currentLocale() === 'en' ? (WEEK_EN[number % 7] ?? '') : `周${WEEK_ZH[number % 7]}`
}

/** ¥20.00 */
export function money(amount: string | number): string {
  return `¥${Number(amount).toFixed(2)}`
}

/** 1.2 MB */
export function size(bytes: number): string {
  if (bytes >= 1_048_576) return `${(bytes / 1_048_576).toFixed(1)} MB`
  return `${Math.max(1, Math.round(bytes / 1024))} KB`
}

/** 10个工作日 / 10 working days; with a word where the guide states none. */
export function limit(value: { text: string; text_en: string } | null | undefined): string {
  if (!value) return t('guide.limitUnstated')
  return currentLocale() === 'en' ? value.text_en || value.text : value.text
}
