/** A case 办件 as its citizen sees it. */
import type { Answers } from './item'
import type { FieldProblem } from '../problem'

export type CaseState =
  | 'draft'
  | 'submitted'
  | 'correction'
  | 'rejected'
  | 'accepted'
  | 'reviewing'
  | 'suspended'
  | 'deciding'
  | 'approved'
  | 'refused'
  | 'issuing'
  | 'delivering'
  | 'concluded'
  | 'withdrawn'
  | 'returned'
  | 'voided'
  | 'archived'

export type Light = 'green' | 'yellow' | 'red' | 'paused' | 'none'
export type CaseAction = 'submit' | 'withdraw' | 'urge' | 'resubmit' | 'rate' | 'confirm_receipt' | 'delete'
export type DeliveryMethod = 'electronic' | 'pickup' | 'courier'

export interface Todo {
  kind: 'draft' | 'correction' | 'rate' | 'collect'
  label: string
  label_en: string
  due_on: string | null
}

export interface CaseSummary {
  id: string
  number: string | null
  item: { code: string; name: string; name_en: string }
  state: CaseState
  state_label: string
  state_label_en: string
  sentence: string
  sentence_en: string
  light: Light
  due_on: string | null
  days_left: number | null
  created_at: string
  updated_at: string
  todo: Todo | null
}

export interface FileInfo {
  id: string
  name: string
  size: number
  mime: string
  pages: number | null
  source: 'upload' | 'licence' | 'file'
  created_at: string
}

export interface CaseMaterial {
  code: string
  name: string
  name_en: string
  necessity: 'required' | 'optional' | 'deferred'
  state: 'missing' | 'given' | 'flagged' | 'accepted'
  words: string
  files: FileInfo[]
  max_files: number
}

export interface Clock {
  started_at: string
  due_at: string
  rule: string
  law: string
  unit: 'working_day' | 'day' | 'hour' | 'instant' | ''
  total_days: number
  used_days: number
  pauses: { from: string; to: string | null; reason: string }[]
  extended: boolean
}

export interface TimelineEntry {
  at: string
  action: string
  label: string
  label_en: string
  post: string
  note: string
}

export interface Delivery {
  method: DeliveryMethod
  hall?: string
  address?: string
  receiver?: string
  phone?: string
  state?: string
  courier?: string
  tracking_number?: string
}

export type Scalar = string | number | boolean | null
export type FieldValue = Scalar | string[] | FormValues[] | undefined
export interface FormValues {
  [name: string]: FieldValue
}

export interface Prefill {
  value: Scalar
  source: string
  source_en: string
  /** The person's own confirmed identity, which can't be typed over. */
  locked: boolean
}

export interface CaseDetail extends CaseSummary {
  version: { number: number; hash: string; document: string }
  changed: { current_version: number | null; changes: string[]; withdrawn: boolean } | null
  answers: Answers
  applied: { materials: string[]; fee: string; promised: string; promised_en: string; halls: string[]; notes: string[]; notes_en: string[]; blocks: string[]; unanswered: string[] }
  form: { values: FormValues; page: string }
  revision: number
  /** The revision that changed a part last: `/form/NAME`, `/answers`, `/delivery`. */
  revisions: Record<string, number>
  form_errors: FieldProblem[]
  prefill: Record<string, Prefill>
  materials: CaseMaterial[]
  clock: Clock | null
  timeline: TimelineEntry[]
  holder: { post: string; department: string; phone: string } | null
  correction: {
    due_on: string | null
    note: string
    fields: { path: string; label: string; words: string }[]
    materials: { code: string; name: string; words: string }[]
  } | null
  refusal: { kind: string; reasons: string; law: string; remedies: string } | null
  result: {
    licence_id: string
    name: string
    number: string
    valid_from: string | null
    valid_to: string | null
    verify_url: string
  } | null
  delivery: Delivery | null
  documents: { kind: string; name: string; name_en: string }[]
  actions: CaseAction[]
  rating: { stars: number; at: string } | null
  next_steps: { text: string; text_en: string; phone: string } | null
}

export interface Reusable {
  material_code: string
  kind: 'licence' | 'file'
  id: string
  label: string
  valid_to: string | null
}

export interface Page<T> {
  items: T[]
  next_cursor: string | null
}

export interface RatingTag {
  code: string
  label: string
  label_en: string
}

/** What can be said of a handling: tags by the number of stars, and what is rated besides. */
export interface RatingOptions {
  stars: { stars: number; label: string; label_en: string; tags: RatingTag[] }[]
  dimensions: RatingTag[]
  /** Of a visit to a hall. */
  offline_dimensions: RatingTag[]
  comment_max: number
}

export interface RatingInput {
  stars: number
  tags: string[]
  dimensions: Record<string, number>
  comment: string
}
