/** Where the phone is: asked only when the person wants something that needs it, and never kept. */
import type { Point } from './gcj02'
// #ifdef H5
import { toGcj02 } from './gcj02'
// #endif

export type { Point }

const PATIENCE = 10_000

/** In the coordinates of Chinese maps (GCJ-02), as the halls' are. Null: not allowed, or not known. */
export function locate(): Promise<Point | null> {
  // #ifdef H5
  return locateInBrowser()
  // #endif
  // #ifndef H5
  return new Promise((resolve) => {
    uni.getLocation({
      type: 'gcj02',
      success: ({ latitude, longitude }) => resolve({ latitude: Number(latitude), longitude: Number(longitude) }),
      fail: () => resolve(null),
    })
  })
  // #endif
}

// #ifdef H5
/** Not uni's: when the browser does not know, that one asks an outside map service. */
function locateInBrowser(): Promise<Point | null> {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(toGcj02(coords)),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
    )
  })
}
// #endif

// #ifndef H5
/** A place as a person picked it on the platform's own map. The words are the map's. */
export interface Chosen extends Point {
  name: string
  address: string
}

/** Opens the platform's own map. Null: closed without a choice, or not allowed; the platforms do not tell these apart alike. */
export function choosePlace(near: Point | null): Promise<Chosen | null> {
  return new Promise((resolve) => {
    uni.chooseLocation({
      ...near,
      success: ({ latitude, longitude, name = '', address: street = '' }) =>
        resolve({ latitude: Number(latitude), longitude: Number(longitude), name, address: street }),
      fail: () => resolve(null),
    })
  })
}
// #endif
