/** The citizen API's endpoints about rating by a code: of a counter, or of an anonymous request. Nobody needs to sign in for it. */
import { api } from './client'
import type { RatingInput } from './types/case'
import type { Receipt } from './types/ticket'

/** What a code is for. */
export interface RatingSubject {
  kind: string
  kind_label: string
  department: string
  hall: string | null
  channel: 'online' | 'offline'
  rated: boolean
}

/** For whoever holds the receipt. */
export const codeOfReceipt = (receipt: Receipt) => api<{ token: string }>({ method: 'POST', path: '/tickets/receipt/rating-code', body: receipt, anonymous: true })
export const getSubject = (token: string) => api<RatingSubject>({ path: `/rating-subjects/${encodeURIComponent(token)}`, anonymous: true })
export const rateByCode = (token: string, opinion: RatingInput, idempotencyKey: string) =>
  api<{ stars: number; at: string }>({ method: 'POST', path: '/ratings', body: { ...opinion, token }, idempotencyKey, anonymous: true })
