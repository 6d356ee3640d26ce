/** Tickets 诉求: what people ask of the government, and what everybody may read of it. */
import type { Light, FormValues, TimelineEntry } from './case'
import type { FormPage } from './item'

export const KINDS = ['enquiry', 'complaint', 'suggestion', 'report', 'praise'] as const
export type TicketKind = (typeof KINDS)[number]
export type TicketState =
  | 'submitted' | 'dispatched' | 'handling' | 'supplement' | 'replied' | 'split' | 'closed' | 'refused' | 'withdrawn' | 'merged'
export type TicketAction = 'supplement' | 'reopen' | 'withdraw'
export type PlaceKind = 'none' | 'map' | 'hall' | 'address'

/** Only one without children takes tickets. */
export interface TicketCategory {
  code: string
  kind: TicketKind
  name: string
  name_en: string
  hint: string
  place: 'none' | 'optional' | 'required'
  public_default: boolean
  limit: string
  form: { schema: unknown; ui: { pages: FormPage[] } } | null
  children: TicketCategory[]
}

/** GCJ-02. */
export interface Bounds {
  south: number
  west: number
  north: number
  east: number
}

export interface TicketOptions {
  kinds: { code: TicketKind; label: string; label_en: string }[]
  categories: TicketCategory[]
  bounds: Bounds | null
  max_photos: number
  photo_max_bytes: number
  title_max: number
  body_max: number
}

export interface TicketPhoto {
  id: string
  size: number
  mime: string
}

export interface PlaceInput {
  kind: PlaceKind
  latitude: number | null
  longitude: number | null
  address: string
  hall: string
}

export interface TicketInput {
  category: string
  title: string
  body: string
  answers: FormValues
  place: PlaceInput
  photos: string[]
  share_consent: boolean
}

export interface TicketSummary {
  id: string
  number: string
  kind: TicketKind
  kind_label: string
  category: { code: string; name: string; name_en: string }
  title: string
  state: TicketState
  state_label: string
  state_label_en: string
  sentence: string
  sentence_en: string
  light: Light
  due_on: string | null
  submitted_at: string
  updated_at: string
  waiting_for_you: boolean
}

export interface TicketDetail extends TicketSummary {
  body: string
  answers: FormValues
  place: { kind: PlaceKind; latitude: number | null; longitude: number | null; address: string; hall_name: string | null; hall_name_en: string | null; region_name: string | null; region_name_en: string | null }
  photos: TicketPhoto[]
  anonymous: boolean
  share_consent: boolean
  urgent: boolean
  department: { code: string; name: string; name_en: string; phone: string } | null
  clock: {
    started_at: string
    contact_due_at: string | null
    contacted_at: string | null
    due_at: string | null
    rule: string
    extended_days: number
    paused: boolean
    pauses: { started_at: string; ended_at: string | null; question: string; answer: string }[]
  }
  question: string
  reply: { department: string; department_en: string; text: string; at: string } | null
  steps: TimelineEntry[]
  parts: TicketSummary[]
  merged_into: { number: string; state_label: string; state_label_en: string; sentence: string; sentence_en: string; public_id: string | null } | null
  merged_count: number
  reopened: number
  reopen_until: string | null
  resolved: boolean | null
  rating: { stars: number; at: string } | null
  public_id: string | null
  actions: (TicketAction | 'rate')[]
}

/** The code is told this once. */
export interface SentTicket {
  ticket: TicketDetail
  receipt_code: string | null
}

export interface PublicTicket {
  id: string
  kind: TicketKind
  kind_label: string
  category: { code: string; name: string; name_en: string }
  title: string
  question: string
  answer: string
  department: string
  department_en: string
  state: TicketState
  state_label: string
  state_label_en: string
  sentence: string
  sentence_en: string
  region: string
  region_en: string
  /** Of a place in the street, to about a hundred metres. */
  latitude: number | null
  longitude: number | null
  submitted_on: string
  confirmed_at: string
}

export interface PublicTicketDetail extends PublicTicket {
  steps: TimelineEntry[]
  followers: number
  /** Null: not told, as to everybody. */
  following: boolean | null
}

export interface PublicAnswer {
  id: string
  category: { code: string; name: string; name_en: string }
  title: string
  question: string
  answer: string
  department: string
  department_en: string
  confirmed_at: string
}

export interface Similar {
  items: { ticket: PublicTicket; metres: number | null; followers: number }[]
  /** Like ones that are not public. */
  others: number
}

export interface Receipt {
  number: string
  code: string
}
