/** Small wishes to the device. Each is silent where the platform cannot do it: the page always shows the words too. */

export function call(phoneNumber: string): void {
  uni.makePhoneCall({ phoneNumber, fail: () => undefined })
}

export function copy(data: string): Promise<boolean> {
  return new Promise((resolve) => {
    uni.setClipboardData({ data, showToast: false, success: () => resolve(true), fail: () => resolve(false) })
  })
}

export function openMap(place: { name: string; address: string; latitude: number; longitude: number }): void {
  // #ifndef H5
  uni.openLocation({ ...place, fail: () => undefined })
  // #endif
}

/** A map opens inside mini-programs; on H5 it would need an outside map service, so the address is shown instead. */
export function canOpenMap(): boolean {
  let can = true
  // #ifdef H5
  can = false
  // #endif
  return can
}

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

/** Goes to the top, or to the element with this id; on H5 the focus follows, for keyboards and screen readers. */
export function scrollTo(id?: string): void {
  // #ifdef H5
  const target = id ? document.getElementById(id) : null
  if (target) {
    const focusable = target.matches('input,textarea,[tabindex]') ? target : target.querySelector('input,textarea,[tabindex]')
    target.scrollIntoView({ block: 'center' })
    ;((focusable ?? target) as HTMLElement).focus({ preventScroll: true })
    return
  }
  // #endif
  if (id) uni.pageScrollTo({ selector: `#${id}`, offsetTop: -80, duration: 0, fail: () => undefined })
  else uni.pageScrollTo({ scrollTop: 0, duration: 0, fail: () => undefined })
}
