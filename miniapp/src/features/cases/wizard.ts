import { computed, ref, shallowRef } from 'vue'
import { getCase, refreshDraft, saveAnswers, saveDelivery, saveForm, submitCase } from '@/api/cases'
import { ApiProblem, type FieldProblem } from '@/api/problem'
import { getVersion } from '@/api/published'
import type { CaseDetail, Delivery, FieldValue, FormValues } from '@/api/types/case'
import type { Answers, FormField, Item } from '@/api/types/item'
import { allAnswered, applyAnswers } from '@/features/catalog/situation'
import { useIntention } from '@/features/shared/intention'
import { t, tx } from '@/i18n'
import { read, remove, write } from '@/platform/storage'
import { checkDelivery, checkMaterials, checkSituation } from './checks'
import { chosenDelivery } from './delivery'
import { emptyValue, fieldsOf, validate, visibleFields } from './form'
import { stepsOf, type Step } from './steps'

const AUTOSAVE_AFTER = 1200
const draftKey = (id: string) => `draft:${id}`

/** One application being filled in: its steps, its values, and their way to the server. */
export function useWizard() {
  const detail = shallowRef<CaseDetail | null>(null)
  const item = shallowRef<Item | null>(null)
  const values = ref<FormValues>({})
  const answers = ref<Answers>({})
  const delivery = ref<Delivery>({ method: 'electronic' })
  const key = ref('')
  const errors = ref<FieldProblem[]>([])
  const savedAt = ref<string | null>(null)
  const saveProblem = shallowRef<ApiProblem | null>(null)
  const submitOnce = useIntention()
  /** Names of fields whose values only this phone has. */
  const unsent = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const applied = computed(() => (item.value ? applyAnswers(item.value, answers.value) : null))
  const steps = computed<Step[]>(() => (item.value && applied.value ? stepsOf(item.value, applied.value, values.value) : []))
  const allFields = computed(() => fieldsOf(item.value?.form.ui.pages ?? []))
  const index = computed(() => Math.max(0, steps.value.findIndex((step) => step.key === key.value)))
  const step = computed<Step | undefined>(() => steps.value[index.value])

  async function load(id: string): Promise<void> {
    const fetched = await getCase(id)
    item.value = (await getVersion(fetched.item.code, fetched.version.document)).data
    take(fetched)
    answers.value = { ...fetched.answers }
    if (fetched.delivery) delivery.value = { ...fetched.delivery }
    const known = { ...prefilled(fetched), ...fetched.form.values }
    const kept = read<FormValues>(draftKey(id)) ?? {}
    unsent.clear()
    for (const name of Object.keys(kept)) if (JSON.stringify(kept[name]) !== JSON.stringify(known[name])) unsent.add(name)
    values.value = { ...known, ...kept }
    key.value = firstOpen()
  }

  function take(fetched: CaseDetail) {
    detail.value = fetched
    savedAt.value = fetched.updated_at
  }

  /** Where the person left off: the first step that still lacks something. */
  function firstOpen(): string {
    const open = steps.value.find((one) => problemsOf(one).length > 0)
    const untouched = Object.keys(detail.value?.form.values ?? {}).length === 0
    if (untouched) return steps.value[item.value && allAnswered(item.value, answers.value) && steps.value.length > 1 && steps.value[0]?.kind === 'situation' ? 1 : 0]?.key ?? 'review'
    return open?.key ?? 'review'
  }

  function problemsOf(one: Step): FieldProblem[] {
    if (!item.value || !detail.value || !applied.value) return []
    if (one.kind === 'situation') return checkSituation(item.value, answers.value, applied.value)
    if (one.kind === 'form') return validate(visibleFields(one.page.fields, values.value, allFields.value), values.value, allFields.value)
    if (one.kind === 'materials') return checkMaterials(detail.value.materials)
    if (one.kind === 'delivery') return checkDelivery(delivery.value)
    return []
  }

  function setValue(field: FormField, value: FieldValue) {
    values.value = { ...values.value, [field.name]: value }
    unsent.add(field.name)
    errors.value = errors.value.filter(({ path }) => path !== `/${field.name}`)
    if (detail.value) write(draftKey(detail.value.id), values.value)
    clearTimeout(timer)
    timer = setTimeout(() => void save(), AUTOSAVE_AFTER)
  }

  /** Sends the current page. A failure keeps everything on the phone and says so. */
  async function save(): Promise<boolean> {
    clearTimeout(timer)
    const current = step.value
    if (!detail.value || !current) return false
    const sent = [...unsent]
    try {
      const fetched = await send(current, detail.value.id)
      if (fetched) take(fetched)
      saveProblem.value = null
      for (const name of sent) unsent.delete(name)
      if (!unsent.size) remove(draftKey(detail.value.id))
      return true
    } catch (cause) {
      saveProblem.value = ApiProblem.from(cause)
      errors.value = saveProblem.value.fields
      return false
    }
  }

  async function send(current: Step, id: string): Promise<CaseDetail | null> {
    // What earlier pages could not send goes first, whatever page is open now.
    const late = fieldsOf(item.value?.form.ui.pages ?? []).filter(({ name }) => unsent.has(name))
    if (current.kind === 'form') {
      const here = current.page.fields
      return saveForm(id, pageValues([...here, ...late.filter(({ name }) => here.every((field) => field.name !== name))]), current.page.key)
    }
    const caughtUp = late.length ? await saveForm(id, pageValues(late), '') : null
    if (current.kind === 'situation') return saveAnswers(id, answers.value)
    if (current.kind === 'delivery') return saveDelivery(id, chosenDelivery(delivery.value))
    return caughtUp
  }

  function pageValues(fields: FormField[]): FormValues {
    const shown = visibleFields(fields, values.value, allFields.value)
    const before = detail.value?.form.values ?? {}
    // A cleared answer is told as null; one never given is not told at all.
    const told = shown.filter(({ name }) => !emptyValue(values.value[name]) || !emptyValue(before[name]))
    return Object.fromEntries(told.map(({ name }) => [name, emptyValue(values.value[name]) ? null : values.value[name]]))
  }

  async function next(): Promise<boolean> {
    if (!step.value) return false
    errors.value = problemsOf(step.value)
    if (errors.value.length > 0 || !(await save())) return false
    goTo(steps.value[index.value + 1]?.key ?? 'review')
    return true
  }

  const goTo = (wanted: string) => {
    errors.value = []
    key.value = wanted
  }
  const previous = () => goTo(steps.value[index.value - 1]?.key ?? key.value)

  /** Everything once more before sending; leads to the first step that lacks something. */
  function unfinished(): { step: Step; problems: FieldProblem[] }[] {
    return steps.value.map((one) => ({ step: one, problems: problemsOf(one) })).filter(({ problems }) => problems.length > 0)
  }

  async function submit(): Promise<CaseDetail> {
    const { id } = detail.value!
    if (unsent.size && !(await save())) throw saveProblem.value!
    const sent = await submitOnce((intention) => submitCase(id, intention))
    remove(draftKey(id))
    return sent
  }

  /** The item changed while the draft lay open: move to the current version and keep what still fits. */
  async function refresh(): Promise<void> {
    const moved = await refreshDraft(detail.value!.id)
    await load(moved.id)
  }

  async function reloadCase(): Promise<void> {
    take(await getCase(detail.value!.id))
    // What has just been handed in is no longer missing.
    if (errors.value.length && step.value) errors.value = problemsOf(step.value)
  }

  const sourceOf = (field: FormField): string => {
    const known = detail.value?.prefill[field.name]
    return known && known.value === values.value[field.name] ? tx(known, 'source') || t('form.realName') : ''
  }

  return {
    detail, item, allFields, values, answers, delivery, errors, savedAt, saveProblem, applied, steps, index, step,
    load, setValue, save, next, goTo, previous, unfinished, submit, refresh, reloadCase, sourceOf,
  }
}

function prefilled(fetched: CaseDetail): FormValues {
  return Object.fromEntries(Object.entries(fetched.prefill ?? {}).map(([name, { value }]) => [name, value]))
}
