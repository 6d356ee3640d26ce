/** The citizen API's endpoints about rating by a code: of a counter, or of an anonymous request. Nobody needs to sign in for it. */
import { api } from './client'
import type { Rating, RatingInput } from './types/case'
import type { Schema } from './types/generated'
import type { Receipt } from './types/ticket'

export type RatingSubject = Schema<'SubjectOut'>

/** For whoever holds the receipt. */
export const codeOfReceipt = (receipt: Receipt) =>
  api<Schema<'CodeOut'>>({ method: 'POST', path: '/tickets/receipt/rating-code', body: receipt, anonymous: true })
export const getSubject = (token: string) =>
  api<RatingSubject>({ path: `/rating-subjects/${encodeURIComponent(token)}`, anonymous: true })
export const rateByCode = (token: string, opinion: RatingInput, idempotencyKey: string) =>
  api<Rating>({ method: 'POST', path: '/ratings', body: { ...opinion, token }, idempotencyKey, anonymous: true })
