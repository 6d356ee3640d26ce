/** Public consultations 民意征集: what is asked, what a person answers, and what became of it. */
import type { Schema } from './generated'

export type ConsultationSummary = Schema<'SummaryOut'>
export type Phase = ConsultationSummary['phase']
export type ListState = 'open' | 'upcoming' | 'closed'
export type Clause = Schema<'Clause'>
export type Option = Schema<'Option'>
export type SurveyQuestion = Schema<'Question'>
export type QuestionKind = SurveyQuestion['kind']
export type Attachment = Schema<'AttachmentOut'>
export type Consultation = Schema<'ConsultationOut'>
export type Counts = Schema<'CountsOut'>
export type OwnComment = Schema<'OwnCommentOut'>
export type ShownComment = Schema<'ShownCommentOut'>
export type Report = Schema<'ReportOut'>
export type Result = Schema<'Result'>
export type CommentGroup = Schema<'GroupOut'>
export type Outcome = CommentGroup['outcome']

/** An option's key, several of them, points, words, or {row: option}: by the question's kind. */
export type AnswerValue = string | string[] | number | Record<string, string>
export type AnswerValues = Record<string, AnswerValue>
export type SheetInput = Omit<Schema<'SheetIn'>, 'answers' | 'comments' | 'notify'> & {
  answers: AnswerValues
  comments: Required<Schema<'CommentIn'>>[]
  notify: boolean
}
export type Mine = Omit<Schema<'MineOut'>, 'answers'> & { answers: AnswerValues }
