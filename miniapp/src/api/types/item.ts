/** The published guide of one service item (`/public/items/<code>.json`). */

export interface Limit {
  value: number
  unit: string
  note?: string
  text: string
  text_en: string
}

export interface Hall {
  code: string
  name: string
  name_en: string
  address: string
  address_en: string
  phone: string
  hours: unknown
  latitude: number | null
  longitude: number | null
  transit: string
}

export interface Material {
  code: string
  name: string
  name_en: string
  type: string
  type_label: string
  form: string
  form_label: string
  necessity: 'required' | 'optional' | 'deferred'
  necessity_label: string
  source: string
  source_label: string
  source_note: string
  issuer: string
  time_requirement: string
  originals: number
  copies: number
  filling_notes: string
  acceptance_standard: string
  basis: string
  situational: boolean
  licence_type: string
  max_files: number
}

export interface SituationOption {
  key: string
  label: string
  label_en: string
  adds: string[]
  removes: string[]
  fee: string
  promised_limit: Limit | null
  halls: string[]
  note: string
  note_en: string
  blocks: string
}

export interface Question {
  key: string
  text: string
  text_en: string
  options: SituationOption[]
}

export type FieldType =
  | 'text'
  | 'textarea'
  | 'number'
  | 'date'
  | 'choice'
  | 'choices'
  | 'boolean'
  | 'declaration'
  | 'phone'
  | 'id_number'
  | 'credit_code'
  | 'address'
  | 'group'

export interface FormField {
  name: string
  type: FieldType
  label: string
  label_en: string
  hint: string
  hint_en: string
  required: boolean
  min: number | null
  max: number | null
  options: { value: string; label: string; label_en: string }[]
  show_if: { field: string; values: (string | boolean)[] } | null
  prefill: string
  fields: FormField[]
}

export interface FormPage {
  key: string
  title: string
  title_en: string
  fields: FormField[]
}

export interface Place {
  hall: Hall
  counters: string
}

export interface Item {
  code: string
  name: string
  name_en: string
  short_name: string
  summary: string
  summary_en: string
  kind: string
  kind_label: string
  department: { code: string; name: string; name_en: string; phone: string; address: string }
  legal_bases: { law: string; article: string; text: string }[]
  legal_limit: Limit | null
  promised_limit: Limit | null
  conditions: string[]
  steps: { name: string; name_en: string; detail: string; days: string }[]
  places: Place[]
  service_hours: string
  visits: number | null
  visits_reason: string
  bookable: boolean
  courier: boolean
  enquiry: string
  complaint: string
  materials: Material[]
  charged: boolean
  fees: { name: string; standard: string; amount: string | number | null; basis: string }[]
  results: { name: string; name_en: string; kind: string; kind_label: string; validity_months: number }[]
  faqs: { question: string; answer: string }[]
  questions: Question[]
  handling: 'online' | 'visit' | 'guide'
  handling_label: string
  form: { schema: unknown; ui: { pages: FormPage[] } }
  version: number
  published_at: string
}

/** The words of a person's answers to the situation questions: question key → option key. */
export type Answers = Record<string, string>
