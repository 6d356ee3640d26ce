/** The person's own identity in a form: what the register confirmed is shown, and nobody types over it. Pure. */
import type { CaseDetail, FormValues } from '@/api/types/case'

export const lockedFields = (detail: CaseDetail): string[] => Object.keys(lockedValues(detail))

export const lockedValues = (detail: CaseDetail): FormValues =>
  Object.fromEntries(
    Object.entries(detail.prefill ?? {})
      .filter(([, { locked }]) => locked)
      .map(([name, { value }]) => [name, value]),
  )
