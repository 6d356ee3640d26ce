/** What is written in a form, cleaned as the server cleans it (catalog/forms) before it is compared or judged. Pure. */
import type { FieldValue } from '@/api/types/case'
import type { FieldType, FormField } from '@/api/types/item'
import { cleanCreditCode, cleanDay, cleanIdNumber, cleanPhone } from '@/features/shared/numbers'
import { stripped, visibleWords } from '@/features/shared/words'

const CLEANERS: Partial<Record<FieldType, (text: string) => string>> = {
  phone: cleanPhone,
  id_number: cleanIdNumber,
  credit_code: cleanCreditCode,
  date: cleanDay,
  text: visibleWords,
  textarea: visibleWords,
  address: visibleWords,
}

export function tidied({ type }: FormField, value: FieldValue): FieldValue {
  return typeof value === 'string' ? stripped(CLEANERS[type]?.(value) ?? value) : value
}
