import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { FormValues } from '@/api/types/case'
import type { FormField } from '@/api/types/item'
import { visibleFields } from '@/features/cases/form'
import { validate } from '@/features/cases/validate'
import { field } from '../make'

type Given = Pick<FormField, 'name'> & { options?: string[]; fields?: Given[] }
interface Case {
  words: string
  fields: Given[]
  values: Record<string, unknown>
  /** Each value is a piece and how many times it is written. */
  repeat?: boolean
  shown?: string[]
  problems?: [path: string, code: string][]
}

// The server's tests read the same file.
const { cases } = JSON.parse(
  readFileSync(resolve(__dirname, '../../../server/tests/shared/vectors/forms.json'), 'utf8'),
) as { cases: Case[] }

const whole = ({ options = [], fields = [], ...given }: Given): FormField =>
  field({
    ...given,
    options: options.map((value) => ({ value, label: value, label_en: '' })),
    fields: fields.map(whole),
  })

const times = (piece: string | unknown[], count: number) =>
  typeof piece === 'string' ? piece.repeat(count) : Array.from({ length: count }, () => piece).flat()
const filled = ({ values, repeat }: Case) =>
  (repeat
    ? Object.fromEntries(Object.entries(values as Record<string, [string, number]>).map(([k, v]) => [k, times(...v)]))
    : values) as FormValues

it.each(cases)('$words', (one) => {
  const [all, values] = [one.fields.map(whole), filled(one)]
  const shown = visibleFields(all, values, all)
  expect(shown.map(({ name }) => name)).toEqual(one.shown ?? all.map(({ name }) => name))
  const found = validate(shown, values, all).map(({ path, code }) => [path, code])
  expect(found.sort()).toEqual([...(one.problems ?? [])].sort())
})
