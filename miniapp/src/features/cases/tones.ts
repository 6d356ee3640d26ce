import type { CaseSummary } from '@/api/types/case'

type Tone = 'plain' | 'info' | 'success' | 'warning' | 'danger'

/** The colour beside a state's word; the word itself always says it too. */
export function toneOf({ state, light }: Pick<CaseSummary, 'state' | 'light'>): Tone {
  if (state === 'correction' || state === 'draft') return 'warning'
  if (state === 'refused' || state === 'rejected' || light === 'red') return 'danger'
  if (['approved', 'concluded', 'delivering', 'issuing', 'archived'].includes(state)) return 'success'
  if (['withdrawn', 'returned', 'voided'].includes(state)) return 'plain'
  return 'info'
}
