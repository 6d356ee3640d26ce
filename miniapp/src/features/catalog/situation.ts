/**
 * 情形: how answers narrow a guide. The same rule as the server's `apply_answers`;
 * server/tests/shared/vectors/situations.json holds both to it.
 */
import type { Answers, Item, Limit, Material, Place, Question, SituationOption } from '@/api/types/item'
import { tx } from '@/i18n'

export interface Applied {
  materials: Material[]
  /** Replaces the fee text; empty = as the item says. */
  fee: string
  promised: Limit | null
  places: Place[]
  notes: string[]
  /** Why this cannot be handled online with these answers; empty = it can. */
  blocks: string[]
}

const chosen = ({ key, options }: Question, answers: Answers) => options.find((option) => option.key === answers[key])

export const chosenOptions = (item: Item, answers: Answers): SituationOption[] =>
  item.questions.flatMap((question) => chosen(question, answers) ?? [])

/** Questions without an answer, or with one that the item has no more. */
export const openQuestions = (item: Item, answers: Answers): Question[] =>
  item.questions.filter((question) => !chosen(question, answers))

/** What may be sent: the server refuses answers to questions, and options, that the item does not have. */
export const knownAnswers = (item: Item, answers: Answers): Answers =>
  Object.fromEntries(
    item.questions.filter((question) => chosen(question, answers)).map(({ key }) => [key, answers[key]!]),
  )

/** The union of what the answers add, without the union of what they remove; later questions override fee, limit, halls. */
export function applyAnswers(item: Item, answers: Answers): Applied {
  const options = chosenOptions(item, answers)
  const adds = new Set(options.flatMap((option) => option.adds))
  const removes = new Set(options.flatMap((option) => option.removes))
  const last = <T>(pick: (option: SituationOption) => T, set: (value: T) => boolean) =>
    options.map(pick).filter(set).pop()
  const halls = last(
    ({ halls }) => halls,
    (codes) => codes.length > 0,
  )
  return {
    materials: item.materials.filter(({ code, situational }) => (!situational || adds.has(code)) && !removes.has(code)),
    fee: last(({ fee }) => fee, Boolean) ?? '',
    promised: last(({ promised_limit }) => promised_limit, Boolean) ?? item.promised_limit,
    places: halls ? item.places.filter(({ hall }) => halls.includes(hall.code)) : item.places,
    notes: options.map((option) => tx(option, 'note')).filter(Boolean),
    blocks: options.map(({ blocks }) => blocks).filter(Boolean),
  }
}
