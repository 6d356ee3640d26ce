/** What a ticket says to its person. Pure. */
import type { TicketDetail, TicketKind, TicketState, TicketSummary } from '@/api/types/ticket'
import { t } from '@/i18n'
import { moment } from '@/i18n/format'

type Tone = 'plain' | 'info' | 'success' | 'warning' | 'danger'

const TONES: Record<TicketState, Tone> = {
  submitted: 'info',
  dispatched: 'info',
  handling: 'info',
  supplement: 'warning',
  replied: 'success',
  split: 'info',
  closed: 'plain',
  refused: 'danger',
  withdrawn: 'plain',
  merged: 'plain',
}
export const toneOf = (state: TicketState): Tone => TONES[state] ?? 'plain'

export const KIND_ICONS: Record<TicketKind, string> = {
  enquiry: 'circle-help',
  complaint: 'message-square',
  suggestion: 'pen-line',
  report: 'map-pin',
  praise: 'heart',
}
export const kindWord = (kind: TicketKind): string => t(`interact.kind_${kind}`)

export interface ClockLine {
  key: string
  text: string
  tone: 'plain' | 'danger'
}

/** The promises with their moments: who calls by when, the answer by when, and why the clock stood still. */
export function clockLines({ clock, state }: Pick<TicketDetail, 'clock' | 'state'>, now: number): ClockLine[] {
  const lines: ClockLine[] = []
  const say = (key: string, text: string, late = false) =>
    void lines.push({ key, text, tone: late ? 'danger' : 'plain' })
  const open = ['submitted', 'dispatched', 'handling', 'supplement'].includes(state)
  if (clock.contacted_at) say('contacted', t('ticket.contacted', { time: moment(clock.contacted_at) }))
  else if (open && clock.contact_due_at) {
    say(
      'contact',
      t('ticket.contactBy', { time: moment(clock.contact_due_at) }),
      now > Date.parse(clock.contact_due_at),
    )
  }
  if (open && clock.due_at && !clock.paused)
    say('due', t('ticket.answerBy', { time: moment(clock.due_at) }), now > Date.parse(clock.due_at))
  if (clock.extended_days) say('extended', t('ticket.extended', { n: clock.extended_days }))
  for (const pause of clock.pauses) {
    const from = moment(pause.started_at)
    say(
      pause.started_at,
      pause.ended_at ? t('ticket.paused', { from, to: moment(pause.ended_at) }) : t('ticket.pausedOpen', { from }),
    )
  }
  return lines
}

/** What the person said when called back. Empty: not asked yet. */
export const calledBack = ({ resolved }: Pick<TicketDetail, 'resolved'>): string =>
  resolved === null ? '' : t(resolved ? 'ticket.resolved' : 'ticket.unresolved')

export const waiting = (tickets: TicketSummary[]): number =>
  tickets.filter(({ waiting_for_you }) => waiting_for_you).length
