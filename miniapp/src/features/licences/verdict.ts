import type { Verification } from '@/api/types/person'

/** What the public page may say of a code. Only what the server names as one of its licences is called genuine. */
export type Verdict = 'valid' | 'pending' | 'ended' | 'unknown'

const OF_STATUS: Record<string, Verdict> = { valid: 'valid', pending: 'pending', expired: 'ended', revoked: 'ended' }

export const verdictOf = ({ status }: Pick<Verification, 'status'>): Verdict => OF_STATUS[status] ?? 'unknown'
