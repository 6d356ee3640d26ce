/** H5 only: which names are shown, so that none lies on another. */
import type { Map as Leaflet } from 'leaflet/dist/leaflet-src.esm.js'
import type { Label, LabelKind } from './layers'

/** From which zoom to which one a kind of name helps. */
const ZOOMS: Record<LabelKind, [from: number, to: number]> = {
  district: [0, 13],
  quarter: [13, 15],
  hall: [11.5, 99],
  station: [13, 99],
  place: [14, 99],
  water: [12, 99],
  green: [13, 99],
  road: [14, 99],
  street: [15, 99],
  rail: [99, 0],
}
/** Pixels that stay free between two names. */
const GAP = 4

/** The labels come in order of their worth: the first to stand somewhere keeps the place. */
export function declutter(map: Leaflet, labels: Label[]): void {
  const zoom = map.getZoom()
  const wanted = labels.filter((label) => {
    const [from, to] = ZOOMS[label.kind]
    const shown = zoom >= from && zoom <= to && moved(map, label)
    label.marker.getElement()!.style.display = shown ? '' : 'none'
    return shown
  })
  // All are measured before any is hidden: one layout, not one for each. The words stand beside their box's corner.
  const boxes = wanted.map(({ marker }) => marker.getElement()!.firstElementChild!.getBoundingClientRect())
  const taken: DOMRect[] = []
  boxes.forEach((box, index) => {
    if (taken.some((other) => overlap(box, other))) wanted[index]!.marker.getElement()!.style.display = 'none'
    else taken.push(box)
  })
}

/** A line's name stands where the line is in sight, nearest to the middle; a line out of sight has none. */
function moved(map: Leaflet, { line, marker }: Label): boolean {
  if (!line) return true
  const [sight, middle] = [map.getBounds(), map.getCenter()]
  const seen = line.filter((place) => sight.contains(place))
  if (!seen.length) return false
  marker.setLatLng(seen.reduce((best, place) => (middle.distanceTo(place) < middle.distanceTo(best) ? place : best)))
  return true
}

const overlap = (a: DOMRect, b: DOMRect) =>
  a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + GAP && b.top < a.bottom + GAP
