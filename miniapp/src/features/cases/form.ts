/** The application form: what is shown, what is wrong, and how values read. Pure. */
import type { FieldProblem } from '@/api/problem'
import type { FieldValue, FormValues } from '@/api/types/case'
import type { FormField, FormPage } from '@/api/types/item'
import { tooLong } from '@/features/shared/length'
import { cleanDay, isContactPhone, isCreditCode, isDay, isIdNumber, signs } from '@/features/shared/numbers'
import { t, tx } from '@/i18n'
import { day } from '@/i18n/format'

export const emptyValue = (value: FieldValue): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** A value that is one text or one number; '' for lists. */
export const textOf = (value: FieldValue): string => (typeof value === 'object' ? '' : String(value ?? ''))

/** Whether a field is asked. `all` are the top-level fields: one that is hidden hides those that depend on it. */
export function visible(field: FormField, values: FormValues, all: FormField[], seen: string[] = []): boolean {
  if (!field.show_if) return true
  const { field: name, values: wanted } = field.show_if
  const asked = all.find((one) => one.name === name)
  if (!asked || seen.includes(name) || !visible(asked, values, all, [...seen, name])) return false
  const value = values[name]
  const held = Array.isArray(value) ? (value as (string | boolean)[]) : [value as string | boolean]
  return held.some((one) => wanted.includes(one))
}

export const fieldsOf = (pages: FormPage[]): FormField[] => pages.flatMap(({ fields }) => fields)

export const visibleFields = (fields: FormField[], values: FormValues, all: FormField[]): FormField[] =>
  fields.filter((field) => visible(field, values, all))

/** Pages on which nothing is asked are left out of the wizard. */
export const pagesToAsk = (pages: FormPage[], values: FormValues): FormPage[] =>
  pages.filter((page) => visibleFields(page.fields, values, fieldsOf(pages)).length > 0)

export const fieldId = (path: string): string => `f${path.replace(/\//g, '-')}`

/** What is wrong with `fields` (shown ones) of the whole form's `values`, in the order of the page. */
export function validate(fields: FormField[], values: FormValues, all: FormField[]): FieldProblem[] {
  return fields.flatMap((field) => {
    const value = values[field.name]
    return field.type === 'group'
      ? validateGroup(field, (value ?? []) as FormValues[], values, all)
      : validateOne(field, value, `/${field.name}`)
  })
}

export function validateOne(field: FormField, value: FieldValue, path: string): FieldProblem[] {
  const open = field.type === 'declaration' ? value !== true : emptyValue(value)
  const wrong = open ? missing(field) : malformed(field, value)
  return wrong ? [{ path, ...wrong }] : []
}

/** How many rows a group must have; an optional one may have none. */
export const leastRows = (field: FormField): number => (field.required ? Math.max(1, field.min ?? 0) : 0)

const LENGTHS: Record<string, number> = { text: 100, textarea: 1000, address: 200 }
/** The most that a field of text takes; the server's own limit where the item names none. */
export const mostOf = (field: FormField): number | undefined =>
  field.type in LENGTHS ? (field.max ?? LENGTHS[field.type]) : undefined

type Wrong = Pick<FieldProblem, 'code' | 'message'> | null

function validateGroup(field: FormField, rows: FormValues[], values: FormValues, all: FormField[]): FieldProblem[] {
  const path = `/${field.name}`
  const least = rows.length > 0 ? Math.max(1, field.min ?? 0) : leastRows(field)
  const few = t('form.groupMin', { label: tx(field, 'label'), n: least })
  const own: FieldProblem[] = rows.length < least ? [{ path, code: 'too_few', message: few }] : []
  const asked = visibleFields(field.fields, values, all)
  return own.concat(
    rows.flatMap((row, index) =>
      asked.flatMap((inner) => validateOne(inner, row[inner.name], `${path}/${index}/${inner.name}`)),
    ),
  )
}

