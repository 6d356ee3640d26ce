/** A form of several steps with what is wrong in the one shown. */
import { computed, nextTick, ref, type Ref } from 'vue'
import type { FieldProblem } from '@/api/problem'
import { linksTo, messageAt } from '@/features/cases/form'
import { scrollTo } from '@/platform/device'

/** `whileNone` is the step until the steps are known. */
export function useSteps<Step>(steps: Ref<readonly Step[]>, whileNone: Step) {
  const at = ref(0)
  const errors = ref<FieldProblem[]>([])
  const step = computed(() => steps.value[at.value] ?? whileNone)
  const summary = computed(() => linksTo(errors.value))
  const errorOf = (path: string) => messageAt(errors.value, path)

  function show(faults: FieldProblem[]) {
    errors.value = faults
    if (faults.length) void nextTick(() => scrollTo('error-summary'))
  }
  function move(to: number) {
    at.value = to
    errors.value = []
    void uni.pageScrollTo({ scrollTop: 0, duration: 0 })
  }
  /** Back to the step where it can be put right. */
  function refuse(faults: FieldProblem[], where: Step) {
    at.value = steps.value.indexOf(where)
    show(faults)
  }

  return { at, step, errors, summary, errorOf, show, move, refuse }
}
