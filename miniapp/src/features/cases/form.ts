/** The application form: what is shown, where a problem is shown, and how values read. Pure. */
import type { FieldProblem } from '@/api/problem'
import type { FieldValue, FormValues } from '@/api/types/case'
import type { FormField, FormPage } from '@/api/types/item'
import { t, tx } from '@/i18n'
import { day } from '@/i18n/format'
import { tidied } from './tidying'

export const emptyValue = (value: FieldValue): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** A value that is one text or one number; '' for lists. */
export const textOf = (value: FieldValue): string => (typeof value === 'object' ? '' : String(value ?? ''))

/** Whether a field is asked. `all` are the top-level fields: one that is hidden hides those that depend on it. */
export function visible(field: FormField, values: FormValues, all: FormField[], seen: string[] = []): boolean {
  if (!field.show_if) return true
  const { field: name, values: wanted } = field.show_if
  const asked = all.find((one) => one.name === name)
  if (!asked || seen.includes(name) || !visible(asked, values, all, [...seen, name])) return false
  const value = tidied(asked, values[name])
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

/**
 * The path of the field that shows a problem: of one of several choices, the field of all. What was handed in comes back
 * with the form named before its fields, whose names are no numbers.
 */
export const shownAt = (path: string): string => path.replace(/^\/form(?=\/[a-z])/, '').replace(/\/\d+$/, '')
export const messageAt = (errors: FieldProblem[], path: string): string | undefined =>
  errors.find((one) => shownAt(one.path) === path)?.message
export const linksTo = (errors: FieldProblem[]): { id: string; message: string }[] =>
  errors.map(({ path, message }) => ({ id: fieldId(shownAt(path)), message }))

/** How a value reads on the review page. */
export function valueText(field: FormField, given: FieldValue): string {
  const value = tidied(field, given)
  if (field.type === 'declaration') return t(value === true ? 'form.confirmed' : 'form.unconfirmed')
  if (emptyValue(value)) return t('form.none')
  if (field.type === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (field.type === 'date') return day(textOf(value))
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
