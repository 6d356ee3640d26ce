/**
 * Numbers as people write and paste them, cleaned as the server cleans them (zhijian/core/numbers.py) before they are
 * judged and sent. server/tests/shared/vectors/numbers.json holds both to it. Pure.
 */

// Categories Cc and Cf, and what chooses between pictures of one sign, as ranges: old kernels know no \p{…}.
const UNSEEN =
  '\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890-\\u0891\\u08e2\\u180b-\\u180f' +
  '\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\ufff9-\\ufffb\\u{110bd}\\u{110cd}' +
  '\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}\\u{e0100}-\\u{e01ef}'
const SPACES = '\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
// Category Pd, and what looks like a dash and is typed as one.
const DASHES =
  '\\u002d\\u02d7\\u058a\\u05be\\u1400\\u1806\\u2010-\\u2015\\u2043\\u2212\\u2500\\u2e17\\u2e1a\\u2e3a\\u2e3b\\u2e40\\u2e5d' +
  '\\u301c\\u3030\\u30a0\\u30fc\\ufe31\\ufe32\\ufe58\\ufe63\\uff0d\\uff70\\u{10d6e}\\u{10ead}'
/* eslint-disable no-misleading-character-class -- what joins other signs is cleaned away by itself */
const BLANK = new RegExp(`[${UNSEEN}]`, 'gu')
const BETWEEN = new RegExp(`[${UNSEEN}${SPACES}${DASHES}]`, 'gu')
/* eslint-enable no-misleading-character-class */
const SPACE_RUN = new RegExp(`[${SPACES}]+`, 'gu')
const DASH_RUN = new RegExp(`[${DASHES}]+`, 'gu')
/** What people type for the X that ends an id number. */
const LIKE_X = /[×✕✖ХхΧχ]/g

const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^(0(?:10|2\d|[3-9]\d\d))(\d{7,8})$/
const PHONE =
  /^(1[3-9]\d{9}|(0(10|2\d|[3-9]\d{2})-\d{7,8}|[48]00-\d{3}-\d{4})(\u8f6c\d{1,6})?|\+(85[23][2-9]\d{7}|886[2-9]\d{7,8}|([1-79]\d|8[0-479]|85[014-9]|88[0-57-9])\d{5,12}))$/
