import { ref, shallowRef } from 'vue'
import { search, suggest } from '@/api/citizen'
import { ApiProblem } from '@/api/problem'
import { getCatalog } from '@/api/published'
import type { SearchAnswer, Suggestion } from '@/api/types/catalog'
import { searchLocally } from './local'
import { rememberSearch, searches } from './history'

const DEBOUNCE = 250

/** Words → suggestions while typing → results. Without network it searches the last known catalogue. */
export function useSearch() {
  const words = ref('')
  const suggestions = ref<Suggestion[]>([])
  const answer = shallowRef<SearchAnswer | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const offline = ref(false)
  const loading = ref(false)
  const history = ref<string[]>(searches())
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = 0

  function type(value: string) {
    words.value = value
    answer.value = null
    clearTimeout(timer)
    timer = setTimeout(() => void propose(value.trim()), DEBOUNCE)
  }

  async function propose(value: string) {
    const mine = (round += 1)
    if (!value) return void (suggestions.value = [])
    // Suggestions are an aid; a failure leaves the field as it is.
    const found = await suggest(value).catch(() => [])
    if (mine === round) suggestions.value = found
  }

  async function run(value = words.value): Promise<void> {
    const wanted = value.trim()
    if (!wanted) return
    clearTimeout(timer)
    const mine = (round += 1)
    words.value = wanted
    suggestions.value = []
    problem.value = null
    loading.value = true
    const found = await find(wanted)
    if (mine !== round) return
    answer.value = found
    loading.value = false
    history.value = rememberSearch(wanted)
  }

  async function find(wanted: string): Promise<SearchAnswer | null> {
    offline.value = false
    try {
      return await search(wanted)
    } catch (cause) {
      const failed = ApiProblem.from(cause)
      const kept = failed.retryable ? await getCatalog().catch(() => null) : null
      if (!kept) {
        problem.value = failed
        return null
      }
      offline.value = true
      return {
        query: wanted,
        corrected: null,
        results: searchLocally(kept.data.items, wanted),
        articles: [],
        order: [],
      }
    }
  }

  return { words, suggestions, answer, problem, offline, loading, history, type, run }
}
