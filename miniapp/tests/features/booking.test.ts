import { describe, expect, it } from 'vitest'
import { ApiProblem } from '@/api/problem'
import type { Booking, BookingDay, BookingPlace, BookingTime, GroupQueue, Visit } from '@/api/types/booking'
import { choiceOf, forgetChoice, keepChoice, pack, packed, unpack } from '@/features/booking/choice'
import { left, leftWords, spoken } from '@/features/booking/left'
import { dayState, dayWords, firstDay, hasMore, upcoming } from '@/features/booking/days'
import { distanceText, placesFor, sortPlaces } from '@/features/booking/near'
import { distance } from '@/features/map/geo'
import { isFull, leadsTo, othersOf } from '@/features/booking/refused'
import { canChoose, halves, timeWords } from '@/features/booking/times'
import {
  arrival,
  copiesText,
  estimateText,
  isToday,
  nextOf,
  queueText,
  sentence,
  ticketText,
} from '@/features/booking/words'
import { applyAnswers } from '@/features/catalog/situation'
import { refusalLine } from '@/api/words'
import { setLocale } from '@/i18n'
import { hall, item, option, question, visit } from '../make'
import { store } from '../setup'

const day = (given: Partial<BookingDay> = {}): BookingDay => ({
  date: '2026-12-03',
  free: 0,
  priority_free: 0,
  opens_at: null,
  closed: false,
  rush: '',
  ...given,
})
const time = (given: Partial<BookingTime> = {}): BookingTime => ({
  slot: 's',
  starts_at: '2026-12-03T09:00:00+08:00',
  ends_at: '2026-12-03T09:30:00+08:00',
  free: 1,
  priority_free: 0,
  opens_at: '2026-11-20T08:00:00+08:00',
  state: 'open',
  rush: '',
  ...given,
})
const bookingHall = (code: string, latitude: number | null = null) => ({
  code,
  name: code,
  name_en: '',
  address: '',
  address_en: '',
  phone: '',
  latitude,
  longitude: latitude === null ? null : 121,
})
const place = (code: string, next_free: string | null, latitude: number | null = null): BookingPlace => ({
  group: `g-${code}`,
  group_name: '综合窗口',
  group_name_en: '',
  hall: bookingHall(code, latitude),
  next_free,
  horizon_days: 14,
  release_at: '08:00',
  waitlist: true,
})
const booking = (given: Partial<Booking> = {}): Booking => ({
  id: 'b',
  number: 'B1',
  item_code: 'X1',
  item_name: '居住证',
  item_name_en: '',
  state: 'confirmed',
  state_label: '',
  mine: true,
  person_masked: '张*',
  group: 'g',
  group_name: '综合窗口',
  group_name_en: '',
  hall: bookingHall('市民之家'),
  starts_at: '2026-12-03T09:00:00+08:00',
  ends_at: '2026-12-03T09:30:00+08:00',
  priority: false,
  hold_until: null,
  check_in_from: '2026-12-03T08:30:00+08:00',
  check_in_until: '2026-12-03T09:15:00+08:00',
  changes_left: 3,
  reason: '',
  may: [],
  ...given,
})
const at = (clock: string) => Date.parse(`2026-12-03T${clock}+08:00`)

