import { describe, expect, it } from 'vitest'
import { isOwn } from '@/features/identity/next'
import { isCode, isContactPhone, isIdNumber, isMobile } from '@/features/shared/numbers'

/** An invented number: unassigned region, correct check character. */
function withCheck(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return first17 + '10X98765432'[sum % 11]
}

describe('id number', () => {
  it('accepts a correct one, with x in either case', () => {
    for (let serial = 0; serial < 40; serial += 1) {
      const id = withCheck(`99010119900101${String(serial).padStart(3, '0')}`)
      expect(isIdNumber(id)).toBe(true)
      expect(isIdNumber(id.toLowerCase())).toBe(true)
    }
  })
  it('refuses any single wrong digit', () => {
    const id = withCheck('99010119900101001')
    for (let at = 0; at < 17; at += 1) {
      const other = String((Number(id[at]) + 1) % 10)
      expect(isIdNumber(id.slice(0, at) + other + id.slice(at + 1))).toBe(false)
    }
  })
  it.each(['', '123', withCheck('99010119900230001'), withCheck('99010119901301001')])('refuses %s', (id) =>
    expect(isIdNumber(id)).toBe(false),
  )
})

describe('phones and codes', () => {
  it.each([
    ['19900001234', true],
    ['1990000123', false],
    ['29900001234', false],
    ['12000001234', false],
  ])('%s', (value, good) => expect(isMobile(value)).toBe(good))
  it('takes a landline where a contact is asked', () => expect(isContactPhone('0999-0112345')).toBe(true))
  it('wants six digits', () =>
    expect([isCode('123456'), isCode('12345'), isCode('12345a')]).toEqual([true, false, false]))
})

describe('where to go after signing in', () => {
  it.each([
    ['/pages/guide/index?code=X', true],
    ['/pages/me/index', true],
    ['https://elsewhere.invalid', false],
    ['//elsewhere.invalid', false],
    ['', false],
  ])('%s', (url, own) => expect(isOwn(url)).toBe(own))
})
