/** Coordinates of Chinese maps (GCJ-02) and of satellites (WGS-84; CGCS2000 is the same to within a metre). Pure. */

export interface Point {
  latitude: number
  longitude: number
}

const AXIS = 6378245
const ECCENTRICITY = 0.006693421622965943

const waves = (value: number, parts: [number, number][]) =>
  parts.reduce((sum, [height, pace]) => sum + height * Math.sin(value * pace * Math.PI), 0) * (2 / 3)

const inChina = ({ latitude, longitude }: Point) =>
  longitude > 72.004 && longitude < 137.8347 && latitude > 0.8293 && latitude < 55.8271

/** From the coordinates of satellites (WGS-84) to those of Chinese maps, which lie up to some 700 m off. */
export function toGcj02({ latitude, longitude }: Point): Point {
  if (!inChina({ latitude, longitude })) return { latitude, longitude }
  const x = longitude - 105
  const y = latitude - 35
  const short = waves(x, [
    [20, 6],
    [20, 2],
  ])
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    short +
    waves(y, [
      [20, 1],
      [40, 1 / 3],
      [160, 1 / 12],
      [320, 1 / 30],
    ])
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    short +
    waves(x, [
      [20, 1],
      [40, 1 / 3],
      [150, 1 / 12],
      [300, 1 / 30],
    ])
  const radians = (latitude / 180) * Math.PI
  const bend = 1 - ECCENTRICITY * Math.sin(radians) ** 2
  const perNorth = ((AXIS * (1 - ECCENTRICITY)) / (bend * Math.sqrt(bend))) * (Math.PI / 180)
  const perEast = (AXIS / Math.sqrt(bend)) * Math.cos(radians) * (Math.PI / 180)
  return { latitude: latitude + north / perNorth, longitude: longitude + east / perEast }
}

/** The way back, to within a millimetre: what GCJ-02 adds changes slowly, so that a few steps towards it suffice. */
export function fromGcj02(point: Point): Point {
  let found = point
  for (let step = 0; step < 5; step += 1) {
    const there = toGcj02(found)
    found = {
      latitude: found.latitude + point.latitude - there.latitude,
      longitude: found.longitude + point.longitude - there.longitude,
    }
  }
  return found
}