describe('a day', () => {
  it.each<[Partial<BookingDay>, boolean, string, string]>([
    [{ free: 3 }, false, 'free', '余 3 个'],
    [{ free: 0, priority_free: 2 }, false, 'full', '已约满'],
    [{ free: 0, priority_free: 2 }, true, 'free', '余 2 个'],
    [{}, true, 'full', '已约满'],
    [{ closed: true, free: 3 }, false, 'closed', '停办'],
    [{ rush: 'r1', free: 3 }, false, 'rush', '先排队'],
    [{ rush: 'r1', closed: true }, false, 'closed', '停办'],
  ])('%o asked with priority %s is %s', (given, priority, state, words) => {
    expect(dayState(day(given), priority)).toBe(state)
    expect(dayWords(day(given), priority)).toBe(words)
  })
  it('says when it opens', () => {
    const later = day({ opens_at: '2026-11-30T08:00:00+08:00' })
    expect(dayState(later, false)).toBe('not_open')
    expect(dayWords(later, false)).toBe('11月30日 08:00 放号')
  })
  it('is an ordinary day once its queue is over', () =>
    expect(dayState(day({ rush: 'r1', free: 2 }), false, 'r1')).toBe('free'))
  it('begins with the first that has places, then with one to queue for', () => {
    const [full, rush, free] = [
      day({ date: '2026-12-01' }),
      day({ date: '2026-12-02', rush: 'r' }),
      day({ date: '2026-12-03', free: 1 }),
    ]
    expect(firstDay([full, rush, free], false)).toBe('2026-12-03')
    expect(firstDay([full, rush], false)).toBe('2026-12-02')
    expect([firstDay([full], false), firstDay([], false)]).toEqual(['2026-12-01', ''])
  })
  it('shows a fortnight until asked for more', () => {
    const many = ['2026-11-25', '2026-12-08', '2026-12-09'].map((date) => day({ date }))
    expect([
      upcoming(many, false).length,
      upcoming(many, true).length,
      hasMore(many),
      hasMore(many.slice(1)),
      hasMore([]),
    ]).toEqual([2, 3, true, false, false])
  })
})

describe('times', () => {
  it('stand in halves of the day by the clock of China, in their order', () => {
    const [late, early, noon] = [
      time({ starts_at: '2026-12-03T03:30:00Z' }),
      time({ starts_at: '2026-12-03T09:00:00+08:00' }),
      time({ starts_at: '2026-12-03T12:00:00+08:00' }),
    ]
    expect(halves([noon, late, early])).toEqual([
      { part: 'am', times: [early, late] },
      { part: 'pm', times: [noon] },
    ])
    expect(halves([noon]).map(({ part }) => part)).toEqual(['pm'])
  })
  it.each<[Partial<BookingTime>, boolean, boolean, string]>([
    [{ free: 2 }, false, true, '余 2 个'],
    [{ free: 2, priority_free: 1 }, false, true, '余 2 个'],
    [{ free: 2, priority_free: 1 }, true, true, '余 2 个，优先 1 个'],
    [{ free: 0, priority_free: 1 }, false, false, '已约满'],
    [{ free: 0, priority_free: 1 }, true, true, '余 0 个，优先 1 个'],
    [{ free: 0, state: 'full' }, true, false, '已约满'],
    [{ state: 'past' }, false, false, '已过时'],
    [{ state: 'closed' }, false, false, '停办'],
    [{ state: 'not_open', opens_at: '2026-12-03T08:00:00+08:00' }, false, false, '08:00 放号'],
  ])('%o asked with priority %s: choosable %s', (given, priority, choosable, words) => {
    expect(canChoose(time(given), priority)).toBe(choosable)
    expect(timeWords(time(given), priority)).toBe(words)
  })
})

describe('a countdown', () => {
  const until = '2026-12-03T09:05:00+08:00'
  it.each([
    ['09:00:28', '4 分 32 秒', ''],
    ['09:04:00', '1 分 0 秒', '还剩不到 1 分钟，请尽快确认。'],
    ['09:04:55', '5 秒', '还剩不到 1 分钟，请尽快确认。'],
    ['09:05:00', '0 秒', '保留时间已过，号已放回。'],
    ['09:09:00', '0 秒', '保留时间已过，号已放回。'],
    ['08:00:00', '1 小时 5 分', ''],
  ])('at %s', (clock, words, said) => {
    const rest = left(until, at(clock))
    expect([leftWords(rest), spoken(rest)]).toEqual([words, said])
  })
  it('is over only when nothing is left', () => {
    expect(left(until, at('09:04:59') + 999)).toMatchObject({ seconds: 1, over: false })
    expect(left(until, at('09:05:00'))).toMatchObject({ seconds: 0, over: true, soon: false })
    expect(left('nonsense', 0).over).toBe(true)
  })
})

