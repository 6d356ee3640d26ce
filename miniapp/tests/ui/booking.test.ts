import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BookingDay, BookingTime } from '@/api/types/booking'
import type { PurposeSettings } from '@/api/types/message'
import { ApiProblem } from '@/api/problem'
import Countdown from '@/features/booking/Countdown.vue'
import DayChips from '@/features/booking/DayChips.vue'
import LiveTicket from '@/features/booking/LiveTicket.vue'
import Refusal from '@/features/booking/Refusal.vue'
import TimeChips from '@/features/booking/TimeChips.vue'
import { badgeText, useInbox } from '@/features/messages/inbox'
import PurposeCard from '@/features/messages/PurposeCard.vue'
import { useSession } from '@/features/identity/session'
import ZDate from '@/ui/ZDate.vue'
import ZSwitch from '@/ui/ZSwitch.vue'
import ZTabBar from '@/ui/ZTabBar.vue'
import { answers, badges, navigated } from '../setup'
import { visit } from '../make'

beforeEach(() => setActivePinia(createPinia()))

describe('ZSwitch', () => {
  it('says on or off in a word and turns', async () => {
    const one = mount(ZSwitch, { props: { label: '短信', modelValue: false } })
    expect(one.find('[role=switch]').attributes('aria-checked')).toBe('false')
    expect(one.text()).toContain('关')
    await one.find('[role=switch]').trigger('click')
    expect(one.emitted('update:modelValue')).toEqual([[true]])
  })
  it('does not turn when it is fixed', async () => {
    const one = mount(ZSwitch, { props: { label: '短信', modelValue: true, disabled: true } })
    await one.find('[role=switch]').trigger('click')
    expect(one.emitted('update:modelValue')).toBeUndefined()
    expect(one.find('[role=switch]').attributes('aria-disabled')).toBe('true')
  })
})

describe('ZDate for a time of day', () => {
  it('is a named time field with its value', async () => {
    const one = mount(ZDate, { props: { id: 'q', label: '从几点', time: true, modelValue: '22:00' } })
    const field = one.find('input')
    expect([field.attributes('type'), field.attributes('aria-label'), field.attributes('min')]).toEqual([
      'time',
      '从几点',
      undefined,
    ])
    await field.setValue('21:30')
    expect(one.emitted('update:modelValue')?.at(-1)).toEqual(['21:30'])
  })
})

describe('the days', () => {
  const day = (date: string, given: Partial<BookingDay> = {}): BookingDay => ({
    date,
    free: 0,
    priority_free: 0,
    opens_at: null,
    closed: false,
    rush: '',
    ...given,
  })
  const days = [day('2026-12-03', { free: 4 }), day('2026-12-04')]
  it('are radios that say the day and what is left', async () => {
    const chips = mount(DayChips, { props: { days, modelValue: '2026-12-03', priority: false, rushOver: '' } })
    const radios = chips.findAll('[role=radio]')
    expect(radios.map((one) => one.attributes('aria-label')?.replace('2026年', ''))).toEqual([
      '12月3日(周四) 余 4 个',
      '12月4日(周五) 已约满',
    ])
    expect(radios.map((one) => one.attributes('aria-checked'))).toEqual(['true', 'false'])
    await radios[1]!.trigger('click')
    expect(chips.emitted('update:modelValue')).toEqual([['2026-12-04']])
  })
  it('show those after a fortnight when asked', async () => {
    const many = Array.from({ length: 16 }, (_, index) => day(`2026-12-${String(index + 1).padStart(2, '0')}`))
    const chips = mount(DayChips, { props: { days: many, modelValue: '', priority: false, rushOver: '' } })
    expect(chips.findAll('[role=radio]')).toHaveLength(14)
    await chips.find('[role=button]').trigger('click')
    expect(chips.findAll('[role=radio]')).toHaveLength(16)
  })
})

describe('the times', () => {
  const time = (slot: string, hour: string, given: Partial<BookingTime> = {}): BookingTime => ({
    slot,
    starts_at: `2026-12-03T${hour}:00:00+08:00`,
    ends_at: `2026-12-03T${hour}:30:00+08:00`,
    free: 1,
    priority_free: 0,
    opens_at: '',
    state: 'open',
    rush: '',
    ...given,
  })
  it('can be chosen only while there are places', async () => {
    const chips = mount(TimeChips, {
      props: { times: [time('a', '09', { state: 'full', free: 0 }), time('b', '14')], modelValue: '', priority: false },
    })
    expect(chips.findAll('[role=radiogroup]').map((one) => one.attributes('aria-label'))).toEqual(['上午', '下午'])
    for (const radio of chips.findAll('[role=radio]')) await radio.trigger('click')
    expect(chips.emitted('update:modelValue')).toEqual([['b']])
    expect(chips.findAll('[role=radio]').map((one) => one.attributes('aria-disabled'))).toEqual(['true', 'false'])
  })
})

