import { describe, expect, it } from 'vitest'
import { iconFor } from '@/features/catalog/icons'
import { hoursText } from '@/features/catalog/words'
import { forgetSearches, rememberSearch, searches } from '@/features/search/history'
import { searchLocally } from '@/features/search/local'
import { setLocale } from '@/i18n'

describe('search history', () => {
  it('keeps the newest first, each once, eight at most', () => {
    for (let number = 0; number < 10; number += 1) rememberSearch(`词${number}`)
    rememberSearch('词5')
    expect(searches()[0]).toBe('词5')
    expect(new Set(searches()).size).toBe(searches().length)
    expect(searches().length).toBe(8)
    forgetSearches()
    expect(searches()).toEqual([])
  })
})

it('searches the saved catalogue by plain words', () => {
  const one = {
    code: 'A',
    name: '居住证申领',
    name_en: 'Residence permit',
    short_name: '',
    summary: '',
    department: {},
  } as never
  expect(searchLocally([one], ' residence ').map(({ code }) => code)).toEqual(['A'])
  expect(searchLocally([one], '')).toEqual([])
})

it('has a sign for every theme', () => {
  expect(iconFor('公积金')).toBe('piggy-bank')
  expect(iconFor('没有见过', 'baby')).toBe('baby')
  expect(iconFor('没有见过', 'no-such-icon')).toBe('file-text')
})

describe('opening hours', () => {
  const hours = [
    { days: '1-5', from: '09:00', to: '12:00' },
    { days: '1-5', from: '13:30', to: '17:30' },
    { days: '6', from: '09:00', to: '12:00' },
  ]
  it('reads in Chinese', () => expect(hoursText(hours)).toBe('周一至周五 09:00–12:00 13:30–17:30\n周六 09:00–12:00'))
  it('reads in English', () => {
    setLocale('en')
    expect(hoursText(hours)).toBe('Mon–Fri 09:00–12:00 13:30–17:30\nSat 09:00–12:00')
  })
})