describe('halls', () => {
  const [far, near] = [place('far', '2026-12-01T09:00:00+08:00', 31.1), place('near', null, 31.01)]
  const nowhere = place('nowhere', '2026-11-30T09:00:00+08:00')
  it('come by distance where the phone says where it is, unknown ones last', () =>
    expect(
      sortPlaces([nowhere, far, near], { latitude: 31, longitude: 121 }).map(({ hall: { code } }) => code),
    ).toEqual(['near', 'far', 'nowhere']))
  it('else by their first free time, full ones last', () =>
    expect(sortPlaces([near, far, nowhere], null).map(({ hall: { code } }) => code)).toEqual([
      'nowhere',
      'far',
      'near',
    ]))
  it('are as far as the earth is round', () => {
    expect(distance({ latitude: 31, longitude: 121 }, { latitude: 32, longitude: 121 })).toBeCloseTo(111_195, -1)
    expect([distanceText(null), distanceText(3), distanceText(344), distanceText(2345)]).toEqual([
      '',
      '约 10 米',
      '约 340 米',
      '约 2.3 公里',
    ])
  })
  it('are only those that the answers leave', () => {
    const asked = item({
      places: [hall('far'), hall('near')],
      questions: [question('who', option('old', { halls: ['near'] }), option('new'))],
    })
    const codes = (who: string) =>
      placesFor([far, near], applyAnswers(asked, { who }), asked.places.length).map(({ hall: { code } }) => code)
    expect(codes('old')).toEqual(['near'])
    expect(codes('new')).toEqual(['far', 'near'])
  })
  it('tell how full they are, if they do', () => {
    const queue = (group: Partial<GroupQueue>) => ({
      hall: 'h',
      name: '',
      waiting: 0,
      at: '',
      groups: [
        {
          group: 'a',
          name: '综合窗口',
          name_en: '',
          prefix: 'A',
          waiting: 5,
          mean_wait_minutes: 12,
          open_counters: 2,
          ...group,
        },
      ],
    })
    expect(queueText(queue({}), '综合窗口')).toBe('现在有 5 人等候，约等 12 分钟')
    expect(queueText(queue({ mean_wait_minutes: null }), '综合窗口')).toBe('现在有 5 人等候')
    expect(queueText(queue({ waiting: 0 }), '综合窗口')).toBe('现在没有人排队')
    expect([queueText(queue({}), '别的窗口'), queueText(null, '综合窗口')]).toEqual(['', ''])
  })
})

