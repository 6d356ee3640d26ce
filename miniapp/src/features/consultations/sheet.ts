/** An answer while it is being written: what is asked, what is wrong, what is sent. Pure but for the stored copy. */
import type { FieldProblem } from '@/api/problem'
import type { AnswerValue, AnswerValues, Consultation, Mine, SheetInput, SurveyQuestion } from '@/api/types/consultation'
import { tooLong } from '@/features/shared/length'
import { t } from '@/i18n'
import { read, remove, write } from '@/platform/storage'

/** As the server's. */
export const COMMENT_MAX = 2000
/** The key of what is said of the whole. */
export const WHOLE = ''

export interface Sheet {
  values: AnswerValues
  comments: Record<string, string>
  notify: boolean
}

export type Step = 'comments' | 'questions' | 'send'

export const emptySheet = (): Sheet => ({ values: {}, comments: {}, notify: false })
const draftKey = (id: string) => `draft:consultation:${id}`
const sentKey = (id: string) => `draft:consultation-sent:${id}`

export const draftOf = (id: string): Sheet | null => read<Sheet>(draftKey(id))
export const keepDraft = (id: string, sheet: Sheet): void => void write(draftKey(id), sheet)
export const forgetDraft = (id: string): void => remove(draftKey(id))

/** Once the feedback is out nobody can find one's comments any more, so this phone keeps their words. */
export const keepSent = (id: string, { comments }: SheetInput): void => void write(sentKey(id), comments.map(({ text }) => text))
export const sentBefore = (id: string): string[] => read<string[]>(sentKey(id)) ?? []
export const forgetSent = (id: string): void => remove(sentKey(id))

export const stepsOf = ({ clauses, questions }: Pick<Consultation, 'clauses' | 'questions'>): Step[] => [
  ...(clauses.length ? (['comments'] as const) : []),
  ...(questions.length ? (['questions'] as const) : []),
  'send',
]

export const emptyAnswer = (value: AnswerValue | undefined): boolean =>
  value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0) || (typeof value === 'string' && !value.trim())

const chosen = (value: AnswerValue | undefined): string[] =>
  Array.isArray(value) ? value : typeof value === 'string' || typeof value === 'number' ? [String(value)] : []

/** The questions that these answers lead to, in order. An answer to a question that isn't asked opens nothing. */
export function asked(questions: SurveyQuestion[], values: AnswerValues): SurveyQuestion[] {
  const found = new Set<string>()
  return questions.filter(({ key, show_if }) => {
    const holds = show_if.every(({ question, any_of }) => found.has(question) && chosen(values[question]).some((one) => any_of.includes(one)))
    if (holds) found.add(key)
    return holds
  })
}

const answered = (questions: SurveyQuestion[], values: AnswerValues) => asked(questions, values).filter(({ key }) => !emptyAnswer(values[key]))

/** Who only comments on clauses need not answer the questions, and the other way round. */
export function questionFaults(questions: SurveyQuestion[], sheet: Sheet): FieldProblem[] {
  if (!answered(questions, sheet.values).length && commentsOf(sheet).length) return []
  return asked(questions, sheet.values).flatMap((question) => {
    const message = fault(question, sheet.values[question.key])
    return message ? [{ path: `/answers/${question.key}`, code: 'answer', message: `${question.title}${t('common.colon')}${message}` }] : []
  })
}

export const commentFaults = (sheet: Sheet): FieldProblem[] =>
  Object.entries(sheet.comments).flatMap(([clause, text]) => {
    const message = tooLong(text, COMMENT_MAX)
    return message ? [{ path: `/comments/${clause}`, code: 'too_long', message }] : []
  })

function fault(question: SurveyQuestion, value: AnswerValue | undefined): string {
  if (emptyAnswer(value)) return question.required ? t('consult.needAnswer') : ''
  if (question.kind === 'multiple') {
    const count = (value as string[]).length
    const most = Math.min(question.choices_max, question.options.length)
    if (count < question.choices_min) return t('consult.choicesMin', { n: question.choices_min })
    return count > most ? t('consult.choicesMax', { n: most }) : ''
  }
  if (question.kind === 'text') return tooLong(value as string, question.length_max)
  if (question.kind === 'matrix') {
    return question.required && Object.keys(value as object).length < question.rows.length ? t('consult.needRows') : ''
  }
  return ''
}

/** How many may be chosen, in words; the server's own hint says more where there is one. */
export function choicesHint({ kind, hint, choices_min, choices_max, options }: SurveyQuestion): string {
  if (hint || kind !== 'multiple') return hint
  const most = Math.min(choices_max, options.length)
  if (most >= options.length) return choices_min > 1 ? t('consult.choicesMin', { n: choices_min }) : t('consult.anyOf')
  return choices_min < 2 ? t('consult.choicesMax', { n: most }) : t('consult.choicesBetween', { min: choices_min, max: most })
}

const commentsOf = ({ comments }: Sheet) =>
  Object.entries(comments).flatMap(([clause, text]) => (text.trim() ? [{ clause, text: text.trim() }] : []))

/** Only answers to what is asked, and only comments that say something. */
export function inputOf({ questions }: Pick<Consultation, 'questions'>, sheet: Sheet): SheetInput {
  const given = answered(questions, sheet.values).map(({ key }) => [key, sheet.values[key]] as [string, AnswerValue])
  return { answers: Object.fromEntries(given), comments: commentsOf(sheet), notify: sheet.notify }
}

export const nothingSaid = ({ answers, comments }: SheetInput): boolean => !comments.length && !Object.keys(answers).length

/** What was sent before, to be changed. */
export const sheetOf = ({ answers, comments, notify }: Mine): Sheet => ({
  values: answers,
  comments: Object.fromEntries(comments.map(({ target, text }) => [target, text])),
  notify,
})

/** The step on which a complaint can be put right. */
export function stepOf(faults: FieldProblem[], steps: Step[]): Step {
  const path = faults[0]?.path ?? ''
  if (path.startsWith('/answers') && steps.includes('questions')) return 'questions'
  return path.startsWith('/comments') && steps.includes('comments') ? 'comments' : 'send'
}
