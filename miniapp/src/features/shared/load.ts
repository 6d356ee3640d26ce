import { computed, ref, shallowRef } from 'vue'
import { ApiProblem } from '@/api/problem'
import type { Published } from '@/api/published'

/** What a page's address must name. Without it nothing can be there, and the server is not asked. */
export function needed(value: string): string {
  if (!value) throw new ApiProblem('http.404', 404, '')
  return value
}

/** Data of a page with its three other states: loading, refused, offline. A reload keeps the old data in sight. */
export function useLoad<T>(fetch: () => Promise<T>) {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const loading = ref(false)
  let round = 0

  async function reload(): Promise<void> {
    const mine = (round += 1)
    loading.value = true
    problem.value = null
    try {
      const fetched = await fetch()
      if (mine === round) data.value = fetched
    } catch (cause) {
      if (mine === round) problem.value = ApiProblem.from(cause)
    } finally {
      if (mine === round) loading.value = false
    }
  }

  return { data, problem, loading, reload }
}

/** The same for a published document, which may be a stored copy. */
export function usePublished<T>(fetch: () => Promise<Published<T>>) {
  const load = useLoad(fetch)
  return {
    ...load,
    data: computed(() => load.data.value?.data ?? null),
    savedAt: computed(() => load.data.value?.savedAt ?? null),
  }
}

/** One thing being done by the person: busy, and why it failed. */
export function useAct() {
  const busy = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)

  async function act<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = null
    try {
      return await work()
    } catch (cause) {
      problem.value = ApiProblem.from(cause)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, act }
}
