/** A stand-in for the `uni` runtime: storage in memory, requests answered by the test. */
import { createPinia, setActivePinia } from 'pinia'
import { config } from '@vue/test-utils'
import { beforeEach, vi } from 'vitest'
import { setLocale } from '@/i18n'

type Answer = { statusCode: number; data?: unknown } | 'offline' | 'timeout'
export interface Sent {
  url: string
  method: string
  header: Record<string, string>
  data?: string
}

export const store = new Map<string, string>()
export const sent: Sent[] = []
export const answers: Answer[] = []
export const navigated: string[] = []
/** What the tab's badge was set to; empty: taken away. */
export const badges: string[] = []

interface RequestOptions extends Sent {
  success: (answer: { statusCode: number; data: unknown; header: object }) => void
  fail: (failure: { errMsg: string }) => void
}

const uniStandIn = {
  getStorageSync: (key: string) => store.get(key) ?? '',
  setStorageSync: (key: string, value: string) => void store.set(key, value),
  removeStorageSync: (key: string) => void store.delete(key),
  getStorageInfoSync: () => ({ keys: [...store.keys()] }),
  setTabBarItem: () => undefined,
  setTabBarBadge: ({ text }: { text: string }) => void badges.push(text),
  removeTabBarBadge: () => void badges.push(''),
  setNavigationBarTitle: () => undefined,
  pageScrollTo: () => undefined,
  getAppBaseInfo: () => ({}),
  switchTab: ({ url }: { url: string }) => void navigated.push(url),
  reLaunch: ({ url }: { url: string }) => void navigated.push(url),
  redirectTo: ({ url }: { url: string }) => void navigated.push(url),
  navigateTo: ({ url }: { url: string }) => void navigated.push(url),
  request({ url, method, header, data, success, fail }: RequestOptions) {
    sent.push({ url, method, header, data })
    const answer = answers.shift() ?? 'offline'
    if (answer === 'offline' || answer === 'timeout') fail({ errMsg: `request:fail ${answer}` })
    else success({ statusCode: answer.statusCode, data: answer.data ?? null, header: {} })
  },
}

vi.stubGlobal('uni', uniStandIn)

const kit = import.meta.glob<{ default: object }>('../src/ui/Z*.vue', { eager: true })
config.global.components = Object.fromEntries(
  Object.entries(kit).map(([path, module]) => [path.replace(/^.*\/(Z\w+)\.vue$/, '$1'), module.default]),
)

beforeEach(() => {
  store.clear()
  setActivePinia(createPinia())
  sent.length = 0
  answers.length = 0
  navigated.length = 0
  badges.length = 0
  setLocale('zh-CN')
})
