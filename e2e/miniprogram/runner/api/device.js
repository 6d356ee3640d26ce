// @ts-check

/** An ordinary Android phone, as all vendors tell it. */
export function device() {
  const { innerWidth, innerHeight, devicePixelRatio } = window
  return {
    brand: 'Runner',
    model: 'Runner 1',
    system: 'Android 14',
    pixelRatio: devicePixelRatio,
    windowWidth: innerWidth,
    windowHeight: innerHeight,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    statusBarHeight: 24,
    safeArea: { left: 0, right: innerWidth, top: 24, bottom: innerHeight, width: innerWidth, height: innerHeight - 24 },
    fontSizeSetting: 16,
    theme: 'light',
  }
}
