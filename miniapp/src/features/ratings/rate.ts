/** Saying what one thinks of a handling, once. */
import { ref } from 'vue'
import type { RatingInput } from '@/api/types/case'
import { slot, type Slot } from '@/features/shared/kept'
import { useIntention } from '@/features/shared/intention'
import { useAct } from '@/features/shared/load'
import { scrollTo } from '@/platform/device'
import { noOpinion, sendable } from './opinion'

/** `open` names what is rated: what was written of it before comes back.
 * `send` answers undefined when no star is chosen (told by `wrong`) and when it was refused (told by `problem`). */
export function useRating<T>(offline: () => boolean, post: (rating: RatingInput, key: string) => Promise<T>) {
  const opinion = ref<RatingInput>(noOpinion())
  const wrong = ref(false)
  const { busy, problem, act } = useAct()
  const once = useIntention()

  let copy: Slot<RatingInput> | null = null
  function open(subject: string) {
    copy = slot(`rating:${subject}`)
    opinion.value = copy.read() ?? noOpinion()
  }
  function say(value: RatingInput) {
    opinion.value = value
    wrong.value = false
    copy?.write(value)
  }
  async function send(): Promise<T | undefined> {
    wrong.value = opinion.value.stars === 0
    if (wrong.value) return void scrollTo('rate-stars')
    const sent = await act(() => once((key) => post(sendable(opinion.value, offline()), key)))
    if (sent) copy?.remove()
    return sent
  }

  return { opinion, wrong, busy, problem, open, say, send }
}
