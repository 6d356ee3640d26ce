/** A day that so many want that they queue, or draw lots, for its places. */

export interface RushSlot {
  id: string
  hall: string
  starts_at: string
  ends_at: string
  places: number
  free: number
  closed: boolean
}

export interface Rush {
  id: string
  name: string
  name_en: string
  item_code: string
  mode: 'queue' | 'draw'
  joins_from: string
  opens_at: string
  closes_at: string
  drawn_at: string | null
  joined: number
  /** A faster address for the same calls; null where there is only the ordinary one. */
  lane: string | null
  window_minutes: number
  seed_digest: string
  slots: RushSlot[]
}

/** In a queue: `ahead` people come before and are not yet let in; the turn is from `turn_at` until `until`. */
export interface QueuePlace {
  position: number
  ahead: number
  turn_at: string
  until: string
  phase: 'waiting' | 'your_turn' | 'passed' | 'over'
}

/** In a draw: `rank` and `outcome` once it is settled. */
export interface DrawEntry {
  entry: string
  wishes: string[]
  rank: number | null
  outcome: 'won' | 'wishes_full' | 'already_booked' | null
  booking: string | null
}

export interface Draw {
  method: string
  seed_digest: string
  seed: string | null
}

export interface RushBooking {
  id: string
  number: string
}
