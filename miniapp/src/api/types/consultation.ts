/** Public consultations 民意征集: what is asked, what a person answers, and what became of it. */

export type Phase = 'upcoming' | 'open' | 'closed' | 'answered' | 'withdrawn'
export type ListState = 'open' | 'upcoming' | 'closed'
export type QuestionKind = 'single' | 'multiple' | 'scale' | 'text' | 'matrix'
export type Outcome = 'open' | 'adopted' | 'partly' | 'declined'

export interface ConsultationSummary {
  id: string
  title: string
  summary: string
  department: { code: string; name: string; name_en: string }
  opens_at: string
  closes_at: string
  phase: Phase
  phase_label: string
}

export interface Clause {
  key: string
  number: string
  title: string
  text: string
}

export interface Option {
  key: string
  label: string
}

/** `show_if`: asked only if all hold; each names an earlier question and any of its choices. */
export interface SurveyQuestion {
  key: string
  kind: QuestionKind
  title: string
  hint: string
  required: boolean
  options: Option[]
  rows: Option[]
  choices_min: number
  choices_max: number
  points: number
  low_label: string
  high_label: string
  length_max: number
  show_if: { question: string; any_of: string[] }[]
}

export interface Attachment {
  id: string
  title: string
  mime: string
  bytes: number
}

export interface Consultation extends ConsultationSummary {
  background: string
  audience: string
  contact: string
  short_reason: string
  withdrawn_reason: string
  clauses: Clause[]
  questions: SurveyQuestion[]
  attachments: Attachment[]
  answered_at: string | null
}

export interface Counts {
  answers: number
  comments: number
  shown: number
}

/** An option's key, several of them, points, words, or {row: option}. */
export type AnswerValue = string | string[] | number | Record<string, string>
export type AnswerValues = Record<string, AnswerValue>

/** `clause`: a clause's key, or "" for the whole. */
export interface SheetInput {
  answers: AnswerValues
  comments: { clause: string; text: string }[]
  notify: boolean
}

export interface OwnComment {
  target: string
  text: string
  state: 'pending' | 'shown' | 'hidden'
  state_label: string
  reason: string
}

export interface Mine {
  day: string
  answers: AnswerValues
  comments: OwnComment[]
  texts: OwnComment[]
  notify: boolean
}

export interface ShownComment {
  id: string
  target: string
  text: string
}

export interface ResultBar {
  key: string
  label: string
  count: number
  share: number
}

export interface Result {
  key: string
  title: string
  kind: QuestionKind
  answered: number
  rows: { key: string; label: string; answered: number; mean: number | null; bars: ResultBar[] }[]
}

export interface CommentGroup {
  title: string
  size: number
  outcome: Outcome
  outcome_label: string
  reply: string
  samples: string[]
}

export interface Report {
  id: string
  title: string
  answers: number
  overview: string
  results: Result[]
  clauses: { key: string; comments: number }[]
  groups: CommentGroup[]
  answered_at: string | null
}
