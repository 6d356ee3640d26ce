/** H5 only: the map's mechanics, by Leaflet. What it is for, its component says. */
import {
  circle,
  divIcon,
  type LatLng,
  latLngBounds,
  layerGroup,
  type Map as Leaflet,
  map as leaflet,
  marker,
} from 'leaflet/dist/leaflet-src.esm.js'
import 'leaflet/dist/leaflet.css'
import type { Hall } from '@/api/types/item'
import type { CityMap } from '@/api/types/map'
import type { Point } from '@/platform/gcj02'
import './city-map.scss'
import { declutter } from './declutter'
import { type Datum, datumOf, GROUND, ground, labels, type Mark, NAMES, pressable } from './layers'

export interface Wishes {
  map: CityMap
  halls: Hall[]
  /** What it is about; with `within`, only that it is so many metres around. */
  point: Point | null
  within: number
  marks: Mark[]
  /** Told what lies under the pin, once somebody moved the map; null while the map is too wide to mean a place. */
  pick?: (point: Point | null) => void
  open: (id: string) => void
}

export interface Board {
  lookAt: (point: Point) => void
  zoom: (by: number) => void
  mark: (marks: Mark[]) => void
  close: () => void
}

/** From here on a pixel is four metres: near enough to find a lamp post, and wide enough to know the way there. */
const PRECISE = 15
const NEAREST = 18
/** Below this zoom, roads are drawn thin. */
const NEAR = 14
/** How far one tap goes in while the map is still too wide. */
const STRIDE = 3
const ARROWS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])

export function openBoard(element: HTMLElement, wishes: Wishes): Board {
  const datum = datumOf(wishes.map)
  const board = made(element, Boolean(wishes.pick))
  const close = closing(board)
  const names = labels(wishes.map, wishes.halls, datum)
  const tidy = () => close.done() || declutter(board, names.all)
  board.on('zoomend moveend', () => {
    element.dataset.zoom = board.getZoom() < NEAR ? 'far' : 'near'
    requestAnimationFrame(tidy)
  })
  begin(board, wishes, datum)
  ground(wishes.map, datum).forEach((layer) => layer.addTo(board))
  names.group.addTo(board)
  const marks = layerGroup().addTo(board)
  const mark = (found: Mark[]) => {
    marks.clearLayers()
    pressable(found, datum, wishes.open).forEach((one) => marks.addLayer(one))
  }
  mark(wishes.marks)
  if (wishes.pick) choosing(board, element, datum, (point) => close.done() || wishes.pick?.(point))
  else if (wishes.point) show(board, datum.to(wishes.point), wishes.within)
  tidy()
  return {
    lookAt: (point) =>
      void (
        under(board, datum.to(point)) ||
        board.setView(datum.to(point), Math.max(board.getZoom(), PRECISE), { animate: false })
      ),
    zoom: (by) => board.setZoom(board.getZoom() + by),
    mark,
    close: close.now,
  }
}

/** Who chooses zooms around the pin, else what lies under it would change. */
function made(element: HTMLElement, choosing: boolean): Leaflet {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const middle = choosing ? 'center' : true
  const board = leaflet(element, {
    attributionControl: false,
    zoomControl: false,
    maxZoom: NEAREST,
    zoomSnap: 0.5,
    inertia: !still,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: false,
    scrollWheelZoom: middle,
    touchZoom: middle,
    doubleClickZoom: false,
  })
  // Scores of names without an order say nothing to a screen reader; where the pin is, the page says in words.
  for (const pane of [GROUND, NAMES]) board.createPane(pane).setAttribute('aria-hidden', 'true')
  return board
}

/** Leaflet ends a zoom a moment later and must still find its map then. */
function closing(board: Leaflet): { now: () => void; done: () => boolean } {
  let [closed, zooming] = [false, false]
  board.on('zoomanim', () => void (zooming = true)).on('zoomend', () => void (zooming = false))
  return {
    done: () => closed,
    now: () => {
      closed = true
      if (zooming) board.once('moveend', () => board.remove())
      else board.stop().remove()
    },
  }
}

function begin(board: Leaflet, { map, point, marks }: Wishes, datum: Datum): void {
  const { south, west, north, east } = map.bounds!
  const whole = latLngBounds(
    datum.to({ latitude: south, longitude: west }),
    datum.to({ latitude: north, longitude: east }),
  )
  const widest = Math.min(board.getBoundsZoom(whole), PRECISE)
  if (point) board.setView(datum.to(point), PRECISE, { animate: false })
  else if (marks.length)
    board.fitBounds(latLngBounds(marks.map((mark) => datum.to(mark.point))), {
      padding: [40, 40],
      maxZoom: PRECISE,
      animate: false,
    })
  // The box is wider than the city, so a little nearer still shows all of it.
  else board.setView(whole.getCenter(), widest + 0.5, { animate: false })
  board.setMaxBounds(whole.pad(0.2)).setMinZoom(widest)
}

/** Only what a person does chooses: a drag, an arrow key, a tap. Opening and zooming do not. */
function choosing(board: Leaflet, element: HTMLElement, datum: Datum, pick: (point: Point | null) => void): void {
  let moved = false
  const move = () => (moved = true)
  element.addEventListener('keydown', ({ key }) => ARROWS.has(key) && move())
  board.on('dragstart', move)
  board.on('click', ({ latlng }: { latlng: LatLng }) => {
    move()
    board.setView(latlng, Math.max(board.getZoom(), Math.min(board.getZoom() + STRIDE, PRECISE)))
  })
  board.on('moveend', () => {
    if (moved) pick(board.getZoom() >= PRECISE ? datum.from(board.getCenter()) : null)
  })
}

function show(board: Leaflet, place: LatLng, within: number): void {
  if (within) circle(place, { radius: within, interactive: false, className: 'z-map-within' }).addTo(board)
  else
    marker(place, {
      icon: divIcon({ className: 'z-map-here', html: '<div class="z-map-pin"></div>', iconSize: [0, 0] }),
      interactive: false,
      keyboard: false,
    }).addTo(board)
}

/** Whether a place is in the middle already. */
const under = (board: Leaflet, place: LatLng) =>
  board.latLngToContainerPoint(place).distanceTo(board.getSize().divideBy(2)) < 1
