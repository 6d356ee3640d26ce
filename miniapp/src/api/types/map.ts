/** The published document `map`. Positions are [longitude, latitude] in GCJ-02, as GeoJSON has them. */
import type { Bounds } from './ticket'

export type ShapeKind = 'region' | 'water' | 'green' | 'road' | 'street' | 'rail' | 'station' | 'place'
export type Position = [number, number]

export type Geometry =
  | { type: 'Point'; coordinates: Position }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'Polygon'; coordinates: Position[][] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] }

export interface Shape {
  type: 'Feature'
  properties: { kind: ShapeKind; name: string; name_en: string; code?: string; level?: number }
  geometry: Geometry
}

export interface Tiles {
  layers: number
  datum: 'gcj02' | 'cgcs2000'
  /** With the approval number 审图号, which must stand on the map. */
  credit: string
  min_zoom: number
  max_zoom: number
}

export interface CityMap {
  bounds: Bounds | null
  credit: string
  credit_en: string
  features: Shape[]
  tiles: Tiles | null
}
