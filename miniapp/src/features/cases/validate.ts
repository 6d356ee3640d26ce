/**
 * What is wrong with a filled form, found before it is sent, with the codes of the server, which judges again
 * (catalog/forms). server/tests/shared/vectors/forms.json holds both to it. Pure.
 */
import type { FieldProblem } from '@/api/problem'
import type { FieldValue, FormValues } from '@/api/types/case'
import type { FieldType, FormField } from '@/api/types/item'
import { tooLong } from '@/features/shared/length'
import { isContactPhone, isCreditCode, isDay, isIdNumber, signs } from '@/features/shared/numbers'
import { t, tx, type MessageKey } from '@/i18n'
import { emptyValue, visibleFields } from './form'
import { tidied } from './tidying'

/** `at` is the place in a list; without it the field itself is wrong. */
interface Wrong {
  code: string
  message: string
  at?: number
}

/** What is wrong with `fields` (shown ones) of the whole form's `values`, in the order of the page. */
export function validate(fields: FormField[], values: FormValues, all: FormField[]): FieldProblem[] {
  return fields.flatMap((field) => {
    const [value, path] = [values[field.name], `/${field.name}`]
    const own = validateOne(field, value, path)
    if (field.type !== 'group' || !Array.isArray(value)) return own
    const asked = visibleFields(field.fields, values, all)
    const inRow = (row: FormValues, index: number) =>
      asked.flatMap((inner) => validateOne(inner, row[inner.name], `${path}/${index}/${inner.name}`))
    return own.concat((value as FormValues[]).flatMap((row, index) => (isRow(row) ? inRow(row, index) : [])))
  })
}

/** Without the fields in the rows of a group, which depend on the whole form. */
export function validateOne(field: FormField, given: FieldValue, path: string): FieldProblem[] {
  const value = tidied(field, given)
  const wrong = emptyValue(value) ? missing(field) : JUDGES[field.type](field, value, tx(field, 'label'))
  return wrong.map(({ at, ...words }) => ({ path: at === undefined ? path : `${path}/${at}`, ...words }))
}

/** How many rows a group must have; an optional one may have none. */
export const leastRows = (field: FormField): number => (field.required ? least(field) : 0)
export const mostRows = (field: FormField): number => field.max || 20

const LENGTHS: Partial<Record<FieldType, number>> = { text: 100, textarea: 1000, address: 200 }
/** The most that a field of text takes; the server's own limit where the item names none. */
export const mostOf = (field: FormField): number | undefined =>
  field.type in LENGTHS ? field.max || LENGTHS[field.type] : undefined

const NUMBER_LIMIT = 1e12
const PICKED: FieldType[] = ['choice', 'choices', 'boolean', 'date']
const least = (field: FormField): number => Math.max(1, field.min ?? 0)
const isRow = (row: unknown): boolean => typeof row === 'object' && row !== null && !Array.isArray(row)

const fill = (field: FormField): string =>
  t(PICKED.includes(field.type) ? 'form.choose' : 'form.required', { label: tx(field, 'label') })
const declare = (label: string): Wrong => ({ code: 'required', message: t('form.declare', { label }) })

function missing(field: FormField): Wrong[] {
  if (!field.required) return []
  const label = tx(field, 'label')
  if (field.type === 'declaration') return [declare(label)]
  const message = field.type === 'group' ? t('form.groupMin', { label, n: least(field) }) : fill(field)
  return [{ code: 'required', message }]
}

type Judge = (field: FormField, value: FieldValue, label: string) => Wrong[]

/** A judge of values of one kind; another kind is refused as such. */
const only =
  <T extends FieldValue>(is: (value: unknown) => value is T, judge: (f: FormField, v: T, label: string) => Wrong[]) =>
  (field: FormField, value: FieldValue, label: string): Wrong[] =>
    is(value) ? judge(field, value, label) : [{ code: 'bad_type', message: fill(field) }]

const isText = (value: unknown): value is string => typeof value === 'string'
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
const isNumber = (value: unknown): value is number => Number.isFinite(value)
const isList = (value: unknown): value is string[] => Array.isArray(value)

const told = (wrong: boolean, code: string, message: string): Wrong[] => (wrong ? [{ code, message }] : [])

const shaped = (right: (text: string) => boolean, code: string, words: MessageKey): Judge =>
  only(isText, (_, value, label) => told(!right(value), code, t(words, { label })))

const text: Judge = only(isText, (field, value, label) => {
  const over = tooLong(value, mostOf(field))
  return [
    ...told(signs(value) < least(field), 'too_short', t('form.longer', { label, n: least(field) })),
    ...told(Boolean(over), 'too_long', t('form.ofField', { label, words: over })),
  ]
})

const number: Judge = (field, value, label) => {
  if (!isNumber(value)) return [{ code: 'bad_type', message: t('form.number', { label }) }]
  const [low, high] = [field.min ?? -NUMBER_LIMIT, field.max ?? NUMBER_LIMIT]
  return [
    ...told(value < low, 'too_small', t('form.atLeast', { label, n: low })),
    ...told(value > high, 'too_big', t('form.atMost', { label, n: high })),
  ]
}

const choice = (field: FormField, value: unknown): Wrong[] => [
  ...told(!isText(value), 'bad_type', fill(field)),
  ...told(!field.options.some((option) => option.value === value), 'not_an_option', fill(field)),
]

const choices: Judge = only(isList, (field, value, label) => {
  const most = Math.min(field.max || field.options.length, field.options.length)
  return [
    ...told(new Set(value).size < value.length, 'repeated', fill(field)),
    ...told(value.length < least(field), 'too_few', t('form.choicesMin', { label, n: least(field) })),
    ...told(value.length > most, 'too_many', t('form.choicesMax', { label, n: most })),
    ...value.flatMap((one, at) => choice(field, one).map((wrong) => ({ ...wrong, at }))),
  ]
})

const group: Judge = only(isList, (field, rows, label) => [
  ...told(rows.length < least(field), 'too_few', t('form.groupMin', { label, n: least(field) })),
  ...told(rows.length > mostRows(field), 'too_many', t('form.groupMax', { label, n: mostRows(field) })),
  ...rows.flatMap((row, at) => (isRow(row) ? [] : [{ code: 'bad_type', message: fill(field), at }])),
])

const JUDGES: Record<FieldType, Judge> = {
  text,
  textarea: text,
  address: text,
  number,
  choice,
  choices,
  group,
  boolean: only(isFlag, () => []),
  declaration: (field, value, label) => [
    ...told(!isFlag(value), 'bad_type', fill(field)),
    ...(value === true ? [] : [declare(label)]),
  ],
  phone: shaped(isContactPhone, 'bad_phone', 'form.contactPhone'),
  id_number: shaped(isIdNumber, 'bad_format', 'form.idNumber'),
  credit_code: shaped(isCreditCode, 'bad_format', 'form.creditCode'),
  date: shaped(isDay, 'bad_format', 'form.date'),
}
