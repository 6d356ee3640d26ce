import { beforeEach, describe, expect, it } from 'vitest'
import { useWizard } from '@/features/cases/wizard'
import { belongTo, forgetAll } from '@/features/shared/kept'
import { keys, read } from '@/platform/storage'
import { answers, sent, store } from '../setup'
import { field, item, option, question } from '../make'

const form = {
  schema: {},
  ui: {
    pages: [
      { key: 'you', title: '申请人', title_en: '', fields: [field({ name: 'name' }), field({ name: 'street' })] },
    ],
  },
}
const whole = item({ form })

interface Saved {
  values?: Record<string, string>
  revision?: number
  revisions?: Record<string, number>
  state?: string
}
const draft = ({ values = {}, revision = 3, revisions = {}, state = 'draft' }: Saved = {}) => ({
  id: 'c1',
  state,
  item: { code: 'X', name: '', name_en: '' },
  version: { number: 1, hash: 'h', document: '/public/items/X.json' },
  form: { values, page: '' },
  revision,
  revisions,
  answers: {},
  delivery: null,
  prefill: {},
  materials: [],
  updated_at: '2026-11-29T00:00:00Z',
})
const ok = (data: unknown) => answers.push({ statusCode: 200, data })
const newer = () =>
  answers.push({
    statusCode: 409,
    data: { code: 'cases.newer_saved', revision: 9, fields: [{ path: '/form/street', code: 'newer', message: '' }] },
  })
const bodies = () => sent.filter(({ data }) => data).map(({ data }) => JSON.parse(data!) as Record<string, unknown>)
const kept = () =>
  keys()
    .filter((key) => key.startsWith('draft:'))
    .map((key) => read<{ value: unknown }>(key)?.value)

async function opened(saved: Saved = {}) {
  const wizard = useWizard()
  ok(draft(saved))
  ok(whole)
  await wizard.load('c1')
  wizard.goTo('form:you')
  sent.length = 0
  return wizard
}
const type = (wizard: ReturnType<typeof useWizard>, name: string, value: string) =>
  wizard.setValue(field({ name }), value)

beforeEach(() => {
  forgetAll()
  belongTo('A')
})

describe('the situation', () => {
  it('is sent without what the item asks no more', async () => {
    const wizard = useWizard()
    ok(draft())
    ok(item({ form, questions: [question('why', option('work')), question('home', option('rent'))] }))
    await wizard.load('c1')
    sent.length = 0
    wizard.goTo('situation')
    wizard.setAnswers({ why: 'work', home: 'tent', gone: 'x' })
    ok({ ...draft({ revision: 4 }), answers: { why: 'work' } })
    expect(await wizard.save()).toBe(true)
    expect(bodies()).toEqual([{ answers: { why: 'work' }, revision: 3 }])
    expect([kept(), wizard.answers.value]).toEqual([[], { why: 'work' }])
  })
})

