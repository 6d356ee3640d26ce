/** What H5 draws of the city's map; how it looks and is used, the journeys show. */
import { type GeoJSON, type Marker, TileLayer } from 'leaflet/dist/leaflet-src.esm.js'
import { afterEach, describe, expect, it } from 'vitest'
import type { Hall } from '@/api/types/item'
import type { CityMap, Geometry, Shape, ShapeKind, Tiles } from '@/api/types/map'
import { distance } from '@/features/map/geo'
import { setLocale } from '@/i18n'
import { datumOf, ground, labels } from '@/platform/map/layers'

const shape = (kind: ShapeKind, name: string, geometry: Geometry, level?: number): Shape => ({
  type: 'Feature',
  properties: { kind, name, name_en: `${name} (en)`, level },
  geometry,
})
const square: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [112.3, 31],
      [112.4, 31],
      [112.4, 31.1],
      [112.3, 31.1],
      [112.3, 31],
    ],
  ],
}
const SHAPES = [
  shape('road', '学府路', {
    type: 'LineString',
    coordinates: [
      [112.3, 31],
      [112.31, 31],
      [112.33, 31],
    ],
  }),
  shape('region', '澄湖区', { type: 'MultiPolygon', coordinates: [square.coordinates] }, 1),
  shape('region', '镜台街道', square, 2),
  shape('place', '人民公园', { type: 'Point', coordinates: [112.32, 31.05] }),
  shape('water', '', square),
]
const TILES: Tiles = { layers: 2, datum: 'cgcs2000', credit: '天地图 审图号', min_zoom: 9, max_zoom: 17 }
const map = (tiles: Tiles | null = null): CityMap => ({
  bounds: { south: 31, west: 112.3, north: 31.1, east: 112.4 },
  credit: '示意图',
  credit_en: '',
  features: SHAPES,
  tiles,
})
const HALL = { code: 'city', name: '市民之家', name_en: 'Civic Centre', latitude: 31.05, longitude: 112.31 } as Hall
const words = ({ marker }: { marker: Marker }) =>
  (marker.options.icon!.options as { html: HTMLElement }).html.textContent

afterEach(() => setLocale('zh-CN'))

describe('coordinates', () => {
  const point = { latitude: 31.05, longitude: 112.31 }
  it('are ours where nothing else is drawn', () => {
    const { lat, lng } = datumOf(map()).to(point)
    expect([lat, lng]).toEqual([31.05, 112.31])
  })
  it('are shifted to pictures that are drawn in others, and back', () => {
    const datum = datumOf(map(TILES))
    const there = datum.to(point)
    expect(distance(point, { latitude: there.lat, longitude: there.lng })).toBeGreaterThan(100)
    expect(distance(point, datum.from(there))).toBeLessThan(0.01)
  })
})

describe('the ground', () => {
  it('has areas below lines, and no dots', () => {
    const [drawn] = ground(map(), datumOf(map())) as [GeoJSON]
    const kinds = drawn.getLayers().map((layer) => (layer as unknown as { feature: Shape }).feature.properties.kind)
    expect(kinds).toEqual(['region', 'region', 'water', 'road'])
  })
  it('lies under the pictures of a service, which come from our server', () => {
    const [, first, second] = ground(map(TILES), datumOf(map(TILES)))
    expect([first, second].map((layer) => (layer as unknown as { _url: string })._url)).toEqual([
      '/api/v1/map/tiles/0/{z}/{x}/{y}',
      '/api/v1/map/tiles/1/{z}/{x}/{y}',
    ])
    expect((first as TileLayer).options).toMatchObject({ minNativeZoom: 9, maxNativeZoom: 17 })
  })
})

describe('names', () => {
  it('stand in order of their worth, and only where there is one', () =>
    expect(labels(map(), [HALL, { ...HALL, latitude: null }], datumOf(map())).all.map(words)).toEqual([
      '澄湖区',
      '市民之家',
      '镜台街道',
      '人民公园',
      '学府路',
    ]))
  it('are those of our halls alone where pictures bring their own', () =>
    expect(labels(map(TILES), [HALL], datumOf(map(TILES))).all.map(words)).toEqual(['市民之家']))
  it('are English where there is English', () => {
    setLocale('en')
    expect(labels(map(), [HALL], datumOf(map())).all.map(words)).toContain('Civic Centre')
  })
  it('of a road may stand anywhere along it', () => {
    const road = labels(map(), [], datumOf(map())).all.find(({ kind }) => kind === 'road')!
    expect(road.line!.length).toBeGreaterThan(20)
    expect(Math.max(...road.line!.map(({ lng }) => lng))).toBeLessThan(112.33)
  })
})
