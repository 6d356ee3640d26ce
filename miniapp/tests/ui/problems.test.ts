import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { verdictOf } from '@/features/licences/verdict'
import { leadOn } from '@/platform/address'
import ZLoad from '@/ui/ZLoad.vue'
import ZProblem from '@/ui/ZProblem.vue'
import { navigated } from '../setup'

vi.stubGlobal('getCurrentPages', () => [
  { route: 'pages/case/detail', $page: { fullPath: '/pages/case/detail?id=c1' } },
])
const signedOut = new ApiProblem('core.unauthorized', 401, '请先登录')
const LOGIN = '/pages/login/index?next=%2Fpages%2Fcase%2Fdetail%3Fid%3Dc1'

describe('a page behind a log-in', () => {
  it.each([
    ['while loading', () => mount(ZLoad, { props: { loading: false, problem: signedOut } })],
    ['after an act', () => mount(ZProblem, { props: { problem: signedOut, action: '重试' } })],
  ])('leads to the log-in and back to the very page (%s)', async (_, made) => {
    const shown = made()
    expect(shown.text()).toContain('登录')
    expect(shown.text()).not.toContain('重试')
    await shown.find('[role="button"]').trigger('click')
    expect(navigated).toEqual([LOGIN])
  })
  it('does not claim that something was saved', () => {
    expect(mount(ZLoad, { props: { loading: false, problem: signedOut } }).text()).not.toContain('保存')
  })
})

describe('every refusal', () => {
  const sources = import.meta.glob<string>(['../../src/pages/**/*.vue', '../../src/features/**/*.vue'], {
    query: '?raw',
    import: 'default',
    eager: true,
  })
  /** Where nobody can be signed out: the log-in itself, a code that names nobody, an action that is its own way out. */
  const WITHOUT = ['pages/login/index.vue', 'pages/rate/code.vue']
  it.each(Object.entries(sources).filter(([path]) => !WITHOUT.some((name) => path.endsWith(name))))(
    '%s says it with the way to the log-in',
    (_, source) => {
      expect(source).not.toMatch(/<ZNotice[^>]*>\s*<text>\{\{ (problemLine|refusalLine)\(/)
    },
  )
})

describe('what the public page says of a code', () => {
  it.each([
    ['valid', 'valid'],
    ['pending', 'pending'],
    ['expired', 'ended'],
    ['revoked', 'ended'],
    ['unknown', 'unknown'],
    ['', 'unknown'],
    ['something-new', 'unknown'],
  ])('%s: %s', (status, verdict) => expect(verdictOf({ status })).toBe(verdict))
})

describe('an address without a page', () => {
  it.each([
    ['/pages/case/index', { id: 'c1' }, '/pages/case/detail?id=c1'],
    ['pages/case/index', { id: '带 空格' }, '/pages/case/detail?id=%E5%B8%A6%20%E7%A9%BA%E6%A0%BC'],
    ['/pages/nowhere/at-all', { id: 'c1' }, '/pages/lost/index'],
    ['/', {}, '/pages/lost/index'],
  ])('%s', (path, query, leads) => expect(leadOn(path, query)).toBe(leads))
})