describe('the countdown', () => {
  const until = '2026-12-03T09:05:00+08:00'
  const said = (now: string) =>
    mount(Countdown, { props: { until, now: Date.parse(`2026-12-03T${now}+08:00`) } })
      .find('[aria-live=polite]')
      .text()
  it('is quiet each second and speaks at one minute and at the end', () =>
    expect([said('09:00:00'), said('09:00:01'), said('09:04:10'), said('09:04:11'), said('09:05:00')]).toEqual([
      '',
      '',
      '还剩不到 1 分钟，请尽快确认。',
      '还剩不到 1 分钟，请尽快确认。',
      '保留时间已过，号已放回。',
    ]))
})

describe('the ticket', () => {
  it('says aloud where to go, and only shows the minutes', () => {
    const waiting = mount(LiveTicket, { props: { visit: visit({ ahead: 2, estimate_minutes: 6 }) } })
    expect(waiting.find('[aria-live]').text()).toBe('前面还有 2 人')
    expect(waiting.text()).toContain('大约再等 6 分钟')
    const called = mount(LiveTicket, { props: { visit: visit({ state: 'called', counter: '5' }) } })
    expect(called.find('[aria-live]').text()).toBe('请 A012 号到 5 号窗口')
  })
})

describe('a refusal', () => {
  it('leads to the page where something can be done', async () => {
    const notice = mount(Refusal, {
      props: { problem: new ApiProblem('appointments.already_booked', 409, '您已有这个事项的预约') },
    })
    expect(notice.text()).toContain('您已有这个事项的预约')
    await notice.find('[role=button]').trigger('click')
    expect(navigated).toEqual(['/pages/booking/list'])
  })
  it('leads nowhere else', () =>
    expect(
      mount(Refusal, { props: { problem: new ApiProblem('appointments.slot_past', 409, '已停止预约') } })
        .find('[role=button]')
        .exists(),
    ).toBe(false))
})

describe('the inbox', () => {
  it('counts for who is signed in and shows it on the tab', async () => {
    Object.assign(useSession(), { token: 't' })
    answers.push({ statusCode: 200, data: { unread: 120 } })
    const inbox = useInbox()
    await inbox.refresh()
    expect([inbox.unread, badgeText(inbox.unread), badges.at(-1)]).toEqual([120, '99+', '99+'])
    expect(mount(ZTabBar, { props: { current: 'home' } }).text()).toContain('120 条未读消息')
  })
  it('keeps its count without an answer, and forgets it after signing out', async () => {
    const session = useSession()
    Object.assign(session, { token: 't' })
    const inbox = useInbox()
    inbox.set(3)
    answers.push({ statusCode: 404 })
    await inbox.refresh()
    expect(inbox.unread).toBe(3)
    Object.assign(session, { token: null })
    await inbox.refresh()
    expect([inbox.unread, badges.at(-1)]).toEqual([0, ''])
  })
})

describe('a purpose', () => {
  const channel = (code: string, label: string, locked = false) => ({ code, label, label_en: '', on: true, locked })
  const purpose = (given: Partial<PurposeSettings>): PurposeSettings => ({
    code: 'policy',
    label: '政策订阅',
    label_en: '',
    words: '',
    words_en: '',
    necessary: false,
    on: true,
    channels: [channel('inbox', '收件箱'), channel('sms', '短信'), channel('wechat', '微信', true)],
    ...given,
  })
  const switches = (given: Partial<PurposeSettings>) =>
    mount(PurposeCard, { props: { purpose: purpose(given), busy: false } })
  it('that is needed stays, its other ways can be turned', async () => {
    const card = switches({ necessary: true })
    for (const one of card.findAll('[role=switch]')) await one.trigger('click')
    expect(card.emitted('turn')).toEqual([['sms', false]])
  })
  it('that is off has no ways', async () => {
    const card = switches({ on: false })
    expect(card.findAll('[role=switch]')).toHaveLength(1)
    await card.find('[role=switch]').trigger('click')
    expect(card.emitted('turn')).toEqual([['inbox', true]])
  })
})
