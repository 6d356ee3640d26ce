/** A case 办件 as its citizen sees it. */
import type { Schema } from './generated'

export type CaseState = Schema<'CaseState'>
export type Light = Schema<'Light'>
export type CaseAction = Schema<'CaseDetail'>['actions'][number]
export type DeliveryMethod = Schema<'DeliveryMethod'>
export type Todo = Schema<'Todo'>
export type CaseSummary = Schema<'CaseSummary'>
export type FileInfo = Schema<'FileInfo'>
export type CaseMaterial = Schema<'MaterialView'>
export type Clock = Schema<'Clock'>
export type TimelineEntry = Schema<'TimelineEntry'>
/** What is chosen, and, once there is something to deliver, how far it is. */
export type Delivery = Schema<'SetDelivery'> & Partial<Schema<'DeliveryView'>>
export type Prefill = Schema<'Prefill'>
export type Reusable = Schema<'ReusableView'>
export type RatingTag = Schema<'WordsOut'>
export type RatingOptions = Schema<'RatingOptionsOut'>
export type RatingInput = Required<Schema<'RatingIn'>>
export type Rating = Schema<'RatingOut'>

/** The values of a form, whose fields the item's guide describes. */
export type Scalar = string | number | boolean | null
export type FieldValue = Scalar | string[] | FormValues[] | undefined
export interface FormValues {
  [name: string]: FieldValue
}

export type CaseDetail = Omit<Schema<'CaseDetail'>, 'form'> & { form: { values: FormValues; page: string } }

export interface Page<T> {
  items: T[]
  next_cursor: string | null
}
