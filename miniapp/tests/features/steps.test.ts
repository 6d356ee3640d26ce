import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Delivery } from '@/api/types/case'
import { checkDelivery, checkMaterials, checkSituation } from '@/features/cases/checks'
import { chosenDelivery } from '@/features/cases/delivery'
import { stepAt, stepsOf } from '@/features/cases/steps'
import { applyAnswers } from '@/features/catalog/situation'
import { field, hall, item, material, option, question } from '../make'

interface Deliveries {
  words: string
  /** A pair is a sign and how many times it is written. */
  delivery: Record<string, string | [sign: string, times: number]>
  courier?: boolean
  halls?: string[]
  problems?: [path: string, code: string][]
}

const whole = item({
  questions: [question('why', option('work'), option('no', { blocks: '请到窗口办理' }))],
  materials: [material('id')],
  results: [{ name: '居住证', name_en: '', kind: 'licence', kind_label: '证照', validity_months: 12 }],
  form: {
    schema: {},
    ui: { pages: [{ key: 'you', title: '申请人', title_en: '', fields: [field({ name: 'name' })] }] },
  },
})
const keys = (of = whole) => stepsOf(of, applyAnswers(of, {}), {}).map(({ key }) => key)

describe('stepsOf', () => {
  it('asks one topic a page, in the order of the paper', () =>
    expect(keys()).toEqual(['situation', 'form:you', 'materials', 'delivery', 'review']))
  it('leaves out what this item does not have', () => expect(keys(item())).toEqual(['review']))
  it('does not ask how to receive money', () =>
    expect(
      keys(item({ results: [{ name: '津贴', name_en: '', kind: 'payment', kind_label: '资金', validity_months: 0 }] })),
    ).toEqual(['review']))
})

describe('stepAt', () => {
  const steps = stepsOf(whole, applyAnswers(whole, {}), {})
  it.each([
    ['/name', 'form:you'],
    ['/form/name', 'form:you'],
    ['/answers/why', 'situation'],
    ['/materials/id', 'materials'],
    ['/delivery/phone', 'delivery'],
    ['/form/other', undefined],
    ['', undefined],
  ])('%s is put right at %s', (path, key) => expect(stepAt(steps, path)?.key).toBe(key))
})

describe('checks', () => {
  it('wants every situation question answered and none that blocks', () => {
    expect(checkSituation(whole, {}, applyAnswers(whole, {}))).toMatchObject([
      { path: '/answers/why', code: 'required' },
    ])
    expect(checkSituation(whole, { why: 'no' }, applyAnswers(whole, { why: 'no' }))).toMatchObject([
      { code: 'blocked' },
    ])
    expect(checkSituation(whole, { why: 'work' }, applyAnswers(whole, { why: 'work' }))).toEqual([])
  })

  it('wants the required materials only', () => {
    const given = (code: string, necessity: 'required' | 'optional' | 'deferred') => ({
      code,
      name: code,
      name_en: '',
      necessity,
      state: 'missing' as const,
      words: '',
      files: [],
      max_files: 5,
    })
    expect(
      checkMaterials([given('a', 'required'), given('b', 'optional'), given('c', 'deferred')]).map(({ path }) => path),
    ).toEqual(['/materials/a'])
  })

  // The server's tests read the same file.
  const { cases } = JSON.parse(
    readFileSync(resolve(__dirname, '../../../server/tests/shared/vectors/deliveries.json'), 'utf8'),
  ) as { cases: Deliveries[] }
  it.each(cases)(
    'judges a delivery: $words',
    ({ delivery, courier = true, halls = ['city', 'east'], problems = [] }) => {
      const given = Object.fromEntries(
        Object.entries(delivery).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : value[0].repeat(value[1]),
        ]),
      ) as unknown as Delivery
      const found = checkDelivery(given, courier, halls.map(hall)).map(({ path, code }) => [path, code])
      expect(found.sort()).toEqual(problems.map(([path, code]) => [`/delivery${path}`, code]).sort())
    },
  )

  it('sends nothing that belongs to another way of delivery', () =>
    expect(chosenDelivery({ method: 'electronic', hall: 'city', state: 'chosen' })).toEqual({ method: 'electronic' }))
})
