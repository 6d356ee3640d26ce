/** An answer while it is being written: what is asked, what is wrong, what is sent. Pure but for the stored copy. */
import type { FieldProblem } from '@/api/problem'
import type {
  AnswerValue,
  AnswerValues,
  Clause,
  Consultation,
  Mine,
  SheetInput,
  SurveyQuestion,
} from '@/api/types/consultation'
import { tooLong } from '@/features/shared/length'
import { t } from '@/i18n'
import { slot, type Slot } from '@/features/shared/kept'
import { merge, sameValue, type Difference, type Parts } from '@/features/shared/merge'

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
/** A part while it is written here: `was` is what it was on the server when it was begun. */
export interface Kept {
  value: unknown
  was: unknown
}
export type SheetCopy = Slot<Parts<Kept>>
export const copyOf = (id: string): SheetCopy => slot(`consultation:${id}`)
const sentOf = (id: string) => slot<string[]>(`consultation-sent:${id}`)

/** A sheet as parts that can be compared one by one: `answers/KEY`, `comments/CLAUSE`, `notify`. */
export function partsOf({ values, comments, notify }: Sheet): Parts<unknown> {
  const answers = Object.entries(values).map(([key, value]) => [`answers/${key}`, value] as const)
  const said = Object.entries(comments).map(([clause, text]) => [`comments/${clause}`, text] as const)
  return Object.fromEntries<unknown>([...answers, ...said, ['notify', notify]])
}

export function withPart(sheet: Sheet, part: string, value: unknown): Sheet {
  const [kind, ...rest] = part.split('/')
  const key = rest.join('/')
  if (kind === 'answers') return { ...sheet, values: { ...sheet.values, [key]: value as AnswerValue } }
  if (kind === 'comments') return { ...sheet, comments: { ...sheet.comments, [key]: (value ?? '') as string } }
  return { ...sheet, notify: Boolean(value) }
}

/** What was written here and what has been sent meanwhile, by another device: where both changed the same, `asked`. */
export function resumed(saved: Sheet, copy: Parts<Kept>): { sheet: Sheet; typed: Parts<Kept>; asked: Parts<Kept> } {
  const there = partsOf(saved)
  const { unsent, asked } = merge(
    copy,
    (part, { value }) => sameValue(there[part], value),
    (part, { was }) => !sameValue(there[part], was),
  )
  const sheet = Object.entries(unsent).reduce((held, [part, { value }]) => withPart(held, part, value), saved)
  return { sheet, typed: unsent, asked }
}

/** Once the feedback is out nobody can find one's comments any more, so this phone keeps their words. */
export const keepSent = (id: string, { comments }: SheetInput): void =>
  void sentOf(id).write(comments.map(({ text }) => text))
export const sentBefore = (id: string): string[] => sentOf(id).read() ?? []
export const forgetSent = (id: string): void => sentOf(id).remove()

/** What another device has sent differently, to be shown beside what was written here. */
export function differencesOf(
  { clauses, questions }: Pick<Consultation, 'clauses' | 'questions'>,
  saved: Sheet,
  asked: Parts<Kept>,
): Difference[] {
  const there = partsOf(saved)
  return Object.entries(asked).map(([part, { value }]) => {
    const [kind, ...rest] = part.split('/')
    const key = rest.join('/')
    const question = kind === 'answers' ? questions.find((one) => one.key === key) : undefined
    const label = question?.title ?? (kind === 'notify' ? t('consult.notify') : clauseLabel(clauses, key))
    return { part, label, mine: answerText(question, value), saved: answerText(question, there[part]) }
  })
}

const clauseLabel = (clauses: Clause[], key: string) => {
  const clause = clauses.find((one) => one.key === key)
  return t('consult.commentOn', { clause: clause ? `${clause.number} ${clause.title}`.trim() : t('consult.whole') })
}

function answerText(question: SurveyQuestion | undefined, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (emptyAnswer(value as AnswerValue | undefined)) return t('form.none')
  const name = (key: unknown) => question?.options.find((option) => option.key === key)?.label ?? String(key)
  if (Array.isArray(value)) return value.map(name).join(t('common.comma'))
  if (typeof value !== 'object') return name(value)
  return Object.entries(value as object)
    .map(
      ([row, key]) => `${question?.rows.find((one) => one.key === row)?.label ?? row}${t('common.colon')}${name(key)}`,
    )
    .join('\n')
}

export const stepsOf = ({ clauses, questions }: Pick<Consultation, 'clauses' | 'questions'>): Step[] => [
  ...(clauses.length ? (['comments'] as const) : []),
  ...(questions.length ? (['questions'] as const) : []),
  'send',
]

export const emptyAnswer = (value: AnswerValue | undefined): boolean =>
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0) ||
  (typeof value === 'string' && !value.trim())

const chosen = (value: AnswerValue | undefined): string[] =>
  Array.isArray(value) ? value : typeof value === 'string' || typeof value === 'number' ? [String(value)] : []

/** The questions that these answers lead to, in order. An answer to a question that isn't asked opens nothing. */
export function asked(questions: SurveyQuestion[], values: AnswerValues): SurveyQuestion[] {
  const found = new Set<string>()
  return questions.filter(({ key, show_if }) => {
    const holds = show_if.every(
      ({ question, any_of }) => found.has(question) && chosen(values[question]).some((one) => any_of.includes(one)),
    )
    if (holds) found.add(key)
    return holds
  })
}

const answered = (questions: SurveyQuestion[], values: AnswerValues) =>
  asked(questions, values).filter(({ key }) => !emptyAnswer(values[key]))

/** Who only comments on clauses need not answer the questions, and the other way round. */
export function questionFaults(questions: SurveyQuestion[], sheet: Sheet): FieldProblem[] {
  if (!answered(questions, sheet.values).length && commentsOf(sheet).length) return []
  return asked(questions, sheet.values).flatMap((question) => {
    const message = fault(question, sheet.values[question.key])
    return message
      ? [
          {
            path: `/answers/${question.key}`,
            code: 'answer',
            message: `${question.title}${t('common.colon')}${message}`,
          },
        ]
      : []
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
  return choices_min < 2
    ? t('consult.choicesMax', { n: most })
    : t('consult.choicesBetween', { min: choices_min, max: most })
}

const commentsOf = ({ comments }: Sheet) =>
  Object.entries(comments).flatMap(([clause, text]) => (text.trim() ? [{ clause, text: text.trim() }] : []))

/** Only answers to what is asked, and only comments that say something. */
export function inputOf({ questions }: Pick<Consultation, 'questions'>, sheet: Sheet): SheetInput {
  const given = answered(questions, sheet.values).map(({ key }) => [key, sheet.values[key]] as [string, AnswerValue])
  return { answers: Object.fromEntries(given), comments: commentsOf(sheet), notify: sheet.notify }
}

export const nothingSaid = ({ answers, comments }: SheetInput): boolean =>
  !comments.length && !Object.keys(answers).length

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
