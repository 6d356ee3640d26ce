/** The citizen API's endpoints about rushes. */
import { api } from './client'
import { ApiProblem } from './problem'
import type { Draw, DrawEntry, QueuePlace, Rush, RushBooking } from './types/rush'

export const getRush = (id: string) => api<Rush>({ path: `/rushes/${id}` })
export const joinRush = (id: string, wishes: string[] = []) =>
  api<QueuePlace | DrawEntry>({ method: 'POST', path: `/rushes/${id}/join`, body: { wishes } })
export const getDraw = (id: string) => api<Draw>({ path: `/rushes/${id}/draw` })

/** My place in the queue or the draw; null before joining. */
export async function getRushPlace(id: string): Promise<QueuePlace | DrawEntry | null> {
  try {
    return await api<QueuePlace | DrawEntry>({ path: `/rushes/${id}/place` })
  } catch (cause) {
    if (ApiProblem.from(cause).code === 'appointments.not_joined') return null
    throw cause
  }
}

/** By the lane where there is one. Both addresses know the same key: one key, one booking, whichever of them answered. */
export async function bookInRush(lane: string | null, slot: string, key: string): Promise<RushBooking> {
  const call = { method: 'POST' as const, body: { slot, key }, idempotencyKey: key }
  if (lane) {
    try {
      return await api<RushBooking>({ ...call, base: lane, path: '/bookings' })
    } catch (cause) {
      if (!ApiProblem.from(cause).offline) throw cause
    }
  }
  return api<RushBooking>({ ...call, path: '/rush/bookings' })
}