describe('one draft on two phones', () => {
  it('sends only what was typed, with the revision that it was typed on', async () => {
    const wizard = await opened({ values: { name: '林', street: '旧' } })
    type(wizard, 'street', '一号')
    ok(draft({ values: { name: '林', street: '一号' }, revision: 4, revisions: { '/form/street': 4 } }))
    expect(await wizard.save()).toBe(true)
    expect(bodies()).toEqual([{ values: { street: '一号' }, page: 'you', revision: 3 }])
    expect([kept(), wizard.savedAt.value]).toEqual([[], '2026-11-29T00:00:00Z'])
  })

  it('keeps on the phone only what has not arrived, and says that it has not', async () => {
    const wizard = await opened({ values: { name: '林', street: '旧' } })
    type(wizard, 'street', '离线')
    answers.push('offline')
    expect(await wizard.save()).toBe(false)
    expect(kept()).toEqual([{ '/form/street': { value: '离线', on: 3 } }])
    expect(wizard.savedAt.value).toBe(null)
  })

  it('does not write at every key', async () => {
    const wizard = await opened()
    const before = store.size
    type(wizard, 'street', '一')
    type(wizard, 'street', '一号')
    expect(store.size).toBe(before)
    wizard.keep()
    expect(kept()).toEqual([{ '/form/street': { value: '一号', on: 3 } }])
  })

  async function offlineThen(saved: Saved) {
    const before = await opened({ values: { name: '林', street: '旧' } })
    type(before, 'street', '离线写的')
    before.keep()
    return opened(saved)
  }

  it('merges without a question where another phone changed something else', async () => {
    const wizard = await offlineThen({
      values: { name: '新名', street: '旧' },
      revision: 5,
      revisions: { '/form/name': 5 },
    })
    expect([wizard.values.value, wizard.asked.value]).toEqual([{ name: '新名', street: '离线写的' }, {}])
    ok(draft({ values: { name: '新名', street: '离线写的' }, revision: 6 }))
    await wizard.save()
    expect(bodies()[0]).toEqual({ values: { street: '离线写的' }, page: 'you', revision: 5 })
  })

  it.each([
    [true, '离线写的'],
    [false, '另一台写的'],
  ])('asks where both changed the same (mine: %s)', async (mine, wins) => {
    const wizard = await offlineThen({
      values: { name: '林', street: '另一台写的' },
      revision: 5,
      revisions: { '/form/street': 5 },
    })
    expect(Object.keys(wizard.asked.value)).toEqual(['/form/street'])
    expect([wizard.values.value.street, kept()]).toEqual([
      '另一台写的',
      [{ '/form/street': { value: '离线写的', on: 3 } }],
    ])
    ok(draft({ values: { name: '林', street: '另一台写的' }, revision: 5, revisions: { '/form/street': 5 } }))
    expect(await wizard.save(), 'nothing goes on before it is decided').toBe(false)
    expect(bodies().at(-1)?.values).toEqual({})
    wizard.choose('/form/street', mine)
    expect(wizard.values.value.street).toBe(wins)
    ok(draft({ values: { name: '林', street: wins }, revision: 6 }))
    expect(await wizard.save()).toBe(true)
    expect(bodies().at(-1)).toMatchObject({ values: mine ? { street: '离线写的' } : {}, revision: 5 })
    expect(kept()).toEqual([])
  })

  it('learns of the other phone while it is open', async () => {
    const wizard = await opened({ values: { name: '林', street: '旧' } })
    type(wizard, 'street', '我的')
    newer()
    ok(
      draft({
        values: { name: '改了', street: '另一台写的' },
        revision: 9,
        revisions: { '/form/street': 8, '/form/name': 9 },
      }),
    )
    ok(
      draft({
        values: { name: '改了', street: '另一台写的' },
        revision: 10,
        revisions: { '/form/street': 8, '/form/name': 9 },
      }),
    )
    expect(await wizard.save()).toBe(false)
    expect([wizard.saveProblem.value, Object.keys(wizard.asked.value), wizard.values.value.name]).toEqual([
      null,
      ['/form/street'],
      '改了',
    ])
  })

  it('does not take its own save for another phone’s', async () => {
    const wizard = await opened({ values: { street: '旧' } })
    type(wizard, 'street', '一')
    ok(draft({ values: { street: '一' }, revision: 4, revisions: { '/form/street': 4 } }))
    const saving = wizard.save()
    type(wizard, 'street', '一号')
    await saving
    expect([wizard.values.value.street, wizard.asked.value, wizard.savedAt.value]).toEqual(['一号', {}, null])
    ok(draft({ values: { street: '一号' }, revision: 5, revisions: { '/form/street': 5 } }))
    expect(await wizard.save()).toBe(true)
    expect(bodies().at(-1)).toMatchObject({ values: { street: '一号' }, revision: 4 })
  })

  it('hands in only what was seen', async () => {
    const wizard = await opened({ values: { name: '林', street: '旧' } })
    newer()
    ok(draft({ values: { name: '改了', street: '旧' }, revision: 9, revisions: { '/form/name': 9 } }))
    await expect(wizard.submit()).rejects.toMatchObject({ code: 'cases.newer_saved' })
    expect([bodies()[0], wizard.values.value.name]).toEqual([{ consent: true, revision: 3 }, '改了'])
  })
})

it('is no form any more once it is handed in', async () => {
  const wizard = useWizard()
  ok(draft({ state: 'submitted' }))
  expect([await wizard.load('c1'), wizard.item.value]).toEqual([false, null])
})
