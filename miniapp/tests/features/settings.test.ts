import { beforeEach, describe, expect, it } from 'vitest'
import { useSettings } from '@/features/settings/settings'
import { read, write } from '@/platform/storage'
import { answers, sent } from '../setup'

type Shown = { elder: boolean; locale: string }
const mother = { id: 'mother', locale: 'zh-CN', elder_mode: true }
const guest = { id: 'guest', locale: 'en', elder_mode: false }
const nobody = { id: 'nobody', locale: 'zh-CN', elder_mode: false }
const shown = (): Shown => ({ elder: useSettings().elder, locale: useSettings().locale })
const told = () =>
  sent.filter(({ url, data }) => url.endsWith('/me') && data).map(({ data }) => JSON.parse(data ?? '') as unknown)
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

beforeEach(() => useSettings().start())

describe('signing in', () => {
  it.each([
    // phone, account → what is shown
    ['plain', {}, mother, { elder: true, locale: 'zh-CN' }],
    ['plain', {}, guest, { elder: false, locale: 'en' }],
    ['plain', {}, nobody, { elder: false, locale: 'zh-CN' }],
    ["a child's in English", { elder: false, locale: 'en' }, mother, { elder: true, locale: 'en' }],
    ["a child's in English", { elder: false, locale: 'en' }, nobody, { elder: false, locale: 'en' }],
    ["a grandmother's", { elder: true, locale: 'zh-CN' }, guest, { elder: true, locale: 'en' }],
    ["a grandmother's", { elder: true, locale: 'zh-CN' }, nobody, { elder: true, locale: 'zh-CN' }],
  ])('on a phone that is %s (%o) as %o', (_, phone, account, wanted) => {
    write('settings', phone)
    const settings = useSettings()
    settings.start()
    settings.meet(account)
    expect(shown()).toEqual(wanted)
    // Neither is written to the other, and signed out the phone is as it was.
    expect([told(), read('settings')]).toEqual([[], phone])
    settings.leave()
    expect(shown()).toEqual({ elder: false, locale: 'zh-CN', ...phone })
  })
})

describe('a choice', () => {
  it('of a visitor is the phone’s', () => {
    useSettings().setElder(true)
    expect([shown().elder, read('settings'), told()]).toEqual([true, { elder: true }, []])
  })
  it('of somebody signed in is the account’s, also back to the usual', async () => {
    const settings = useSettings()
    settings.setElder(true)
    settings.meet(nobody)
    answers.push({ statusCode: 200, data: {} })
    settings.setElder(false)
    await settled()
    expect([shown().elder, read('settings'), told()]).toEqual([false, { elder: true }, [{ elder_mode: false }]])
    settings.meet(nobody)
    expect(shown().elder).toBe(false)
    settings.leave()
    expect(shown().elder).toBe(true)
  })
  it('made on another phone is followed', () => {
    const settings = useSettings()
    settings.setElder(true)
    settings.meet(mother)
    settings.meet({ ...mother, elder_mode: false })
    expect(shown().elder).toBe(false)
  })
  it('that could not be told is told at the next meeting', async () => {
    const settings = useSettings()
    settings.meet(nobody)
    answers.push({ statusCode: 503 }, { statusCode: 200, data: {} })
    settings.changeLocale('en')
    await settled()
    settings.meet(nobody)
    await settled()
    expect([shown().locale, told()]).toEqual(['en', [{ locale: 'en' }, { locale: 'en' }]])
    settings.meet(guest)
    expect(told().length).toBe(2)
  })
  it('of one is not shown to the next who signs in', () => {
    const settings = useSettings()
    settings.meet(mother)
    settings.meet(nobody)
    expect(shown().elder).toBe(false)
  })
})
