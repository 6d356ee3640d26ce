import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { langOf, setLocale, t, tx } from '@/i18n'
import en from '@/i18n/en'
import { day, moment, money, size } from '@/i18n/format'
import zhCN from '@/i18n/zh-CN'

const flat = (messages: Record<string, Record<string, string>>) =>
  Object.entries(messages).flatMap(([space, words]) =>
    Object.entries(words).map(([key, text]) => [`${space}.${key}`, text] as const),
  )
const chinese = flat(zhCN)
const english = new Map(flat(en))

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.(vue|ts)$/.test(name) ? [path] : []
  })
}

describe('messages', () => {
  it('have the same keys in both languages', () =>
    expect([...english.keys()].sort()).toEqual(chinese.map(([key]) => key).sort()))
  it('take the same parameters', () => {
    const names = (text: string) =>
      [...text.matchAll(/\{(\w+)\}/g)]
        .map(([, name]) => name)
        .sort()
        .join()
    for (const [key, text] of chinese) expect([key, names(english.get(key) ?? '')]).toEqual([key, names(text)])
  })
  it('hold no character that the message format reads otherwise', () => {
    for (const [key, text] of [...chinese, ...english]) expect([key, /[@|]/.test(text)]).toEqual([key, false])
  })
  it('leave no Chinese in the English words, apart from the names of languages', () => {
    const own = new Set(['home.otherLanguage', 'settings.language'])
    const mixed = [...english].filter(([key, text]) => !own.has(key) && /\p{Script=Han}/u.test(text))
    expect(mixed).toEqual([])
  })
  it('are the only place with Chinese words for people', () => {
    const literal = /['"`>][^'"`<\n]*\p{Script=Han}[^'"`<\n]*['"`<]/u
    const allowed =
      /i18n\/|catalog\/icons\.ts|format\.ts|pages\/mine\/settings\.vue|licences\/status\.ts|case(s)?\/form\.ts/
    const withWords = sources('src')
      .filter((path) => !allowed.test(path))
      .filter((path) => {
        const code = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|<!--[\s\S]*?-->/g, '')
        return literal.test(code)
      })
    expect(withWords).toEqual([])
  })
  it('fills in parameters', () => expect(t('form.step', { step: 2, total: 5 })).toBe('第 2 步，共 5 步'))
})

describe('texts of the server', () => {
  const hall = { name: '市民之家', name_en: "Citizens' Centre", address: '某路' }
  it('come in the language of the app', () => {
    expect([tx(hall, 'name'), langOf(hall, 'name')]).toEqual(['市民之家', 'zh-CN'])
    setLocale('en')
    expect([tx(hall, 'name'), langOf(hall, 'name')]).toEqual(["Citizens' Centre", 'en'])
  })
  it('fall back to Chinese, marked as such', () => {
    setLocale('en')
    expect([tx(hall, 'address'), langOf(hall, 'address')]).toEqual(['某路', 'zh-CN'])
  })
})

describe('formats', () => {
  it('says the day as people do', () => {
    expect(day('2026-12-03', 2026)).toBe('12月3日(周四)')
    expect(day('2027-01-03', 2026)).toBe('2027年1月3日(周日)')
    setLocale('en')
    expect(day('2026-12-03', 2026)).toBe('Thu 3 Dec')
  })
  it('tells the time of China whatever the phone thinks', () => {
    expect(moment('2026-11-21T17:05:00Z', 2026)).toBe('11月22日(周日) 01:05')
    expect(day('2026-12-03T17:00:00+08:00', 2026)).toBe('12月3日(周四)')
  })
  it('is silent about nothing', () => expect([day(null), moment(''), day('nonsense')]).toEqual(['', '', '']))
  it('writes money and sizes', () =>
    expect([money('20'), money(5.5), size(2_097_152), size(10)]).toEqual(['¥20.00', '¥5.50', '2.0 MB', '1 KB']))
})
