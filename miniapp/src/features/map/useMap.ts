/** The city's map, fetched when somebody wants to see it. */
import { getMap } from '@/api/published'
import { useLoad } from '@/features/shared/load'

/** On H5 with what draws it, which is too much for whoever never opens one. Null: this city has none to show. */
export function useMap() {
  return useLoad(async () => {
    const { data } = await getMap()
    // #ifdef H5
    if (data.bounds) return { map: data, board: (await import('@/platform/map/CityMap')).default }
    // #endif
    return { map: data, board: null }
  })
}
