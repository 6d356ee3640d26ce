/** Addresses that come from outside the app: typed, pasted, bookmarked, scanned from paper. */
import { address, PAGES } from './navigate'

/** Addresses of yesterday, which stand on papers already printed. */
const MOVED: Record<string, string> = {
  'pages/case/index': '/pages/case/detail',
}

type Words = Record<string, string | null | undefined>

/** What a query's value means. A browser has decoded it once already, a mini-program has not; a stray % is a sign like others. */
export function decoded(value: string | undefined): string {
  try {
    return decodeURIComponent(value ?? '')
  } catch {
    return value ?? ''
  }
}

function withQuery(path: string, query: Words): string {
  const words = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
  return path + (words.length ? `?${words.join('&')}` : '')
}

/** Where somebody is led who comes to an address without a page. */
export function leadOn(path: string, query: Words = {}): string {
  const moved = MOVED[path.replace(/^\//, '')]
  return moved ? withQuery(moved, query) : address('lost')
}

/** The app was opened with an address without a page. */
export function openLost({ path, query }: { path: string; query?: Words }): void {
  uni.redirectTo({ url: leadOn(path, query), fail: () => uni.reLaunch({ url: PAGES.lost }) })
}

// #ifdef H5
interface Entry {
  position?: number
  __id__?: number
  __type__?: string
}
interface Location {
  path: string
  query: Words
  matched: unknown[]
  meta: { isTabBar?: boolean }
}
interface Router {
  options: { history: { state: Entry } }
  beforeEach: (guard: (to: Location) => object | undefined) => void
}

const A_DAY = 86_400_000
let typed = false

/**
 * Notes when the browser went to an address that the app has not gone to itself. Before the router is made: its own
 * listener must come second.
 */
export function noticeTyped(): void {
  window.addEventListener('popstate', ({ state }) => void (typed = state === null))
}

/**
 * uni knows a page by its path and a number in the history's entry. An address typed over another of the same path has
 * no number and would keep the page that is open, with its old words; so it gets one, and a place behind the entry
 * before it, as if the app had gone there.
 */
export function followTyped(): void {
  const router = (getApp() as unknown as { $router: Router }).$router
  router.beforeEach((to) => {
    const fresh = typed && !to.meta.isTabBar
    typed = false
    if (fresh) numberEntry(router.options.history.state)
    if (to.matched.length) return undefined
    const [path, words = ''] = leadOn(to.path, to.query).split('?')
    return { path, query: Object.fromEntries(new URLSearchParams(words)), replace: true, state: numbers() }
  })
}

function numberEntry(known: Entry): void {
  const entry: Entry = { position: (known.position ?? 0) + 1, __id__: nextId(), __type__: 'navigateTo' }
  window.history.replaceState({ ...window.history.state, ...entry }, '')
  Object.assign(known, entry)
}

const numbers = () => ({ __id__: (window.history.state as Entry | null)?.__id__ ?? nextId(), __type__: 'redirectTo' })

let latest = 0

/**
 * Between the newest page's number and the next whole one, which uni gives by itself. Never one that was given before,
 * also before the app was loaded again: the history still names the pages of then.
 */
function nextId(): number {
  const ids = getCurrentPages().map((page) => Number((page as { $page?: { id?: number } }).$page?.id ?? 1))
  latest = Math.max(latest + 1, Date.now() % A_DAY)
  return Math.floor(Math.max(1, ...ids)) + latest / A_DAY
}
// #endif
