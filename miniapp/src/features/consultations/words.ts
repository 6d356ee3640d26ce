/** What a consultation says to its reader. Pure. */
import type {
  Clause,
  CommentGroup,
  ConsultationSummary,
  Counts,
  Outcome,
  OwnComment,
  Phase,
  Report,
} from '@/api/types/consultation'
import { currentLocale, t } from '@/i18n'
import { dateOf, day, moment } from '@/i18n/format'

type Tone = 'plain' | 'info' | 'success' | 'warning' | 'danger'

const PHASES: Record<Phase, Tone> = {
  upcoming: 'info',
  open: 'success',
  closed: 'warning',
  answered: 'plain',
  withdrawn: 'danger',
}
export const phaseTone = (phase: Phase): Tone => PHASES[phase] ?? 'plain'
export const phaseWord = (phase: Phase): string => t(`consult.phase_${phase}`)

const OUTCOMES: Record<Outcome, Tone> = { open: 'plain', adopted: 'success', partly: 'warning', declined: 'plain' }
export const outcomeTone = (outcome: Outcome): Tone => OUTCOMES[outcome] ?? 'plain'
export const outcomeWord = (outcome: Outcome): string => t(`consult.outcome_${outcome}`)

const STATES: Record<OwnComment['state'], Tone> = { pending: 'info', shown: 'success', hidden: 'warning' }
export const commentTone = (state: OwnComment['state']): Tone => STATES[state] ?? 'plain'

const DAY = 86_400_000
const daysUntil = (moment: string, now: number) =>
  Math.round((Date.parse(dateOf(moment)) - Date.parse(dateOf(now))) / DAY)

/** By when, and how many days are left. */
export function timeLeft({ phase, opens_at, closes_at }: ConsultationSummary, now: number): string {
  if (phase === 'upcoming') return t('consult.opensIn', { n: daysUntil(opens_at, now), time: day(opens_at) })
  if (phase !== 'open') return t('consult.closedOn', { day: day(closes_at) })
  const left = daysUntil(closes_at, now)
  return left > 0
    ? t('consult.daysLeft', { n: left, time: moment(closes_at) })
    : t('consult.lastDay', { time: moment(closes_at) })
}

export const countsText = ({ answers, comments }: Counts): string => t('consult.counts', { answers, comments })

/** 第三条 停放场所; what belongs to no clause is about the whole. */
export const clauseName = (clauses: Clause[], key: string): string => {
  const clause = clauses.find((one) => one.key === key)
  return clause
    ? [clause.number, clause.title].filter(Boolean).join(currentLocale() === 'en' ? ' ' : '　')
    : t('consult.whole')
}

/** How many of the groups' comments were taken up: (outcome, groups). */
export function outcomes(groups: CommentGroup[]): { outcome: Outcome; groups: number }[] {
  const order: Outcome[] = ['adopted', 'partly', 'declined']
  return order
    .map((outcome) => ({ outcome, groups: groups.filter((one) => one.outcome === outcome).length }))
    .filter((one) => one.groups)
}

/** Spaces and signs do not count. */
const bare = (text: string) => text.toLowerCase().replace(/[\s，。、；：！？“”‘’（）《》…,.;:!?'"()—-]/g, '')

/** The group whose published words are one's own; the report names no person, so only the words can tell. */
export const groupOf = (report: Report, text: string): CommentGroup | null =>
  report.groups.find(({ samples }) => samples.some((sample) => bare(sample) === bare(text))) ?? null
