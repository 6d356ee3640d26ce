/** Booking a visit as its citizen sees it. Times are ISO moments; `date` is a day of China's calendar. */

export interface BookingHall {
  code: string
  name: string
  name_en: string
  address: string
  address_en: string
  phone: string
  latitude: number | null
  longitude: number | null
}

/** A hall's counters that take bookings for an item. */
export interface BookingPlace {
  group: string
  group_name: string
  group_name_en: string
  hall: BookingHall
  next_free: string | null
  horizon_days: number
  release_at: string
  waitlist: boolean
}

export interface BookingDay {
  date: string
  free: number
  priority_free: number
  /** Set while none of the day's places is released yet. */
  opens_at: string | null
  closed: boolean
  /** The rush that one has to queue for; empty on ordinary days. */
  rush: string
}

export interface BookingTime {
  slot: string
  starts_at: string
  ends_at: string
  free: number
  priority_free: number
  opens_at: string
  state: 'open' | 'full' | 'not_open' | 'past' | 'closed'
  rush: string
}

export type BookingState = 'held' | 'confirmed' | 'arrived' | 'served' | 'missed' | 'cancelled' | 'expired'

export interface Booking {
  id: string
  number: string
  item_code: string
  item_name: string
  item_name_en: string
  state: BookingState
  state_label: string
  mine: boolean
  person_masked: string
  group: string
  group_name: string
  group_name_en: string
  hall: BookingHall
  starts_at: string
  ends_at: string
  priority: boolean
  hold_until: string | null
  check_in_from: string
  check_in_until: string
  changes_left: number
  reason: string
  may: ('confirm' | 'change' | 'cancel' | 'rate')[]
}

export interface BookingDocument {
  code: string
  name: string
  name_en: string
  originals: number
  copies: number
  note: string
}

export interface BookingDetail extends Booking {
  documents: BookingDocument[]
  documents_known: boolean
  notes: string[]
  qr_text: string
  qr_image: string
}

export interface HoldInput {
  slot: string
  answers: Record<string, string>
  priority: boolean
  /** Of the person who comes, when that is a family member who agreed. */
  delegation: string
}

/** Another free time that a refusal names. */
export interface OtherTime {
  slot: string
  starts_at: string
  hall: string
  hall_en: string
  group: string
}

export type DayPart = 'any' | 'am' | 'pm'

export interface WaitInput {
  group: string
  item_code: string
  date: string
  part: DayPart
  answers: Record<string, string>
  delegation: string
}

export interface WaitEntry {
  id: string
  item_code: string
  item_name: string
  item_name_en: string
  hall: BookingHall
  date: string
  part: DayPart
  state: 'waiting' | 'offered' | 'taken' | 'lapsed' | 'left'
  state_label: string
  ahead: number
  booking: string
  starts_at: string | null
  offer_until: string | null
}

export interface Miss {
  id: string
  number: string
  item_name: string
  hall_name: string
  starts_at: string
  appeal: 'none' | 'asked' | 'excused' | 'upheld'
  appeal_label: string
  decision: string
  may_appeal: boolean
}

export interface Standing {
  counted: number
  blocked_until: string | null
  rule: string
  rule_en: string
  misses: Miss[]
}

/** Who may book for whom. `mine`: I am the one who may act; `relation` is then what I call the other. */
export interface Delegation {
  id: string
  mine: boolean
  relation: string
  name_masked: string
  phone_masked: string
  agreed: boolean
  asked_at: string
}

/** `mean_wait_minutes`, over the last hour; null when nobody was called. */
export interface GroupQueue {
  group: string
  name: string
  name_en: string
  waiting: number
  mean_wait_minutes: number | null
  open_counters: number
}

export interface HallQueue {
  hall: string
  waiting: number
  groups: GroupQueue[]
  at: string
}

export type VisitState = 'waiting' | 'called' | 'serving' | 'done' | 'skipped' | 'left'

/** A ticket of the day. `ahead` and `estimate_minutes` only while it waits. */
export interface Visit {
  id: string
  number: string
  state: VisitState
  state_label: string
  late: boolean
  ahead: number | null
  estimate_minutes: number | null
  counter: string | null
  called_at: string | null
}
