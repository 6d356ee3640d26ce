import { describe, expect, it } from 'vitest'
import { bookInRush, getRushPlace } from '@/api/rushes'
import type { DrawEntry, QueuePlace, Rush } from '@/api/types/rush'
import { lookAgain, stageOf, withWish } from '@/features/booking/rush'
import { answers, sent } from '../setup'

const moment = (clock: string) => `2026-12-03T${clock}+08:00`
const at = (clock: string) => Date.parse(moment(clock))
const rush: Rush = {
  id: 'r',
  name: '护照号',
  name_en: '',
  item_code: 'X1',
  mode: 'queue',
  region: '',
  first_date: '2026-12-03',
  last_date: '2026-12-03',
  joins_from: moment('08:00:00'),
  opens_at: moment('09:00:00'),
  closes_at: moment('10:00:00'),
  drawn_at: null,
  joined: 0,
  lane: null,
  window_minutes: 5,
  per_second: 10,
  now: moment('08:00:00'),
  seed_digest: '',
  slots: [],
}
const place = (given: Partial<QueuePlace> = {}): QueuePlace => ({
  rush: 'r',
  now: moment('09:00:00'),
  position: 7,
  ahead: 6,
  turn_at: moment('09:10:00'),
  until: moment('09:15:00'),
  phase: 'waiting',
  ...given,
})
const entry = (given: Partial<DrawEntry> = {}): DrawEntry => ({
  rush: 'r',
  entry: 'e',
  wishes: ['a'],
  rank: null,
  outcome: null,
  booking: null,
  ...given,
})

describe('the stage of a queue', () => {
  it.each([
    ['07:59:59', null, 'early'],
    ['08:00:00', null, 'join'],
    ['09:09:59', place(), 'joined'],
    ['09:10:00', place(), 'turn'],
    ['09:14:59', place(), 'turn'],
    ['09:15:00', place(), 'passed'],
    ['09:12:00', place({ phase: 'over' }), 'over'],
    ['10:00:00', place(), 'over'],
    ['10:00:00', null, 'over'],
  ] as const)('at %s', (clock, mine, stage) => expect(stageOf(rush, mine, at(clock))).toBe(stage))
})

describe('the stage of a draw', () => {
  it.each([
    ['09:00:00', entry(), 'joined'],
    ['10:00:00', entry(), 'drawing'],
    ['10:05:00', entry({ rank: 3, outcome: 'won', booking: 'b' }), 'won'],
    ['10:05:00', entry({ rank: 90, outcome: 'wishes_full' }), 'lost'],
    ['10:05:00', entry({ rank: 9, outcome: 'already_booked' }), 'lost'],
  ] as const)('at %s', (clock, mine, stage) => expect(stageOf({ ...rush, mode: 'draw' }, mine, at(clock))).toBe(stage))
})

describe('asking again', () => {
  it('is seldom while the turn is far and often when it is near', () => {
    expect(lookAgain('joined', place(), at('09:00:00'))).toBe(30_000)
    expect(lookAgain('joined', place(), at('09:09:00'))).toBe(15_000)
    expect(lookAgain('joined', place(), at('09:09:59'))).toBe(3_000)
    expect([lookAgain('turn', place(), at('09:11:00')), lookAgain('drawing', entry(), at('10:01:00'))]).toEqual([
      3_000, 30_000,
    ])
  })
})

describe('wishes', () => {
  it('stand in the order of the taps, five at most, and can be taken out', () => {
    const five = ['a', 'b', 'c', 'd', 'e'].reduce(withWish, [] as string[])
    expect(five).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(withWish(five, 'f')).toBe(five)
    expect(withWish(withWish(five, 'b'), 'f')).toEqual(['a', 'c', 'd', 'e', 'f'])
  })
})

describe('the calls', () => {
  it('know that nobody has a place before joining', async () => {
    answers.push({ statusCode: 404, data: { code: 'appointments.not_joined', title: '您还没有排队' } })
    await expect(getRushPlace('r')).resolves.toBeNull()
    answers.push({ statusCode: 404, data: { code: 'appointments.rush_unknown', title: '没有找到' } })
    await expect(getRushPlace('r')).rejects.toMatchObject({ code: 'appointments.rush_unknown' })
  })
  it('book by the lane, and by the ordinary address with the same key when the lane is away', async () => {
    answers.push('offline', 'offline', 'offline', { statusCode: 201, data: { id: 'b', number: 'B1' } })
    await expect(bookInRush('https://lane.example/rush/v1', 's', 'key-one')).resolves.toEqual({ id: 'b', number: 'B1' })
    expect([sent[0]!.url, sent[3]!.url]).toEqual(['https://lane.example/rush/v1/bookings', '/api/v1/rush/bookings'])
    expect(sent.map(({ data }) => data)).toEqual(Array(4).fill('{"slot":"s","key":"key-one"}'))
  })
  it('do not ask twice when the lane has refused', async () => {
    answers.push({ statusCode: 409, data: { code: 'appointments.slot_full', title: '约满' } })
    await expect(bookInRush('/rush/v1', 's', 'key-one')).rejects.toMatchObject({ code: 'appointments.slot_full' })
    expect(sent.map(({ url }) => url)).toEqual(['/rush/v1/bookings'])
  })
})
