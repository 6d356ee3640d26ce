import { describe, expect, it } from 'vitest'
import type { FormField } from '@/api/types/item'
import {
  fieldAt,
  fieldsOf,
  pagesToAsk,
  validate,
  validateOne,
  valueAt,
  valueText,
  visible,
  visibleFields,
  withValue,
} from '@/features/cases/form'
import { lockedFields, lockedValues } from '@/features/cases/locked'
import { field } from '../make'

const kind = field({ name: 'kind', type: 'choice', options: [{ value: 'rent', label: '租房', label_en: 'Rent' }] })
const landlord = field({ name: 'landlord', show_if: { field: 'kind', values: ['rent'] } })
const phone = field({ name: 'landlord_phone', type: 'phone', show_if: { field: 'landlord', values: ['A'] } })
const flag = field({ name: 'flag', type: 'boolean' })
const onFlag = field({ name: 'on_flag', show_if: { field: 'flag', values: [true] } })
const declaration = field({ name: 'declaration', type: 'declaration', label: '我确认以上信息真实' })
const all = [kind, landlord, phone, flag, onFlag]

describe('visible', () => {
  it('follows the condition', () => {
    expect(visible(landlord, {}, all)).toBe(false)
    expect(visible(landlord, { kind: 'rent' }, all)).toBe(true)
  })
  it('hides what hangs on a hidden field, whatever its old value', () =>
    expect(visible(phone, { landlord: 'A' }, all)).toBe(false))
  it('looks into the values of a choice of several', () =>
    expect(visible(landlord, { kind: ['own', 'rent'] }, all)).toBe(true))
  it('does not take the word for the truth value', () => {
    expect(visible(onFlag, { flag: 'true' }, all)).toBe(false)
    expect(visible(onFlag, { flag: true }, all)).toBe(true)
  })
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
  const wrong = (one: ReturnType<typeof field>, value: unknown) =>
    validate([one], { [one.name]: value as string }, [one]).map(({ code }) => code)

  it.each([
    ['text', {}, '', ['required']],
    ['text', { required: false }, '', []],
    ['text', { max: 3 }, '一二三四', ['max']],
    ['text', { min: 2 }, '一', ['min']],
    ['number', {}, '12a', ['number']],
    ['number', { min: 1 }, 0, ['min']],
    ['number', { max: 9 }, 10, ['max']],
    ['number', {}, 0, []],
    ['boolean', {}, false, []],
    ['boolean', {}, undefined, ['required']],
    ['declaration', {}, true, []],
    ['declaration', {}, false, ['required']],
    ['declaration', {}, undefined, ['required']],
    ['declaration', {}, 'true', ['required']],
    ['choices', {}, [], ['required']],
    ['phone', {}, '12345', ['phone']],
    ['phone', {}, '19900001234', []],
    ['phone', {}, '0999-0112345', []],
    ['id_number', {}, '990101199001010013', ['id_number']],
    ['date', {}, '1990年1月1日', []],
    ['date', {}, '1990-02-30', ['date']],
    ['date', {}, '1/1/1990', ['date']],
    ['date', {}, '1990-01-01', []],
  ] as const)('%s %o with %o gives %o', (type, given, value, codes) =>
    expect(wrong(field({ name: 'x', type, ...given }), value)).toEqual([...codes]),
  )

  it('says what to do with an open declaration', () =>
    expect(validate([declaration], {}, [declaration])).toMatchObject([
      { path: '/declaration', message: '请先勾选“我确认以上信息真实”' },
    ]))

  it('names the row and the field of a group', () => {
    const group = field({
      name: 'family',
      type: 'group',
      min: 2,
      fields: [field({ name: 'name' }), field({ name: 'age', type: 'number', required: false })],
    })
    const found = validate([group], { family: [{ name: '甲' }, { age: 'x' }] }, [group])
    expect(found.map(({ path }) => path)).toEqual(['/family/1/name', '/family/1/age'])
    expect(validate([group], {}, [group])).toMatchObject([{ path: '/family', code: 'too_few' }])
  })

  it('does not ask for an optional group', () =>
    expect(
      validate([field({ name: 'g', type: 'group', required: false, min: 1, fields: [field({ name: 'a' })] })], {}, []),
    ).toEqual([]))
})

describe('paths', () => {
  const group = field({ name: 'family', type: 'group', fields: [field({ name: 'name' })] })
  const pages = [{ key: 'a', title: '', title_en: '', fields: [kind, group] }]
  it('finds a field through the rows of a group', () => {
    expect(fieldAt(pages, '/kind')?.name).toBe('kind')
    expect(fieldAt(pages, '/family/3/name')?.name).toBe('name')
    expect(fieldAt(pages, '/nothing')).toBeNull()
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
  ] as const)('%o', (one, value, words) => expect(valueText(one, value)).toBe(words))
})

describe('numbers in a form', () => {
  const one = (type: FormField['type'], value: string) =>
    validateOne(field({ name: 'a', label: '号码', type }), value, '/a').map(({ code }) => code)
  it('are judged as they will be stored', () => {
    expect(one('id_number', '990101 19800101 009x')).toEqual([])
    expect(one('phone', '0999-1234567')).toEqual([])
    expect(one('phone', '\u202d+86 199 0000 7010\u202c')).toEqual([])
    expect(one('phone', '19900007')).toEqual(['phone'])
    expect(one('credit_code', '92990102ma1234567y')).toEqual([])
    expect(one('credit_code', '92990102ma1234567x')).toEqual(['credit_code'])
  })
  it('have the server\u2019s lengths where the item names none', () => {
    expect(one('text', 'a'.repeat(101))).toEqual(['max'])
    expect(one('address', '\u{20bb7}'.repeat(200))).toEqual([])
  })
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
