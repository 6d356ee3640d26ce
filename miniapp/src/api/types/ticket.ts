/** Tickets 诉求: what people ask of the government, and what everybody may read of it. */
import type { FormValues } from './case'
import type { Schema } from './generated'
import type { FormPage } from './item'

export const KINDS = ['enquiry', 'complaint', 'suggestion', 'report', 'praise'] as const satisfies readonly TicketKind[]
export type TicketKind = Schema<'TicketKind'>
export type TicketState = Schema<'TicketState'>
export type TicketAction = Exclude<Schema<'TicketDetail'>['actions'][number], 'rate'>
export type PlaceKind = Schema<'PlaceKind'>
/** GCJ-02. */
export type Bounds = Schema<'BoundsOut'>
export type TicketPhoto = Schema<'PhotoOut'>
export type PlaceInput = Required<Omit<Schema<'TicketPlaceIn'>, 'region'>>
export type TicketInput = Required<Omit<Schema<'TicketIn'>, 'answers' | 'place'>> & {
  answers: FormValues
  place: PlaceInput
}
export type TicketSummary = Schema<'TicketSummary'>
export type PublicTicket = Schema<'PublicTicket'>
export type PublicTicketDetail = Schema<'PublicDetail'>
export type PublicAnswer = Schema<'AnswerOut'>
export type Similar = Schema<'SimilarList'>
export type Receipt = Schema<'ReceiptIn'>

/** Only one without children takes tickets. Its form is described as those of service items are. */
export type TicketCategory = Omit<Schema<'CategoryOut'>, 'form' | 'children'> & {
  form: { schema: unknown; ui: { pages: FormPage[] } } | null
  children: TicketCategory[]
}
export type TicketOptions = Omit<Schema<'TicketOptionsOut'>, 'categories'> & { categories: TicketCategory[] }
export type TicketDetail = Omit<Schema<'TicketDetail'>, 'answers'> & { answers: FormValues }
/** The code is told this once. */
export type SentTicket = Omit<Schema<'SentOut'>, 'ticket'> & { ticket: TicketDetail }
