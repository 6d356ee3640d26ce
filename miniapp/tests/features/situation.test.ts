import { describe, expect, it } from 'vitest'
import { allAnswered, applyAnswers } from '@/features/catalog/situation'
import { feeText } from '@/features/catalog/words'
import { hall, item, material, option, question } from '../make'

const codes = (answers: Record<string, string>, of = whole) =>
  applyAnswers(of, answers).materials.map(({ code }) => code)
const whole = item({
  charged: true,
  fees: [{ name: '工本费', standard: '每证20元', amount: '20', basis: '' }],
  materials: [
    material('id'),
    material('photo'),
    material('lease', { situational: true }),
    material('work', { situational: true }),
  ],
  places: [hall('city'), hall('east')],
  questions: [
    question('home', option('rent', { adds: ['lease'] }), option('own', { removes: ['photo'] })),
    question('why', option('work', { adds: ['work', 'photo'] }), option('blocked', { blocks: '请到窗口办理' })),
    question(
      'turn',
      option('first', { fee: '免费', note: '第一次免费' }),
      option('again', { promised_limit: { value: 5, unit: 'day', text: '5日', text_en: '5 days' }, halls: ['east'] }),
    ),
  ],
})

describe('applyAnswers', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['asks only what everybody gives without answers', {}, ['id', 'photo']],
    ['adds a situational material', { home: 'rent' }, ['id', 'photo', 'lease']],
    ['removes a material', { home: 'own' }, ['id']],
    ['lets a removal win over an addition', { home: 'own', why: 'work' }, ['id', 'work']],
    ['unites additions, in the order of the item', { why: 'work', home: 'rent' }, ['id', 'photo', 'lease', 'work']],
    ['ignores an option that the item does not have', { home: 'tent' }, ['id', 'photo']],
  ])('%s', (_words, answers, expected) => expect(codes(answers)).toEqual(expected))

  it('overrides fee, limit and halls only where an answer says so', () => {
    const none = applyAnswers(whole, {})
    expect([none.fee, none.promised?.text, none.places.length]).toEqual(['', '10日', 2])
    const first = applyAnswers(whole, { turn: 'first' })
    expect([first.fee, first.notes]).toEqual(['免费', ['第一次免费']])
    const again = applyAnswers(whole, { turn: 'again' })
    expect([again.promised?.text, again.places.map((place) => place.hall.code)]).toEqual(['5日', ['east']])
  })

  it('tells why one cannot apply online', () =>
    expect(applyAnswers(whole, { why: 'blocked' }).blocks).toEqual(['请到窗口办理']))

  it('knows when every question is answered', () => {
    expect(allAnswered(whole, { home: 'rent', why: 'work' })).toBe(false)
    expect(allAnswered(whole, { home: 'rent', why: 'work', turn: 'first' })).toBe(true)
  })
})

describe('feeText', () => {
  const fee = (answers: Record<string, string>) => feeText(whole, applyAnswers(whole, answers), answers)
  it('gives no figure while an open question can change it', () => expect(fee({})).toBe('看您的情况'))
  it('takes the answer’s fee', () => expect(fee({ turn: 'first' })).toBe('免费'))
  it('shows a single amount as money', () => expect(fee({ turn: 'again' })).toBe('¥20.00'))
  it('says free', () => expect(feeText(item(), applyAnswers(item(), {}), {})).toBe('免费'))
})