/** The sign before an extension, as it is stored. */
const TRANSFER = '\u8f6c'
const MARKS = /[-()./]/g
const EXTENSION = /^(?:\u8f6c\u63a5?|\u5206\u673a\u53f7?|EXT|X|[#*,;])[.:]?(\d{1,6})$/
const LAST_GROUP = /^(.*\d{7,8}|[48]00-?\d{3}-?\d{4})-(\d{1,6})$/
/** What address books and letterheads put before a number: 联系 · 电话 手机 座机 固话 方式 · 号码. */
const LABEL =
  /^[([\u3010]?(?:\u8054\u7cfb)?(?:\u7535\u8bdd|\u624b\u673a|\u5ea7\u673a|\u56fa\u8bdd|\u65b9\u5f0f|TEL|PHONE|MOBILE)(?:\u53f7\u7801?)?[)\]\u3011]?[:.]?/
const SERVICE = /^([48]00)(\d{3})(\d{4})$/
/** Of Hong Kong, Macau and Taiwan also without the + of a country. */
const ABROAD = /^(?:(?:\+|00)(?!86)([1-9]\d*)|(85[23]\d{8}|886\d{9}))$/

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
const CREDIT_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

const folded = (text: string) => text.normalize('NFKC')
const upper = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())

/** A code of letters and digits: half width, upper case, without spaces, dashes and invisible signs. */
export function cleanCode(text: string): string {
  const bare = text.replace(BETWEEN, '')
  // Twice: what stood between two signs kept them from being folded into one.
  return upper(folded(folded(bare).replace(BETWEEN, '')))
}

export const cleanIdNumber = (text: string): string => cleanCode(text.replace(LIKE_X, 'X')).replace(LIKE_X, 'X')
export const cleanCreditCode = cleanCode

/** `19900001234`, `0999-1234567转801`, `400-990-1234`, `+85290001234`; anything else as it was written, without what can't be seen. */
export function cleanPhone(text: string): string {
  const readable = plain(text)
  const marked = upper(readable.replace(SPACE_RUN, '')).replace(LABEL, '')
  return mobileOf(marked) || landlineOf(marked) || abroadOf(marked) || readable
}

function plain(text: string): string {
  const seen = folded(text.replace(/[\t\n\r]+/g, ' ').replace(BLANK, '')).replace(BLANK, '')
  return folded(seen)
    .replace(SPACE_RUN, ' ')
    .replace(/^ +| +$/g, '')
}

function mobileOf(marked: string): string {
  const digits = marked.replace(DASH_RUN, '').replace(MARKS, '')
  const rest = ['+86', '0086', '86', '']
    .filter((prefix) => digits.startsWith(prefix))
    .map((prefix) => digits.slice(prefix.length))
  return rest.find((number) => MOBILE.test(number)) ?? ''
}

/** With its country, and without the 0 that is dialled at home only. */
function abroadOf(marked: string): string {
  // No lookbehind: old kernels don't know it.
  const dialled = marked.replace(DASH_RUN, '').replace(/(\d)\(0\)|(886)0/, '$1$2')
  const found = ABROAD.exec(dialled.replace(MARKS, ''))
  const number = found ? `+${found[1] ?? found[2]}` : ''
  return PHONE.test(number) ? number : ''
}

function landlineOf(marked: string): string {
  const grouped = marked.replace(DASH_RUN, '-').replace(/[()]/g, '-').replace(/-+/g, '-').replace(/^-|-$/g, '')
  for (const [line, extension] of splits(grouped)) {
    const number = lineOf(line, extension)
    if (number) return number
  }
  return ''
}

/** The line and its extension: after a word or sign for it, or as a last group behind a dash; or without one. */
function splits(grouped: string): [string, string][] {
  const found: [string, string][] = []
  for (let start = 0; start < grouped.length; start += 1) {
    const extension = EXTENSION.exec(grouped.slice(start))
    if (extension) found.push([grouped.slice(0, start), extension[1] ?? ''])
  }
  const last = LAST_GROUP.exec(grouped)
  if (last) found.push([last[1] ?? '', last[2] ?? ''])
  return [...found, [grouped, '']]
}

function lineOf(text: string, extension: string): string {
  let digits = text.replace(MARKS, '')
  const service = SERVICE.exec(digits)
  if (service) return `${service.slice(1).join('-')}${extension && `${TRANSFER}${extension}`}`
  const abroad = /^(?:\+|00)86/.exec(digits)
  if (abroad) {
    digits = digits.slice(abroad[0].length)
    // From abroad the area code is dialled without its 0.
    if (!digits.startsWith('0')) digits = `0${digits}`
  }
  const found = LANDLINE.exec(digits)
  return found ? `${found[1]}-${found[2]}${extension && `${TRANSFER}${extension}`}` : ''
}

export const isMobile = (text: string): boolean => MOBILE.test(cleanPhone(text))
/** A form also takes landlines, 400 and 800 numbers, and numbers abroad. */
export const isContactPhone = (text: string): boolean => PHONE.test(cleanPhone(text))
export const isCode = (text: string): boolean => /^\d{6}$/.test(cleanCode(text))

const DAYS = [
  /^(\d{4})\u5e74(\d{1,2})\u6708(\d{1,2})[\u65e5\u53f7]?$/,
  /^(\d{4})([-/.\u3002 ])(\d{1,2})\2(\d{1,2})$/,
  /^(\d{4})(\d\d)(\d\d)$/,
]

/** `2025-03-01` from any of the ways people write a date; what is no day of the calendar stays as it was written. */
export const cleanDay = (text: string): string => dayOf(text) || plain(text)
export const isDay = (text: string): boolean => dayOf(text) !== ''

function dayOf(text: string): string {
  const marked = plain(text)
    .replace(DASH_RUN, '-')
    .replace(/ ?([-/.\u3002\u5e74\u6708\u65e5\u53f7]) ?/g, '$1')
  const found = DAYS.map((shape) => shape.exec(marked)).find(Boolean)
  const [year, month, day] = (found ?? []).slice(1).filter((part) => /^\d+$/.test(part))
  if (!year || !month || !day || !realDay(Number(year), Number(month), Number(day))) return ''
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function realDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day))
  // Date.UTC reads the years before 100 as of the last century.
  date.setUTCFullYear(year, month - 1, day)
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** 公民身份号码 (GB 11643): 17 digits with a real birthday, and a check character. */
export function isIdNumber(text: string): boolean {
  const id = cleanIdNumber(text)
  const parts = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(id)
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (year < 1900 || Date.UTC(year, month - 1, day) > Date.now() + 864e5 || !realDay(year, month, day)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(id[index]), 0)
  return CHECKS[sum % 11] === id[17]
}

/** 统一社会信用代码 (GB 32100): 18 signs, the last of which is counted from the others. */
export function isCreditCode(text: string): boolean {
  const code = cleanCreditCode(text)
  const places = [...code].map((sign) => CREDIT_CHARACTERS.indexOf(sign))
  if (places.length !== 18 || places.includes(-1) || !/^..\d{6}/.test(code)) return false
  let weight = 1
  let sum = 0
  for (const place of places.slice(0, 17)) {
    sum += place * weight
    weight = (weight * 3) % 31
  }
  return (31 - (sum % 31)) % 31 === places[17]
}

/** How many signs a person sees: a rare sign is one, whatever it takes in memory. */
export const signs = (text: string): number => [...text].length
