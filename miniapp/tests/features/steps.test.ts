import { describe, expect, it } from 'vitest'
import { checkDelivery, checkMaterials, checkSituation } from '@/features/cases/checks'
import { chosenDelivery } from '@/features/cases/delivery'
import { stepAt, stepsOf } from '@/features/cases/steps'
import { applyAnswers } from '@/features/catalog/situation'
import { field, item, material, option, question } from '../make'

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

  it('wants what the chosen delivery needs', () => {
    expect(checkDelivery({ method: 'electronic' })).toEqual([])
    expect(checkDelivery({ method: 'pickup' }).map(({ path }) => path)).toEqual(['/delivery/hall'])
    expect(checkDelivery({ method: 'courier', receiver: '甲', address: '某路 1 号', phone: '123' })).toMatchObject([
      { code: 'bad_phone' },
    ])
  })

  it('sends nothing that belongs to another way of delivery', () =>
    expect(chosenDelivery({ method: 'electronic', hall: 'city', state: 'chosen' })).toEqual({ method: 'electronic' }))
})
