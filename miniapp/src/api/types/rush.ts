/** A day that so many want that they queue, or draw lots, for its places. */
import type { Schema } from './generated'

export type RushSlot = Schema<'RushSlotOut'>
export type Rush = Schema<'RushDetailOut'>
export type QueuePlace = Schema<'QueuePlaceOut'>
export type DrawEntry = Schema<'EntryOut'>
export type Draw = Schema<'DrawOut'>
export type RushBooking = Schema<'RushBookingOut'>
