import { beforeEach, describe, expect, it } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import { useToken } from '@/api/client'
import { actOnReceipt, getTicketOptions, sendTicket } from '@/api/tickets'
import type { PlaceInput, TicketCategory, TicketDetail, TicketOptions } from '@/api/types/ticket'
import {
  draftIn,
  draftPlace,
  emptyDraft,
  faultsOf,
  inputOf,
  inside,
  keepDraft,
  leaves,
  noPlace,
  stepOf,
  stepsOf,
  type Draft,
} from '@/features/tickets/draft'
import { calledBack, clockLines } from '@/features/tickets/words'
import { field } from '../make'
import { answers, sent, store } from '../setup'

beforeEach(() => {
  setActivePinia(createPinia())
  useToken(null)
})

const category = (code: string, given: Partial<TicketCategory> = {}): TicketCategory => ({
  code,
  kind: 'report',
  name: code,
  name_en: code,
  hint: '',
  place: 'none',
  public_default: false,
  limit: '',
  form: null,
  children: [],
  ...given,
})
const options = (given: Partial<TicketOptions> = {}): TicketOptions => ({
  kinds: [],
  categories: [],
  bounds: { south: 30, west: 120, north: 31, east: 121 },
  max_photos: 9,
  photo_max_bytes: 10,
  title_max: 60,
  body_max: 2000,
  ...given,
})
const draft = (given: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  category: 'lamp',
  title: '路灯不亮',
  body: '东门外三盏路灯不亮',
  ...given,
})
const place = (given: Partial<PlaceInput>): PlaceInput => ({ ...noPlace(), ...given })
const asking = category('lamp', {
  form: {
    schema: {},
    ui: {
      pages: [
        {
          key: 'p',
          title: '',
          title_en: '',
          fields: [
            field({
              name: 'kind',
              type: 'choice',
              options: [
                { value: 'a', label: 'A', label_en: '' },
                { value: 'b', label: 'B', label_en: '' },
              ],
            }),
            field({ name: 'count', type: 'number', show_if: { field: 'kind', values: ['a'] }, min: 1 }),
          ],
        },
      ],
    },
  },
})

describe('categories', () => {
  const tree = [
    category('road', { children: [category('lamp'), category('hole')] }),
    category('wage', { kind: 'complaint' }),
  ]
  it('only those without children take tickets, each of its kind', () => {
    expect(
      leaves(tree, 'report').map(({ category, above }) => [...above.map(({ code }) => code), category.code]),
    ).toEqual([
      ['road', 'lamp'],
      ['road', 'hole'],
    ])
    expect(leaves(tree, 'complaint').map(({ category }) => category.code)).toEqual(['wage'])
    expect(leaves(tree, 'praise')).toEqual([])
  })
  it('ask for a place only where one is wanted', () => {
    expect(stepsOf(category('x'))).toEqual(['category', 'words', 'send'])
    expect(stepsOf(category('x', { place: 'optional' }))).toContain('place')
  })
})

describe('what a step still lacks', () => {
  const paths = (...given: Parameters<typeof faultsOf>) => faultsOf(...given).map(({ path }) => path)
  it.each<[string, string, string[]]>([
    ['路', '路灯不亮了', ['/title']],
    ['路灯', '不亮', ['/body']],
    ['  ', '    ', ['/title', '/body']],
    ['\u200b\u200b x', '\u200b\ufeff路灯', ['/title', '/body']],
    ['路灯', '路灯不亮了', []],
    ['字'.repeat(61), '路灯不亮了', ['/title']],
  ])('words %s / %s', (title, body, wrong) =>
    expect(paths('words', draft({ title, body }), category('lamp'), options())).toEqual(wrong),
  )
  it('the questions of the category, and only those that are asked', () => {
    expect(paths('words', draft(), asking, options())).toEqual(['/answers/kind'])
    expect(paths('words', draft({ answers: { kind: 'a' } }), asking, options())).toEqual(['/answers/count'])
    expect(paths('words', draft({ answers: { kind: 'b' } }), asking, options())).toEqual([])
  })
  it.each<[Partial<PlaceInput>, 'optional' | 'required', string[]]>([
    [{}, 'required', ['/place']],
    [{}, 'optional', []],
    [{ kind: 'map' }, 'optional', ['/place']],
    [{ kind: 'map', latitude: 30.5, longitude: 120.5 }, 'required', []],
    [{ kind: 'map', latitude: 39.9, longitude: 116.4 }, 'required', ['/place']],
    [{ kind: 'hall' }, 'required', ['/place/hall']],
    [{ kind: 'hall', hall: 'H1' }, 'required', []],
    [{ kind: 'address', address: ' ' }, 'required', ['/place/address']],
  ])('place %o %s', (given, need, wrong) =>
    expect(paths('place', draft({ place: place(given) }), category('lamp', { place: need }), options())).toEqual(wrong),
  )
  it('lets every point in where the city has no bounds', () =>
    expect(inside({ latitude: 0, longitude: 0 }, null)).toBe(true))
  it.each([
    ['/answers/kind', 'words'],
    ['/photos', 'words'],
    ['/place/hall', 'place'],
    ['/category', 'category'],
    ['', 'send'],
  ])('%s is put right on %s', (path, step) =>
    expect(stepOf([{ path, code: '', message: '' }], ['category', 'words', 'place', 'send'])).toBe(step),
  )
})

