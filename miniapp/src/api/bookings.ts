/** The citizen API's endpoints about booking a visit, the day of the visit, and family. */
import { api, newKey, open } from './client'
import type { Page } from './types/case'
import type { Schema } from './types/generated'
import type {
  Booking,
  BookingDay,
  BookingDetail,
  BookingPlace,
  BookingTime,
  Delegation,
  HallQueue,
  HoldInput,
  Standing,
  Visit,
  WaitEntry,
  WaitInput,
} from './types/booking'

const at = (id: string, rest = '') => `/bookings/${id}${rest}`

export const getPlaces = (item: string) => api<BookingPlace[]>({ path: `/booking/items/${item}/places` })
export const getDays = (group: string, item: string) =>
  api<BookingDay[]>({ path: `/booking/groups/${group}/days`, query: { item } })
export const getTimes = (group: string, item: string, date: string) =>
  api<BookingTime[]>({ path: `/booking/groups/${group}/times`, query: { item, date } })
export const getQueue = (hall: string) => api<HallQueue>({ path: `/halls/${hall}/queue` })

export const holdSlot = (body: HoldInput, idempotencyKey: string) =>
  api<BookingDetail>({ method: 'POST', path: '/bookings', body, idempotencyKey })
/** Confirming twice changes nothing, so it may be sent again by itself. */
export const confirmBooking = (id: string) =>
  api<BookingDetail>({ method: 'POST', path: at(id, '/confirm'), body: {}, idempotencyKey: newKey() })
export const changeBooking = (id: string, slot: string, idempotencyKey: string) =>
  api<BookingDetail>({ method: 'POST', path: at(id, '/change'), body: { slot }, idempotencyKey })
export const cancelBooking = (id: string, reason = '') =>
  api<Booking>({ method: 'POST', path: at(id, '/cancel'), body: { reason } })
export const getBookings = (state: 'open' | 'past', cursor?: string) =>
  api<Page<Booking>>({ path: '/bookings', query: { state, cursor } })
export const getBooking = (id: string) => api<BookingDetail>({ path: at(id) })
export const openCalendar = (id: string, name: string) => open(at(id, '/calendar'), `${name}.ics`)

export const joinWaitlist = (body: WaitInput, idempotencyKey: string) =>
  api<WaitEntry>({ method: 'POST', path: '/waitlist', body, idempotencyKey })
export const getWaitlist = () => api<WaitEntry[]>({ path: '/waitlist' })
export const leaveWaitlist = (id: string) => api<void>({ method: 'DELETE', path: `/waitlist/${id}` })

export const getStanding = () => api<Standing>({ path: '/booking/standing' })
export const appeal = (miss: string, reason: string) =>
  api<Standing>({ method: 'POST', path: `/no-shows/${miss}/appeal`, body: { reason } })

export const checkIn = (id: string, place: Schema<'CheckInPlaceIn'>, idempotencyKey: string) =>
  api<Visit>({ method: 'POST', path: at(id, '/check-in'), body: place, idempotencyKey })
export const getVisitById = (visit: string) => api<Visit>({ path: `/visits/${visit}` })
export const getVisit = (id: string) => api<Visit>({ path: at(id, '/visit') })

export const getDelegations = () => api<Delegation[]>({ path: '/delegations' })
export const askDelegation = (phone: string, relation: string) =>
  api<void>({ method: 'POST', path: '/delegations', body: { phone, relation } })
export const agreeDelegation = (id: string) =>
  api<Delegation>({ method: 'POST', path: `/delegations/${id}/agree`, body: {} })
export const endDelegation = (id: string) => api<void>({ method: 'DELETE', path: `/delegations/${id}` })
