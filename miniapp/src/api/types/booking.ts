/** Booking a visit as its citizen sees it. Times are ISO moments; `date` is a day of China's calendar. */
import type { Schema } from './generated'

export type BookingHall = Schema<'HallOut'>
export type BookingPlace = Schema<'BookingPlaceOut'>
export type BookingDay = Schema<'DayOut'>
export type BookingTime = Schema<'TimeOut'>
export type BookingState = Schema<'BookingState'>
export type Booking = Schema<'BookingOut'>
export type BookingDocument = Schema<'DocumentOut'>
export type BookingDetail = Schema<'BookingDetail'>
export type HoldInput = Required<Schema<'HoldIn'>>
export type DayPart = Schema<'DayPart'>
export type WaitInput = Required<Schema<'JoinIn'>>
export type WaitEntry = Schema<'WaitingOut'>
export type Miss = Schema<'MissOut'>
export type Standing = Schema<'StandingOut'>
export type Delegation = Schema<'DelegationInfo'>
export type GroupQueue = Schema<'GroupQueueOut'>
export type HallQueue = Schema<'HallQueueOut'>
export type VisitState = Schema<'VisitState'>
export type Visit = Schema<'VisitOut'>

/** Another free time that a refusal names, in what the problem carries besides. */
export interface OtherTime {
  slot: string
  starts_at: string
  hall: string
  hall_en: string
  group: string
}