function missing(field: FormField): Wrong {
  if (!field.required) return null
  if (field.type === 'declaration')
    return { code: 'required', message: t('form.declare', { label: tx(field, 'label') }) }
  const pick = ['choice', 'choices', 'boolean', 'date'].includes(field.type)
  return { code: 'required', message: t(pick ? 'form.choose' : 'form.required', { label: tx(field, 'label') }) }
}

function malformed(field: FormField, value: FieldValue): Wrong {
  const label = tx(field, 'label')
  const words = textOf(value)
  if (field.type === 'phone' && !isContactPhone(words))
    return { code: 'phone', message: t('form.contactPhone', { label }) }
  if (field.type === 'id_number' && !isIdNumber(words))
    return { code: 'id_number', message: t('form.idNumber', { label }) }
  if (field.type === 'credit_code' && !isCreditCode(words))
    return { code: 'credit_code', message: t('form.creditCode', { label }) }
  if (field.type === 'date' && !isDay(words)) return { code: 'date', message: t('form.date', { label }) }
  if (field.type === 'number') return outOfRange(field, value, label)
  if (field.type in LENGTHS) return wrongLength(field, words, label)
  return null
}

function outOfRange(field: FormField, value: FieldValue, label: string): Wrong {
  if (typeof value !== 'number' || Number.isNaN(value)) return { code: 'number', message: t('form.number', { label }) }
  if (field.min !== null && value < field.min)
    return { code: 'min', message: t('form.atLeast', { label, n: field.min }) }
  if (field.max !== null && value > field.max)
    return { code: 'max', message: t('form.atMost', { label, n: field.max }) }
  return null
}

function wrongLength(field: FormField, words: string, label: string): Wrong {
  if (field.min !== null && signs(words) < field.min)
    return { code: 'min', message: t('form.longer', { label, n: field.min }) }
  const over = tooLong(words, mostOf(field))
  return over ? { code: 'max', message: t('form.ofField', { label, words: over }) } : null
}

/** How a value reads on the review page. */
export function valueText(field: FormField, value: FieldValue): string {
  if (field.type === 'declaration') return t(value === true ? 'form.confirmed' : 'form.unconfirmed')
  if (emptyValue(value)) return t('form.none')
  if (field.type === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (field.type === 'date') return day(cleanDay(textOf(value)))
  if (field.type === 'choice' || field.type === 'choices') {
    const chosen = ([] as unknown[]).concat(value)
    return field.options
      .filter((option) => chosen.includes(option.value))
      .map((option) => tx(option, 'label'))
      .join('、')
  }
  return textOf(value)
}

/** The field that a JSON pointer names; numbers step into the rows of a group. */
export function fieldAt(pages: FormPage[], path: string): FormField | null {
  const [first, ...rest] = path.split('/').filter(Boolean)
  let field = pages.flatMap((page) => page.fields).find(({ name }) => name === first) ?? null
  for (const step of rest) {
    if (/^\d+$/.test(step)) continue
    field = field?.fields.find(({ name }) => name === step) ?? null
  }
  return field
}

export function valueAt(values: FormValues, path: string): FieldValue {
  return path
    .split('/')
    .filter(Boolean)
    .reduce<unknown>((held, step) => (held as Record<string, unknown> | undefined)?.[step], values) as FieldValue
}

/** A copy with the one value replaced. */
export function withValue(values: FormValues, path: string, value: FieldValue): FormValues {
  const steps = path.split('/').filter(Boolean)
  const put = (held: unknown, depth: number): unknown => {
    if (depth === steps.length) return value
    const step = steps[depth]!
    if (Array.isArray(held))
      return held.map<unknown>((row, index) => (String(index) === step ? put(row, depth + 1) : row))
    const old = (held ?? {}) as Record<string, unknown>
    return { ...old, [step]: put(old[step], depth + 1) }
  }
  return put(values, 0) as FormValues
}
