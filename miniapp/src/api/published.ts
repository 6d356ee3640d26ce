/** Published documents, with the last known copy for when there is no network. */
import { hotline } from '@/i18n'
import { keys, read, remove, write } from '@/platform/storage'
import { document } from './client'
import { ApiProblem } from './problem'
import type { Catalog, City, Halls } from './types/catalog'
import type { Item } from './types/item'
import type { CityMap } from './types/map'

export interface Published<T> {
  data: T
  /** Set when this is a stored copy: when it was fetched, ISO. */
  savedAt: string | null
}

interface Stored<T> {
  at: string
  data: T
}

/** Of guides and of articles: those read last. */
const KEPT = 20
const MANY = ['doc:items/', 'doc:content/']

export async function published<T>(key: string, path = `/public/${key}.json`): Promise<Published<T>> {
  try {
    const data = await document<T>(path)
    write(`doc:${key}`, { at: new Date().toISOString(), data })
    MANY.forEach(forgetOld)
    return { data, savedAt: null }
  } catch (cause) {
    const stored = ApiProblem.from(cause).retryable ? read<Stored<T>>(`doc:${key}`) : null
    if (stored) return { data: stored.data, savedAt: stored.at }
    throw cause
  }
}

function forgetOld(prefix: string): void {
  const stored = keys().filter((key) => key.startsWith(prefix))
  if (stored.length <= KEPT) return
  const oldest = stored
    .map((key) => ({ key, at: read<Stored<unknown>>(key)?.at ?? '' }))
    .sort((a, b) => a.at.localeCompare(b.at))
  for (const { key } of oldest.slice(0, stored.length - KEPT)) remove(key)
}

export async function getCity(): Promise<Published<City>> {
  const city = await published<City>('city')
  hotline.value = city.data.hotline
  return city
}

/** Texts name the hotline from the first screen on; pages that show the city read it anew. */
export function startCity(): void {
  hotline.value = read<Stored<City>>('doc:city')?.data.hotline ?? ''
  if (!hotline.value) getCity().catch(() => undefined)
}

export const getCatalog = () => published<Catalog>('catalog')
export const getHalls = () => published<Halls>('halls')
export const getMap = () => published<CityMap>('map')
export const getItem = (code: string) => published<Item>(`items/${code}`)

/** The very version a case was made under: `document` as the case names it. */
export function getVersion(code: string, document: string): Promise<Published<Item>> {
  const path = document.startsWith('/') ? document : `/public/${document.replace(/\.json$/, '')}.json`
  return published<Item>(`items/${code}@${path}`, path)
}
