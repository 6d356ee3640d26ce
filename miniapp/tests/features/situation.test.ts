import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Answers, Material, SituationOption } from '@/api/types/item'
import { checkSituation } from '@/features/cases/checks'
import { applyAnswers, knownAnswers } from '@/features/catalog/situation'
import { feeText } from '@/features/catalog/words'
import { hall, item, material, option, question } from '../make'

interface Given {
  materials: Pick<Material, 'code' | 'situational'>[]
  promised_limit: { value: number; unit: string }
  places: string[]
  questions: { key: string; options: SituationOption[] }[]
}
interface Case {
  words: string
  answers: Answers
  refused?: string[]
  materials?: string[]
  fee?: string
  limit?: { value: number; unit: string }
  halls?: string[]
  notes?: string[]
  blocks?: string[]
  unanswered?: string[]
}
// The server's tests read the same file.
const vectors = JSON.parse(
  readFileSync(resolve(__dirname, '../../../server/tests/shared/vectors/situations.json'), 'utf8'),
) as { item: Given; cases: Case[] }

const limit = (given: { value: number; unit: string }) => ({ ...given, text: '', text_en: '' })
const shared = item({
  materials: vectors.item.materials.map(({ code, ...given }) => material(code, given)),
  promised_limit: limit(vectors.item.promised_limit),
  places: vectors.item.places.map(hall),
  questions: vectors.item.questions.map(({ key, options }) =>
    question(
      key,
      ...options.map(({ key: way, promised_limit, ...given }) =>
        option(way, { ...given, promised_limit: promised_limit ? limit(promised_limit) : null }),
      ),
    ),
  ),
})

describe('applyAnswers', () => {
  it.each(vectors.cases)('$words', ({ answers, refused = [], ...expected }) => {
    const applied = applyAnswers(shared, answers)
    expect(applied.materials.map(({ code }) => code)).toEqual(expected.materials ?? ['id', 'photo'])
    expect(applied.fee).toBe(expected.fee ?? '')
    expect(applied.promised).toMatchObject(expected.limit ?? vectors.item.promised_limit)
    expect(applied.places.map((place) => place.hall.code)).toEqual(expected.halls ?? vectors.item.places)
    expect(applied.notes).toEqual(expected.notes ?? [])
    expect(applied.blocks).toEqual(expected.blocks ?? [])
    const open = checkSituation(shared, answers, { ...applied, blocks: [] })
    const keys = expected.unanswered ?? shared.questions.map(({ key }) => key)
    expect(open.map(({ path, code }) => [path, code])).toEqual(keys.map((key) => [`/answers/${key}`, 'required']))
    expect(knownAnswers(shared, answers)).toEqual(
      Object.fromEntries(Object.entries(answers).filter(([key]) => !refused.includes(key))),
    )
  })
})

const whole = item({
  charged: true,
  fees: [{ name: '工本费', standard: '每证20元', amount: '20', basis: '' }],
  questions: [question('turn', option('first', { fee: '免费' }), option('again'))],
})

describe('feeText', () => {
  const fee = (answers: Record<string, string>) => feeText(whole, applyAnswers(whole, answers), answers)
  it('gives no figure while an open question can change it', () => {
    expect(fee({})).toBe('看您的情况')
    expect(fee({ turn: 'gone' })).toBe('看您的情况')
  })
  it('takes the answer’s fee', () => expect(fee({ turn: 'first' })).toBe('免费'))
  it('shows a single amount as money', () => expect(fee({ turn: 'again' })).toBe('¥20.00'))
  it('says free', () => expect(feeText(item(), applyAnswers(item(), {}), {})).toBe('免费'))
})
