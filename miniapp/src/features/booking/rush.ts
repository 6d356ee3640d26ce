/** Rushes: what stage one is in, and how often to look again. Pure. */
import type { DrawEntry, QueuePlace, Rush } from '@/api/types/rush'

export type Stage = 'early' | 'join' | 'joined' | 'turn' | 'passed' | 'drawing' | 'won' | 'lost' | 'over'

export const isDraw = (place: QueuePlace | DrawEntry | null): place is DrawEntry => place !== null && 'entry' in place

export function stageOf(rush: Rush, place: QueuePlace | DrawEntry | null, now: number): Stage {
  if (isDraw(place)) {
    if (place.outcome) return place.outcome === 'won' ? 'won' : 'lost'
    return now >= Date.parse(rush.closes_at) ? 'drawing' : 'joined'
  }
  if (now >= Date.parse(rush.closes_at)) return 'over'
  if (now < Date.parse(rush.joins_from)) return 'early'
  if (!place) return 'join'
  return placeStage(place, now)
}

/** The turn begins and ends by the clock; nobody has to ask the server for it. */
function placeStage(place: QueuePlace, now: number): Stage {
  if (place.phase === 'over') return 'over'
  if (now < Date.parse(place.turn_at)) return 'joined'
  return now < Date.parse(place.until) ? 'turn' : 'passed'
}

const SOONEST = 3_000
const LATEST = 30_000

/** Milliseconds until it is worth asking again: seldom while the turn is far, so that a long queue asks little. */
export function lookAgain(stage: Stage, place: QueuePlace | DrawEntry | null, now: number): number {
  if (stage === 'turn') return SOONEST
  if (stage === 'joined' && place && !isDraw(place))
    return Math.min(LATEST, Math.max(SOONEST, (Date.parse(place.turn_at) - now) / 4))
  return LATEST
}

export const MOST_WISHES = 5

/** Taps give the order: the first tapped is the dearest; tapping again takes it out. */
export function withWish(wishes: string[], slot: string): string[] {
  if (wishes.includes(slot)) return wishes.filter((one) => one !== slot)
  return wishes.length < MOST_WISHES ? [...wishes, slot] : wishes
}
