import { beforeEach, describe, expect, it, vi } from 'vitest'
import { belongTo, forgetAll, resume, slot, unbind, waits } from '@/features/shared/kept'
import { keys } from '@/platform/storage'

const words = () => slot<string>('ticket:report')
const drafts = () => keys().filter((key) => key.startsWith('draft:'))

beforeEach(() => {
  forgetAll()
  resume(false)
})

describe('words that only this phone has', () => {
  it('outlive the end of a session and come back to the same person only', () => {
    belongTo('A')
    words().write('甲的话')
    unbind()
    expect(words().read()).toBe(null)
    belongTo('A')
    expect(words().read()).toBe('甲的话')
  })
  it('are gone when another person signs in', () => {
    belongTo('A')
    words().write('甲的话')
    unbind()
    expect(belongTo('B')).toBe(true)
    expect([words().read(), drafts()]).toEqual([null, []])
    expect(belongTo('B')).toBe(false)
  })
  it('are gone when the person signs out', () => {
    belongTo('A')
    words().write('甲的话')
    forgetAll()
    expect(drafts()).toEqual([])
  })
  it('typed before signing in belong to who then signs in, in the page that is open too', () => {
    const page = words()
    page.write('先写的话')
    belongTo('A')
    expect(page.read()).toBe('先写的话')
    page.remove()
    expect(drafts()).toEqual([])
  })
  it('typed just now are not replaced by older ones of the same', () => {
    belongTo('A')
    words().write('旧')
    unbind()
    words().write('新')
    belongTo('A')
    expect(words().read()).toBe('新')
  })
  it('fill what the newer draft leaves empty', () => {
    const draft = () => slot<object>('ticket:report')
    belongTo('A')
    draft().write({ category: 'road', title: '井盖破损', body: '写了很久的话', place: { kind: 'none', address: '' } })
    unbind()
    expect([waits('ticket:report'), waits('ticket:enquiry')]).toEqual([true, false])
    draft().write({ category: 'lamps', title: '', body: '', place: { kind: 'address', address: '某路' } })
    belongTo('A')
    expect(draft().read()).toEqual({
      category: 'lamps',
      title: '井盖破损',
      body: '写了很久的话',
      place: { kind: 'address', address: '某路' },
    })
    expect(waits('ticket:report')).toBe(false)
  })
  it('of an open page stay with its typist, whoever comes after', () => {
    belongTo('A')
    const page = words()
    unbind()
    page.write('会话结束以后写的')
    belongTo('B')
    page.write('还开着的页面')
    expect([page.read(), drafts()]).toEqual([null, []])
  })
  it('are known without network after the app was closed', () => {
    belongTo('A')
    words().write('甲的话')
    resume(true)
    expect(words().read()).toBe('甲的话')
    resume(false)
    expect(words().read()).toBe(null)
  })
  it('that cannot be kept are said to be', () => {
    const full = vi.spyOn(uni, 'setStorageSync').mockImplementation(() => {
      throw new Error('full')
    })
    expect(words().write('话')).toBe(false)
    full.mockRestore()
  })
})
