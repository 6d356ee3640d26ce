/** Whether something can still be rated, asked before anybody writes: the same refusals that sending would meet. */
import { getCase, getVisitRating, type Rated } from '@/api/cases'
import { getVisitById } from '@/api/bookings'
import { ApiProblem } from '@/api/problem'
import { getTicket } from '@/api/tickets'

const KINDS: readonly Rated[] = ['case', 'visit', 'ticket']

/** A link without a kind is about a case; one with an unknown kind about nothing. */
export const kindOf = (asked: string | undefined): Rated | null =>
  asked ? (KINDS.find((known) => known === asked) ?? null) : 'case'

const LOOK: Record<Rated, (id: string) => Promise<{ rated: boolean; done: boolean }>> = {
  case: async (id) => stateOf(await getCase(id)),
  ticket: async (id) => stateOf(await getTicket(id)),
  visit: async (id) => ({ done: (await getVisitById(id)).state === 'done', rated: Boolean(await getVisitRating(id)) }),
}
const stateOf = ({ rating, actions }: { rating: object | null; actions: readonly string[] }) => ({
  rated: Boolean(rating),
  done: actions.includes('rate'),
})

/** Refuses what is unknown, rated already or not done yet. */
export async function insistRateable(kind: Rated, id: string): Promise<void> {
  const { rated, done } = await LOOK[kind](id)
  if (rated) throw new ApiProblem('ratings.already_rated', 409, '')
  if (!done) throw new ApiProblem('ratings.not_done_yet', 409, '')
}