describe('a booking', () => {
  it.each([
    ['08:29:59', 'early', /^请在12月3日\(周四\) 08:30到09:15之间到市民之家签到。$/],
    ['08:30:00', 'open', /^现在可以签到，请在 09:15 前/],
    ['09:15:00', 'open', /^现在可以签到/],
    ['09:15:01', 'late', /^签到时间已过/],
  ] as const)('at %s is %s to sign in', (clock, when, words) => {
    expect(arrival(booking(), at(clock))).toBe(when)
    expect(sentence(booking(), at(clock)).replace('2026年', '')).toMatch(words)
  })
  it.each(['held', 'confirmed', 'arrived', 'served', 'missed', 'cancelled', 'expired'] as const)(
    'has a sentence for %s in both languages',
    (state) => {
      for (const locale of ['zh-CN', 'en'] as const) {
        setLocale(locale)
        expect(sentence(booking({ state, hold_until: '2026-12-03T08:05:00+08:00' }), at('08:00:00'))).not.toMatch(
          /booking\.|\{/,
        )
      }
    },
  )
  it('says why it was cancelled', () =>
    expect(sentence(booking({ state: 'cancelled', reason: '停电' }), 0)).toContain('停电'))
  it('is today by the calendar of China', () => {
    expect(isToday(booking(), Date.parse('2026-12-02T16:30:00Z'))).toBe(true)
    expect(isToday(booking(), Date.parse('2026-12-03T16:30:00Z'))).toBe(false)
  })
  it('that still needs an answer comes before the next one', () => {
    const [soon, later, held, over] = [
      booking({ id: 'soon' }),
      booking({ id: 'later', starts_at: '2026-12-09T09:00:00+08:00' }),
      booking({ id: 'held', state: 'held', starts_at: '2026-12-20T09:00:00+08:00' }),
      booking({ id: 'over', state: 'served', starts_at: '2026-01-01T09:00:00+08:00' }),
    ]
    expect([nextOf([later, soon, over])?.id, nextOf([soon, held])?.id, nextOf([over])]).toEqual(['soon', 'held', null])
  })
  it('asks for originals and copies', () => {
    const document = { code: 'id', name: '身份证', name_en: '', originals: 1, copies: 2, note: '' }
    expect(copiesText(document)).toBe('原件 1 份，复印件 2 份')
    expect(copiesText({ ...document, originals: 0, copies: 0 })).toBe('')
  })
})

describe('a ticket', () => {
  const ticket = (given: Partial<Visit>): Visit => visit({ ahead: 3, estimate_minutes: 8.4, ...given })
  it.each<[Partial<Visit>, string, string]>([
    [{}, '前面还有 3 人', '大约再等 8 分钟'],
    [{ ahead: 0, estimate_minutes: 0.2 }, '下一个就是您', '大约再等 1 分钟'],
    [{ estimate_minutes: null }, '前面还有 3 人', '窗口暂时都没有开，开窗后给出大约时间。'],
    [{ state: 'called', counter: '5' }, '请 A012 号到 5 号窗口', ''],
    [{ state: 'serving' }, '正在为您办理', ''],
    [{ state: 'skipped' }, '已过号，请到服务台', ''],
    [{ state: 'done' }, '已办完', ''],
    [{ state: 'left' }, '已离开', ''],
  ])('%o', (given, words, estimate) =>
    expect([ticketText(ticket(given)), estimateText(ticket(given))]).toEqual([words, estimate]),
  )
})

describe('a refusal', () => {
  const others = [{ slot: 's2', starts_at: '2026-12-03T10:00:00+08:00', hall: '东城大厅', hall_en: '', group: 'g2' }]
  const full = new ApiProblem('appointments.slot_full', 409, '这个时段刚刚约满', '', [], { others, waitlist: true })
  const blocked = new ApiProblem('appointments.blocked', 403, '您暂时不能网上预约', '12月9日起可以再次网上预约。')
  it('of a full time names others', () => {
    expect([othersOf(full), isFull(full)]).toEqual([others, true])
    expect([othersOf(blocked), othersOf(null), othersOf(new ApiProblem('appointments.slot_full', 409, ''))]).toEqual([
      [],
      [],
      [],
    ])
  })
  it('leads to where something can be done', () =>
    expect([
      leadsTo(blocked),
      leadsTo(new ApiProblem('appointments.already_booked', 409, '')),
      leadsTo(full),
      leadsTo(null),
    ]).toEqual(['standing', 'bookings', null, null]))
  it('says what the server says, and no more than that', () => {
    expect([refusalLine(full), refusalLine(blocked)]).toEqual([
      '这个时段刚刚约满',
      '您暂时不能网上预约。12月9日起可以再次网上预约。',
    ])
    setLocale('en')
    expect(refusalLine(full)).toBe('This time has just been taken')
    expect(refusalLine(ApiProblem.offlineNow(false))).toContain('Check the network')
  })
})

describe('what the person said', () => {
  it('is kept on this phone, by item, as a draft that signing out forgets', () => {
    keepChoice('X1', { answers: { why: 'work' } })
    keepChoice('X1', { priority: true })
    expect(choiceOf('X1')).toEqual({ answers: { why: 'work' }, delegation: '', priority: true })
    expect(choiceOf('X2')).toEqual({ answers: {}, delegation: '', priority: false })
    pack('b1', ['id'])
    expect([packed('b1'), packed('b2')]).toEqual([['id'], []])
    expect([...store.keys()].every((key) => key.startsWith('zj:draft:'))).toBe(true)
    forgetChoice('X1')
    unpack('b1')
    expect(store.size).toBe(0)
  })
})
