/** The citizen API's endpoints about rating by the code of a counter. Nobody needs to sign in for it. */
import { api } from './client'
import type { RatingInput } from './types/case'

/** What a code is for. */
export interface RatingSubject {
  kind: string
  kind_label: string
  department: string
  hall: string | null
  channel: 'online' | 'offline'
  rated: boolean
}

export const getSubject = (token: string) => api<RatingSubject>({ path: `/rating-subjects/${encodeURIComponent(token)}`, anonymous: true })
export const rateByCode = (token: string, opinion: RatingInput, idempotencyKey: string) =>
  api<{ stars: number; at: string }>({ method: 'POST', path: '/ratings', body: { ...opinion, token }, idempotencyKey, anonymous: true })