describe('what is sent', () => {
  it('holds no answer to a question that is not asked any more', () =>
    expect(inputOf(draft({ answers: { kind: 'b', count: 3, old: 'x' } }), asking, ['p']).answers).toEqual({
      kind: 'b',
    }))
  it('holds only the place that was chosen, and none where none is asked', () => {
    const at = place({ kind: 'hall', hall: 'H1', address: '某路', latitude: 30, longitude: 120 })
    expect(inputOf(draft({ place: at }), category('lamp', { place: 'optional' }), []).place).toEqual(
      place({ kind: 'hall', hall: 'H1' }),
    )
    expect(inputOf(draft({ place: at }), category('lamp'), []).place).toEqual(noPlace())
  })
  it('keeps an anonymous person unnamed though they are signed in', async () => {
    useToken('secret')
    answers.push({ statusCode: 201, data: {} })
    await sendTicket(inputOf(draft(), category('lamp'), []), true, 'k1')
    expect(sent[0]!.header.Authorization).toBeUndefined()
    expect(sent[0]!.header['Device-Id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(sent[0]!.header['Idempotency-Key']).toBe('k1')
  })
  it('names no device of who gives their name', async () => {
    useToken('secret')
    answers.push({ statusCode: 201, data: {} })
    await sendTicket(inputOf(draft(), category('lamp'), []), false, 'k1')
    expect([sent[0]!.header.Authorization, sent[0]!.header['Device-Id']]).toEqual(['Bearer secret', undefined])
  })
  it('never puts a receipt code in an address', async () => {
    answers.push({ statusCode: 200, data: {} })
    await actOnReceipt({ number: 'ZX1', code: 'ABCD' }, 'reopen', '没有解决')
    expect(sent[0]!.url).toBe('/api/v1/tickets/receipt/reopen')
    expect(JSON.parse(sent[0]!.data!)).toEqual({ number: 'ZX1', code: 'ABCD', text: '没有解决' })
  })
  it('reads the options without a token', async () => {
    useToken('secret')
    answers.push({ statusCode: 200, data: {} })
    await getTicketOptions()
    expect(sent[0]!.header.Authorization).toBeUndefined()
  })
})

describe('a draft', () => {
  it('comes back, but not where the person was', () => {
    keepDraft(draftPlace('report'), draft({ place: place({ kind: 'map', latitude: 30.5, longitude: 120.5 }) }))
    expect(draftIn(draftPlace('report'))).toEqual(draft())
    expect([...store.values()].join()).not.toContain('30.5')
  })
  it('is forgotten', () => {
    keepDraft(draftPlace('report'), draft())
    draftPlace('report').remove()
    expect(draftIn(draftPlace('report'))).toEqual(emptyDraft())
  })
})

describe('the words', () => {
  const clock: TicketDetail['clock'] = {
    started_at: '2026-12-01T09:00:00+08:00',
    contact_due_at: '2026-12-02T17:00:00+08:00',
    contacted_at: null,
    due_at: '2026-12-08T17:00:00+08:00',
    rule: '',
    extended_days: 0,
    paused: false,
    pauses: [],
  }
  const lines = (
    given: Partial<TicketDetail['clock']>,
    state: TicketDetail['state'] = 'handling',
    now = '2026-12-03T09:00:00+08:00',
  ) => clockLines({ clock: { ...clock, ...given }, state }, Date.parse(now)).map(({ key, tone }) => [key, tone])
  it('a promise that was missed is said so', () =>
    expect(lines({})).toEqual([
      ['contact', 'danger'],
      ['due', 'plain'],
    ]))
  it('no promise is left open once it is kept or over', () => {
    expect(lines({ contacted_at: '2026-12-02T10:00:00+08:00' })).toEqual([
      ['contacted', 'plain'],
      ['due', 'plain'],
    ])
    expect(lines({}, 'closed')).toEqual([])
  })
  it('while the person is asked, no end is named', () =>
    expect(
      lines(
        {
          contacted_at: '2026-12-02T10:00:00+08:00',
          paused: true,
          pauses: [{ started_at: 's', ended_at: null, question: '', answer: '' }],
        },
        'supplement',
      ).map(([key]) => key),
    ).toEqual(['contacted', 's']))
  it.each([
    [null, ''],
    [true, '您说问题已解决'],
    [false, '您说问题没有解决'],
  ])('called back %s', (resolved, words) => expect(calledBack({ resolved })).toBe(words))
})
