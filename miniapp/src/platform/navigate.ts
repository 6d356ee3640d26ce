/** All addresses of the app in one place. */

export const TABS = {
  home: '/pages/home/index',
  browse: '/pages/browse/index',
  interact: '/pages/interact/index',
  me: '/pages/me/index',
} as const

export const PAGES = {
  list: '/pages/browse/list',
  search: '/pages/search/index',
  guide: '/pages/guide/index',
  verify: '/pages/verify/index',
  login: '/pages/login/index',
  lost: '/pages/lost/index',
  cases: '/pages/case/list',
  case: '/pages/case/detail',
  apply: '/pages/case/apply',
  sent: '/pages/case/sent',
  rate: '/pages/case/rate',
  choose: '/pages/booking/choose',
  time: '/pages/booking/time',
  confirm: '/pages/booking/confirm',
  booking: '/pages/booking/detail',
  bookings: '/pages/booking/list',
  standing: '/pages/booking/standing',
  family: '/pages/booking/family',
  rush: '/pages/booking/rush',
  ticketNew: '/pages/ticket/new',
  ticket: '/pages/ticket/detail',
  tickets: '/pages/ticket/list',
  answers: '/pages/ticket/answers',
  publicTicket: '/pages/ticket/public',
  consultations: '/pages/consultation/list',
  consultation: '/pages/consultation/detail',
  consultationAnswer: '/pages/consultation/answer',
  rateCode: '/pages/rate/code',
  articles: '/pages/content/list',
  article: '/pages/content/article',
  topics: '/pages/content/topics',
  messages: '/pages/mine/messages',
  message: '/pages/mine/message',
  messageSettings: '/pages/mine/message-settings',
  realName: '/pages/mine/real-name',
  licences: '/pages/mine/licences',
  favourites: '/pages/mine/favourites',
  settings: '/pages/mine/settings',
  sessions: '/pages/mine/sessions',
  accessLog: '/pages/mine/access-log',
} as const

export type PageName = keyof typeof PAGES
export type TabName = keyof typeof TABS
export type Query = Record<string, string | undefined>

export function address(page: PageName, query: Query = {}): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
  const words = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return PAGES[page] + (words ? `?${words}` : '')
}

/** The page on top, with what it was opened with. */
export function here(): string {
  const page: { route?: string; $page?: { fullPath?: string } } | undefined = getCurrentPages().at(-1)
  return page?.$page?.fullPath ?? `/${page?.route ?? ''}`
}

export function go(page: PageName, query?: Query): void {
  void uni.navigateTo({ url: address(page, query) })
}

/** Replaces the page, so that 返回 does not lead into a finished step. */
export function replace(page: PageName, query?: Query): void {
  void uni.redirectTo({ url: address(page, query) })
}

/** An address of this app, as messages carry it; check it with `isOwn` before. */
export function openOwn(url: string): void {
  if ((Object.values(TABS) as string[]).includes(url.split('?')[0] ?? '')) void uni.switchTab({ url })
  else void uni.navigateTo({ url })
}

export function goTab(tab: TabName): void {
  void uni.switchTab({ url: TABS[tab] })
}

export function back(): void {
  if (getCurrentPages().length > 1) void uni.navigateBack()
  else goTab('home')
}
