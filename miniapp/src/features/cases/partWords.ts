/** How a part of a draft is called and reads, whoever wrote it. */
import type { CaseDetail, Delivery, FieldValue, FormValues } from '@/api/types/case'
import type { Answers, Item } from '@/api/types/item'
import { chosenOptions } from '@/features/catalog/situation'
import { t, tx } from '@/i18n'
import { deliveryText } from './delivery'
import { emptyValue, fieldsOf, textOf, valueText, visibleFields } from './form'
import type { Difference, Parts } from '@/features/shared/merge'
import { ANSWERS, fieldOf, savedOf, type Kept, type PartValue } from './unsent'

const fieldNamed = (item: Item, name: string) => fieldsOf(item.form.ui.pages).find((field) => field.name === name)

/** What another phone has saved differently, to be shown beside what was written here. */
export const differences = (item: Item, detail: CaseDetail, asked: Parts<Kept>): Difference[] =>
  Object.entries(asked).map(([part, { value }]) => ({
    part,
    label: partLabel(item, part),
    mine: partText(item, part, value, detail),
    saved: partText(item, part, savedOf(detail, part), detail),
  }))

function partLabel(item: Item, part: string): string {
  const name = fieldOf(part)
  if (name === null) return t(part === ANSWERS ? 'wizard.situation' : 'wizard.delivery')
  const field = fieldNamed(item, name)
  return field ? tx(field, 'label') : name
}

function partText(item: Item, part: string, value: PartValue, { form }: CaseDetail): string {
  const name = fieldOf(part)
  if (name !== null) return fieldText(item, name, value as FieldValue, form.values)
  if (part === ANSWERS) return answersText(item, value as Answers)
  return value ? deliveryText(value as Delivery, item.places) : t('form.none')
}

function fieldText(item: Item, name: string, value: FieldValue, values: FormValues): string {
  const field = fieldNamed(item, name)
  if (!field || field.type !== 'group' || emptyValue(value)) return field ? valueText(field, value) : textOf(value)
  const shown = visibleFields(field.fields, values, fieldsOf(item.form.ui.pages))
  return (value as FormValues[])
    .map((row, index) => `${index + 1}. ${shown.map((inner) => valueText(inner, row[inner.name])).join(' · ')}`)
    .join('\n')
}

function answersText(item: Item, answers: Answers): string {
  const chosen = chosenOptions(item, answers).map((option) => tx(option, 'label'))
  return chosen.join(t('common.comma')) || t('form.none')
}
