import { PAGES, TABS } from '@/platform/navigate'

const OWN = [...Object.values(PAGES), ...Object.values(TABS)] as string[]

/** Only pages of this app: an address in a link must not lead anywhere else. */
export const isOwn = (url: string): boolean => OWN.includes(url.split('?')[0] ?? '')

/**
 * After signing in or real-name: on to where the person wanted to go, without the finished page behind. `anew` closes
 * all pages: they may show what somebody else has written.
 */
export function finishAt(next: string, anew = false): void {
  const pages = getCurrentPages()
  const before = pages[pages.length - 2]
  const target = isOwn(next) ? next : TABS.me
  const isTab = (Object.values(TABS) as string[]).includes(target)
  if (anew) void uni.reLaunch({ url: target })
  else if (before && `/${before.route}` === target.split('?')[0]) void uni.navigateBack()
  else if (isTab) void uni.switchTab({ url: target })
  else void uni.redirectTo({ url: target })
}
