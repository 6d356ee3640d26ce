/** The wizard's steps: one topic a page, and only the topics that this person has. Pure. */
import type { FormValues } from '@/api/types/case'
import type { FormPage, Item } from '@/api/types/item'
import type { Applied } from '@/features/catalog/situation'
import { pagesToAsk, shownAt } from './form'

export type Step =
  | { kind: 'situation'; key: 'situation' }
  | { kind: 'form'; key: string; page: FormPage }
  | { kind: 'materials'; key: 'materials' }
  | { kind: 'delivery'; key: 'delivery' }
  | { kind: 'review'; key: 'review' }

export function stepsOf(item: Item, applied: Applied, values: FormValues): Step[] {
  const steps: Step[] = []
  if (item.questions.length > 0) steps.push({ kind: 'situation', key: 'situation' })
  for (const page of pagesToAsk(item.form.ui.pages, values)) steps.push({ kind: 'form', key: `form:${page.key}`, page })
  if (applied.materials.length > 0) steps.push({ kind: 'materials', key: 'materials' })
  if (deliverable(item)) steps.push({ kind: 'delivery', key: 'delivery' })
  return [...steps, { kind: 'review', key: 'review' }]
}

/** Money goes to an account and a filing gives nothing in the hand: only what can be held is asked about. */
export const deliverable = (item: Item): boolean =>
  item.results.some(({ kind }) => ['licence', 'approval', 'certificate'].includes(kind))

const PARTS: Partial<Record<Step['kind'], string>> = {
  situation: 'answers',
  materials: 'materials',
  delivery: 'delivery',
}

/** The step on which what the server refused at `path` can be put right. */
export function stepAt(steps: Step[], path: string): Step | undefined {
  const name = shownAt(path).split('/')[1]
  return steps.find((step) =>
    step.kind === 'form' ? step.page.fields.some((field) => field.name === name) : name && PARTS[step.kind] === name,
  )
}
