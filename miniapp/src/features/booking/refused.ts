/** What a refusal of the server leads on to. Pure. */
import type { ApiProblem } from '@/api/problem'
import type { OtherTime } from '@/api/types/booking'
import type { PageName } from '@/platform/navigate'

const FULL = 'appointments.slot_full'

/** The other times that a full slot's refusal names. */
export function othersOf(problem: ApiProblem | null): OtherTime[] {
  const others = problem?.code === FULL ? problem.extra.others : []
  return Array.isArray(others) ? (others as OtherTime[]) : []
}

export const isFull = (problem: ApiProblem | null): boolean => problem?.code === FULL

/** The page where the person can do something about it. */
const LEADS: Record<string, PageName> = {
  'appointments.already_booked': 'bookings',
  'appointments.already_waiting': 'bookings',
  'appointments.too_many_changes': 'bookings',
  'appointments.blocked': 'standing',
}
export const leadsTo = (problem: ApiProblem | null): PageName | null => LEADS[problem?.code ?? ''] ?? null
