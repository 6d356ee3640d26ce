import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  cleanCode,
  cleanCreditCode,
  cleanDay,
  cleanIdNumber,
  cleanPhone,
  isContactPhone,
  isCreditCode,
  isDay,
  isIdNumber,
  isMobile,
  signs,
} from '@/features/shared/numbers'

interface Case {
  raw: string
  cleaned: string
  mobile?: boolean
  valid?: boolean
}
type Kind = 'phone' | 'id_number' | 'credit_code' | 'code' | 'day'

// The server's tests read the same file.
const vectors = JSON.parse(
  readFileSync(resolve(__dirname, '../../../server/tests/shared/vectors/numbers.json'), 'utf8'),
) as Record<Kind, Case[]>
const CLEAN = {
  phone: cleanPhone,
  id_number: cleanIdNumber,
  credit_code: cleanCreditCode,
  code: cleanCode,
  day: cleanDay,
}
const JUDGE: Partial<Record<Kind, (text: string) => boolean>> = {
  phone: isContactPhone,
  id_number: isIdNumber,
  credit_code: isCreditCode,
  day: isDay,
}

for (const kind of Object.keys(CLEAN) as Kind[]) {
  describe(kind, () => {
    it.each(vectors[kind])('cleans and judges $raw', ({ raw, cleaned, valid, mobile }) => {
      expect(CLEAN[kind](raw)).toBe(cleaned)
      expect(CLEAN[kind](cleaned)).toBe(cleaned)
      expect(JUDGE[kind]?.(raw)).toBe(valid)
      if (mobile !== undefined) expect(isMobile(raw)).toBe(mobile)
    })
  })
}

describe('what cannot be seen', () => {
  it.each([/\p{Cc}/u, /\p{Cf}/u, /\p{Z}/u, /\p{Pd}/u])('goes, all of %s', (category) => {
    const kept: string[] = []
    for (let point = 0; point < 0x110000; point += 1) {
      const sign = String.fromCodePoint(point)
      if (category.test(sign) && cleanCode(`12${sign}34`) !== '1234') kept.push(point.toString(16))
    }
    expect(kept).toEqual([])
  })

  it('counts what a person sees', () => expect(signs('𠮷田')).toBe(2))
})
