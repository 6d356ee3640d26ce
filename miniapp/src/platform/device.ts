/** Small wishes to the device. Each is silent where the platform cannot do it: the page always shows the words too. */
// #ifndef H5
import { anchored } from './anchors'
import { SERVER } from './server'
// #endif

export function call(phoneNumber: string): void {
  uni.makePhoneCall({ phoneNumber, fail: () => undefined })
}

export function copy(data: string): Promise<boolean> {
  return new Promise((resolve) => {
    uni.setClipboardData({ data, showToast: false, success: () => resolve(true), fail: () => resolve(false) })
  })
}

/** By which of the four an article is read. */
export function channel(): 'h5' | 'wechat' | 'alipay' | 'baidu' {
  let name: ReturnType<typeof channel> = 'h5'
  // #ifdef MP-WEIXIN
  name = 'wechat'
  // #endif
  // #ifdef MP-ALIPAY
  name = 'alipay'
  // #endif
  // #ifdef MP-BAIDU
  name = 'baidu'
  // #endif
  return name
}

/** `path` on our server: by the phone's own sheet where the browser has one, else copied. */
export async function share(title: string, path: string): Promise<'shared' | 'copied' | 'none'> {
  // #ifdef H5
  const url = new URL(path, window.location.origin).href
  if (navigator.share) {
    return navigator.share({ title, url }).then(
      () => 'shared' as const,
      () => 'none' as const,
    )
  }
  return (await copy(`${title} ${url}`)) ? 'copied' : 'none'
  // #endif
  // #ifndef H5
  return (await copy(`${title} ${SERVER}${path}`)) ? 'copied' : 'none'
  // #endif
}

// #ifndef H5
/** The platform's own map. On H5 it would be an outside service's; there we draw our own. */
export function openMap(place: { name: string; address: string; latitude: number; longitude: number }): void {
  uni.openLocation({ ...place, fail: () => undefined })
}
// #endif

export function deviceName(): string {
  try {
    const { deviceBrand = '', deviceModel = '', hostName = '', osName = '' } = uni.getSystemInfoSync()
    return [hostName, deviceBrand, deviceModel, osName].filter(Boolean).join(' ').slice(0, 60) || 'H5'
  } catch {
    return 'H5'
  }
}

/** The system's font scale where the platform tells it (WeChat); 1 elsewhere, browsers scale by themselves. */
export function systemFontScale(): number {
  // #ifdef MP-WEIXIN
  const { fontSizeScaleFactor, fontSizeSetting } = uni.getAppBaseInfo() as unknown as {
    fontSizeScaleFactor?: number
    fontSizeSetting?: number
  }
  return fontSizeScaleFactor ?? (fontSizeSetting ? fontSizeSetting / 16 : 1)
  // #endif
  // #ifndef MP-WEIXIN
  return 1
  // #endif
}

/** Goes to the element with this id; on H5 the focus follows, for keyboards and screen readers. */
export function scrollTo(id: string): void {
  // #ifdef H5
  const target = document.getElementById(id)
  if (!target) return
  const focusable = target.matches('input,textarea,[tabindex]')
    ? target
    : target.querySelector('input,textarea,[tabindex]')
  target.scrollIntoView({ block: 'center' })
  ;((focusable ?? target) as HTMLElement).focus({ preventScroll: true })
  // #endif
  // #ifndef H5
  scrollByPosition(id)
  // #endif
}

// #ifndef H5
/** Words above the element stay in sight, so that it is clear where on the page it is. */
const ROOM_ABOVE = 80

/** The platforms' own scrolling by selector does not look into components. */
function scrollByPosition(id: string): void {
  const { selector, within } = anchored(id)
  const query = uni.createSelectorQuery()
  const none = () => undefined
  ;(within ? query.in(within) : query).select(selector).boundingClientRect(none)
  query.selectViewport().scrollOffset(none)
  query.exec(([box, view]: [{ top: number } | null, { scrollTop: number } | null]) => {
    if (!box) return
    const scrollTop = Math.max(0, box.top + (view?.scrollTop ?? 0) - ROOM_ABOVE)
    uni.pageScrollTo({ scrollTop, duration: 0, fail: none })
  })
}
// #endif
