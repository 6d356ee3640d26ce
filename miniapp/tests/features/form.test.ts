import { describe, expect, it } from 'vitest'
import {
  fieldAt,
  fieldsOf,
  linksTo,
  messageAt,
  pagesToAsk,
  valueAt,
  valueText,
  visibleFields,
  withValue,
} from '@/features/cases/form'
import { lockedFields, lockedValues } from '@/features/cases/locked'
import { validate } from '@/features/cases/validate'
import { field } from '../make'

const kind = field({ name: 'kind', type: 'choice', options: [{ value: 'rent', label: '租房', label_en: 'Rent' }] })
const landlord = field({ name: 'landlord', show_if: { field: 'kind', values: ['rent'] } })
const flag = field({ name: 'flag', type: 'boolean' })
const declaration = field({ name: 'declaration', type: 'declaration', label: '我确认以上信息真实' })

describe('visible', () => {
  it('leaves out pages on which nothing is asked', () => {
    const pages = [
      { key: 'a', title: '', title_en: '', fields: [kind] },
      { key: 'b', title: '', title_en: '', fields: [landlord] },
    ]
    expect(pagesToAsk(pages, {}).map(({ key }) => key)).toEqual(['a'])
    expect(pagesToAsk(pages, { kind: 'rent' }).map(({ key }) => key)).toEqual(['a', 'b'])
    expect(visibleFields(fieldsOf(pages), {}, fieldsOf(pages))).toEqual([kind])
  })
})

describe('validate', () => {
  it('says what to do with an open declaration', () =>
    expect(validate([declaration], {}, [declaration])).toMatchObject([
      { path: '/declaration', message: '请先勾选“我确认以上信息真实”' },
    ]))

  it('says how many rows a group must have', () => {
    const group = field({ name: 'family', type: 'group', min: 2, fields: [field({ name: 'name' })] })
    expect(validate([group], {}, [group])).toMatchObject([{ code: 'required', message: 'family至少填写 2 项' }])
  })
})

describe('paths', () => {
  const group = field({ name: 'family', type: 'group', fields: [field({ name: 'name' })] })
  const pages = [{ key: 'a', title: '', title_en: '', fields: [kind, group] }]
  it('finds a field through the rows of a group', () => {
    expect(fieldAt(pages, '/kind')?.name).toBe('kind')
    expect(fieldAt(pages, '/family/3/name')?.name).toBe('name')
    expect(fieldAt(pages, '/nothing')).toBeNull()
  })
  it('shows a problem of one choice, or of what was handed in, at its field', () => {
    const wrong = ['/form/uses/1', '/family/0/uses/12', '/form/0/uses'].map((path) => ({
      path,
      code: '',
      message: path,
    }))
    expect(messageAt(wrong, '/uses')).toBe('/form/uses/1')
    expect(messageAt(wrong, '/family/0/uses')).toBe('/family/0/uses/12')
    expect(messageAt(wrong, '/form/0/uses')).toBe('/form/0/uses')
    expect(messageAt(wrong, '/family')).toBeUndefined()
    expect(linksTo(wrong).map(({ id }) => id)).toEqual(['f-uses', 'f-family-0-uses', 'f-form-0-uses'])
  })
  it('replaces one value and nothing else', () => {
    const before = { family: [{ name: '甲' }, { name: '乙' }], kind: 'rent' }
    const after = withValue(before, '/family/1/name', '丙')
    expect(valueAt(after, '/family/1/name')).toBe('丙')
    expect(valueAt(before, '/family/1/name')).toBe('乙')
    expect(after.kind).toBe('rent')
  })
})

describe('valueText', () => {
  it.each([
    [kind, 'rent', '租房'],
    [flag, true, '是'],
    [flag, false, '否'],
    [declaration, true, '已确认'],
    [declaration, false, '未确认'],
    [declaration, undefined, '未确认'],
    [field({ name: 'n' }), '', '未填写'],
    [field({ name: 'n', type: 'number' }), 0, '0'],
    [field({ name: 'n' }), ' \u200b', '未填写'],
    [field({ name: 'n', type: 'phone' }), '199 0000 7010', '19900007010'],
  ] as const)('%o', (one, value, words) => expect(valueText(one, value)).toBe(words))
})

describe('one\u2019s own identity', () => {
  const prefill = {
    name: { value: '林试验', source: '', source_en: '', locked: true },
    phone: { value: '19900007010', source: '', source_en: '', locked: false },
  }
  it('is locked, and a contact phone is not', () => {
    expect(lockedValues({ prefill } as never)).toEqual({ name: '林试验' })
    expect(lockedFields({ prefill } as never)).toEqual(['name'])
  })
})
