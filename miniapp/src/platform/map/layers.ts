/** H5 only: what is drawn on the city's map, lowest first. Looks come from styles, by the class of each kind. */
import {
  divIcon,
  geoJSON,
  type LatLng,
  latLng,
  type Layer,
  layerGroup,
  type LayerGroup,
  marker,
  type Marker,
  tileLayer,
} from 'leaflet/dist/leaflet-src.esm.js'
import type { Hall } from '@/api/types/item'
import type { CityMap, Position, Shape, ShapeKind } from '@/api/types/map'
import { pointOf } from '@/features/map/geo'
import { langOf, tx } from '@/i18n'
import { fromGcj02, type Point, toGcj02 } from '@/platform/gcj02'
import { SERVER } from '@/platform/server'

export type LabelKind = 'district' | 'quarter' | 'hall' | Exclude<ShapeKind, 'region'>

export interface Label {
  kind: LabelKind
  marker: Marker
  /** Of a road's or river's name: where it may stand. */
  line?: LatLng[]
}

/** Between the coordinates of our data and those in which the pictures are drawn. */
export interface Datum {
  to: (point: Point) => LatLng
  from: (place: LatLng) => Point
}

export function datumOf({ tiles }: CityMap): Datum {
  const shifted = tiles?.datum === 'cgcs2000'
  return {
    to: (point) => {
      const { latitude, longitude } = shifted ? fromGcj02(point) : point
      return latLng(latitude, longitude)
    },
    from: ({ lat, lng }) => {
      const point = { latitude: lat, longitude: lng }
      return shifted ? toGcj02(point) : point
    },
  }
}

/** The panes of our own shapes, below a service's pictures, and of the names, below what can be pressed. */
export const GROUND = 'ground'
export const NAMES = 'names'

const DRAWN: ShapeKind[] = ['region', 'green', 'water', 'street', 'road', 'rail']

/** The city's own shapes; pictures of a service, where there is one, lie on top and hide them when they arrive. */
export function ground(map: CityMap, datum: Datum): Layer[] {
  const shapes = DRAWN.flatMap((kind) => map.features.filter(({ properties }) => properties.kind === kind))
  const drawn = geoJSON(shapes as never, {
    pane: GROUND,
    interactive: false,
    filter: ({ geometry }) => geometry.type !== 'Point',
    style: (one?: { properties: Partial<Shape['properties']> }) => ({
      className: `z-map-${one?.properties.kind} z-map-level-${one?.properties.level ?? 0}`,
    }),
    coordsToLatLng: ([longitude, latitude]) => datum.to({ latitude, longitude }),
  })
  const { tiles } = map
  const pictures = Array.from({ length: tiles?.layers ?? 0 }, (_, layer) =>
    tileLayer(`${SERVER}/api/v1/map/tiles/${layer}/{z}/{x}/{y}`, {
      minNativeZoom: tiles?.min_zoom,
      maxNativeZoom: tiles?.max_zoom,
    }),
  )
  return [drawn, ...pictures]
}

/** Names, the most helpful first. A service's pictures bring their own; only our halls are named on them. */
export function labels(map: CityMap, halls: Hall[], datum: Datum): { group: LayerGroup; all: Label[] } {
  const placed = halls.flatMap((hall) => {
    const point = pointOf(hall)
    return point ? [label('hall', hall, datum.to(point))] : []
  })
  const named = map.tiles ? [] : map.features.filter(({ properties }) => properties.name)
  const shapes = named.map((shape) => ({
    ...label(kindOf(shape), shape.properties, datum.to(middle(shape))),
    line: along(shape, datum),
  }))
  const all = [...placed, ...shapes].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  return { group: layerGroup(all.map(({ marker: one }) => one)), all }
}

const ORDER: LabelKind[] = [
  'district',
  'hall',
  'station',
  'quarter',
  'place',
  'water',
  'green',
  'road',
  'street',
  'rail',
]

function kindOf({ properties: { kind, level } }: Shape): LabelKind {
  if (kind !== 'region') return kind
  return level === 1 ? 'district' : 'quarter'
}

function label(kind: LabelKind, named: { name: string; name_en: string }, place: LatLng): Label {
  const words = document.createElement('span')
  words.textContent = tx(named, 'name')
  words.lang = langOf(named, 'name')
  const icon = divIcon({ className: `z-map-label z-map-label-${kind}`, html: words, iconSize: undefined })
  return { kind, marker: marker(place, { icon, pane: NAMES, interactive: false, keyboard: false }) }
}

/** What can be opened from the map. */
export interface Mark {
  id: string
  name: string
  point: Point
}

/** `open` is told which one was pressed, by finger or by Enter. */
export function pressable(marks: Mark[], datum: Datum, open: (id: string) => void): Marker[] {
  return marks.map(({ id, name, point }) => {
    const icon = divIcon({ className: 'z-map-mark', iconSize: undefined })
    return marker(datum.to(point), { icon, title: name, alt: name }).on('click', () => open(id))
  })
}

/** Where a name stands: a line's middle corner, the middle of an area's box. */
function middle({ geometry }: Shape): Point {
  if (geometry.type === 'Point') return positioned(geometry.coordinates)
  if (geometry.type === 'LineString')
    return positioned(geometry.coordinates[Math.floor(geometry.coordinates.length / 2)]!)
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
  const corners = rings[0]!
  const half = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2
  return { latitude: half(corners.map(([, up]) => up)), longitude: half(corners.map(([along]) => along)) }
}

/** Points along a line, some hundred metres apart. */
function along({ geometry }: Shape, datum: Datum): LatLng[] | undefined {
  if (geometry.type !== 'LineString') return undefined
  const corners = geometry.coordinates
  return corners.slice(1).flatMap(([x, y], index) => {
    const [fromX, fromY] = corners[index]!
    const steps = Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY) / 0.001))
    return Array.from({ length: steps }, (_, step) =>
      datum.to({ latitude: fromY + ((y - fromY) * step) / steps, longitude: fromX + ((x - fromX) * step) / steps }),
    )
  })
}

const positioned = ([longitude, latitude]: Position): Point => ({ latitude, longitude })
