import { computed, ref, shallowRef } from 'vue'
import { getCase, refreshDraft, saveAnswers, saveDelivery, saveForm, submitCase } from '@/api/cases'
import { ApiProblem, type FieldProblem } from '@/api/problem'
import { getVersion } from '@/api/published'
import type { CaseDetail, Delivery, FieldValue, FormValues } from '@/api/types/case'
import type { Answers, FormField, Item } from '@/api/types/item'
import { applyAnswers, knownAnswers, openQuestions } from '@/features/catalog/situation'
import { useIntention } from '@/features/shared/intention'
import { sameValue, type Parts } from '@/features/shared/merge'
import { t, tx } from '@/i18n'
import { checkDelivery, checkMaterials, checkSituation } from './checks'
import { chosenDelivery } from './delivery'
import { emptyValue, fieldsOf, shownAt, visibleFields } from './form'
import { lockedValues } from './locked'
import { stepsOf, type Step } from './steps'
import { ANSWERS, DELIVERY, fieldOf, partOf, savedOf, useUnsent, type PartValue } from './unsent'
import { validate } from './validate'

const AUTOSAVE_AFTER = 1200
const NEWER = 'cases.newer_saved'

/** One application being filled in: its steps, its values, and their way to the server. */
export function useWizard() {
  const detail = shallowRef<CaseDetail | null>(null)
  const item = shallowRef<Item | null>(null)
  const values = ref<FormValues>({})
  const answers = ref<Answers>({})
  const delivery = ref<Delivery>({ method: 'electronic' })
  const key = ref('')
  const errors = ref<FieldProblem[]>([])
  const saveProblem = shallowRef<ApiProblem | null>(null)
  const submitOnce = useIntention()
  const draft = useUnsent()
  const { unsent, asked, onPhone } = draft
  let timer: ReturnType<typeof setTimeout> | undefined

  const applied = computed(() => (item.value ? applyAnswers(item.value, answers.value) : null))
  const steps = computed<Step[]>(() =>
    item.value && applied.value ? stepsOf(item.value, applied.value, values.value) : [],
  )
  const allFields = computed(() => fieldsOf(item.value?.form.ui.pages ?? []))
  const index = computed(() =>
    Math.max(
      0,
      steps.value.findIndex((step) => step.key === key.value),
    ),
  )
  const step = computed<Step | undefined>(() => steps.value[index.value])
  /** When the server got the last of it; null while there is something that it has not got. */
  const savedAt = computed(() => (Object.keys(unsent.value).length ? null : (detail.value?.updated_at ?? null)))

  /** Opens the draft. False when it is none any more: then there is a case to look at. */
  async function load(id: string): Promise<boolean> {
    const fetched = await getCase(id)
    if (fetched.state !== 'draft') return false
    item.value = (await getVersion(fetched.item.code, fetched.version.document)).data
    detail.value = fetched
    draft.open(fetched)
    draft.leaveTo(Object.keys(lockedValues(fetched)).map(partOf))
    values.value = { ...prefilled(fetched), ...fetched.form.values }
    answers.value = { ...fetched.answers }
    if (fetched.delivery) delivery.value = { ...fetched.delivery }
    for (const [part, { value }] of Object.entries(unsent.value)) show(part, value)
    values.value = { ...values.value, ...lockedValues(fetched) }
    key.value = firstOpen()
    return true
  }

  function show(part: string, value: PartValue) {
    const name = fieldOf(part)
    if (name !== null) values.value = { ...values.value, [name]: value as FieldValue }
    else if (part === ANSWERS) answers.value = { ...(value as Answers) }
    else if (value) delivery.value = { ...(value as Delivery) }
  }

  /** The draft as the server has it now. What was not typed here follows it. */
  function take(fetched: CaseDetail, sent: Parts<PartValue> = {}) {
    const before = detail.value
    detail.value = fetched
    draft.arrive(fetched, sent)
    const names = [...Object.keys(before?.form.values ?? {}), ...Object.keys(fetched.form.values)]
    for (const part of [...names.map(partOf), ANSWERS, DELIVERY]) {
      const saved = savedOf(fetched, part)
      if (before && !(part in unsent.value) && !sameValue(savedOf(before, part), saved)) show(part, saved)
    }
  }

  /** Where the person left off: the first step that still lacks something. */
  function firstOpen(): string {
    const open = steps.value.find((one) => problemsOf(one).length > 0)
    const untouched = Object.keys(detail.value?.form.values ?? {}).length === 0
    if (untouched)
      return (
        steps.value[
          item.value &&
          openQuestions(item.value, answers.value).length === 0 &&
          steps.value.length > 1 &&
          steps.value[0]?.kind === 'situation'
            ? 1
            : 0
        ]?.key ?? 'review'
      )
    return open?.key ?? 'review'
  }

  function problemsOf(one: Step): FieldProblem[] {
    if (!item.value || !detail.value || !applied.value) return []
    if (one.kind === 'situation') return checkSituation(item.value, answers.value, applied.value)
    if (one.kind === 'form')
      return validate(visibleFields(one.page.fields, values.value, allFields.value), values.value, allFields.value)
    if (one.kind === 'materials') return checkMaterials(detail.value.materials)
    if (one.kind === 'delivery') return checkDelivery(delivery.value, item.value.courier, applied.value.places)
    return []
  }

  function typed(part: string, value: PartValue, autosave: () => void) {
    show(part, value)
    draft.type(part, value, detail.value?.revision ?? 0)
    clearTimeout(timer)
    timer = setTimeout(autosave, AUTOSAVE_AFTER)
  }
  function setValue(field: FormField, value: FieldValue) {
    errors.value = errors.value.filter(({ path }) => shownAt(path) !== `/${field.name}`)
    typed(partOf(field.name), value, () => void save())
  }
  // The server takes these two when they are whole, with the next page.
  const setAnswers = (value: Answers) => typed(ANSWERS, value, draft.keep)
  const setDelivery = (value: Delivery) => typed(DELIVERY, value, draft.keep)

  /** Before the app is left: what has not arrived stays on the phone. */
  const keep = () => {
    clearTimeout(timer)
    if (detail.value) draft.keep()
  }

  /** Sends what the server has not got. A failure keeps everything on the phone and says so. */
  async function save(): Promise<boolean> {
    keep()
    const current = step.value
    if (!detail.value || !current) return false
    try {
      await send(current).catch(async (cause: unknown) => {
        if (ApiProblem.from(cause).code !== NEWER) throw cause
        // Another phone was here. Where it changed other things all of it goes; where the same, the person is asked.
        take(await getCase(detail.value!.id))
        await send(current)
      })
      saveProblem.value = null
      draft.drop(hidden())
      return Object.keys(asked.value).length === 0
    } catch (cause) {
      saveProblem.value = ApiProblem.from(cause)
      errors.value = saveProblem.value.fields
      return false
    }
  }

  async function send(current: Step): Promise<void> {
    const id = detail.value!.id
    const page = current.kind === 'form' ? current.page.key : ''
    const told = formValues(current)
    if (page || Object.keys(told).length) {
      const fetched = await saveForm(id, told, page, detail.value!.revision)
      take(fetched, Object.fromEntries(Object.entries(told).map(([name, value]) => [partOf(name), value])))
    }
    const [situation, way] = [answers.value, chosenDelivery(delivery.value)]
    const known = knownAnswers(item.value!, situation)
    if (current.kind === 'situation' || ANSWERS in unsent.value) {
      take(await saveAnswers(id, known, detail.value!.revision), { [ANSWERS]: situation })
    }
    const whole = DELIVERY in unsent.value && !problemsOf({ kind: 'delivery', key: 'delivery' }).length
    if (current.kind === 'delivery' || whole)
      take(await saveDelivery(id, way, detail.value!.revision), { [DELIVERY]: delivery.value })
  }

  /** What differs from the server's: of the page shown, and what earlier pages could not send. Cleared is told as null. */
  function formValues(current: Step): FormValues {
    const here = current.kind === 'form' ? current.page.fields : []
    const open = allFields.value.filter((field) => here.includes(field) || partOf(field.name) in unsent.value)
    const before = detail.value?.form.values ?? {}
    const told = visibleFields(open, values.value, allFields.value).filter(
      ({ name }) => !(partOf(name) in asked.value) && !sameValue(values.value[name], before[name]),
    )
    return Object.fromEntries(
      told.map(({ name }) => [name, emptyValue(values.value[name]) ? null : values.value[name]]),
    )
  }

  /** What is not asked any more need not arrive. */
  function hidden(): string[] {
    const shown = visibleFields(allFields.value, values.value, allFields.value).map(({ name }) => name)
    return Object.keys(unsent.value).filter((part) => fieldOf(part) !== null && !shown.includes(fieldOf(part)!))
  }

  /** Of a part that two phones filled in differently: the one typed here, or the one that is saved. */
  function choose(part: string, mine: boolean) {
    const kept = asked.value[part]
    draft.choose(part, mine, detail.value!.revision)
    show(part, mine && kept ? kept.value : savedOf(detail.value!, part))
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
    return steps.value
      .map((one) => ({ step: one, problems: problemsOf(one) }))
      .filter(({ problems }) => problems.length > 0)
  }

  /** Null while the person has to decide between two phones first. */
  async function submit(): Promise<CaseDetail | null> {
    const { id } = detail.value!
    if (Object.keys(unsent.value).length && !(await save())) {
      if (saveProblem.value) throw saveProblem.value
      return null
    }
    try {
      const sent = await submitOnce((intention) => submitCase(id, detail.value!.revision, intention))
      draft.forget()
      return sent
    } catch (cause) {
      // What another phone changed is shown before it can be handed in.
      if (ApiProblem.from(cause).code === NEWER) take(await getCase(id))
      throw cause
    }
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
    detail,
    item,
    allFields,
    values,
    answers,
    delivery,
    errors,
    savedAt,
    saveProblem,
    applied,
    steps,
    index,
    step,
    asked,
    onPhone,
    load,
    setValue,
    setAnswers,
    setDelivery,
    keep,
    save,
    choose,
    next,
    goTo,
    previous,
    unfinished,
    submit,
    refresh,
    reloadCase,
    sourceOf,
  }
}

function prefilled(fetched: CaseDetail): FormValues {
  return Object.fromEntries(Object.entries(fetched.prefill ?? {}).map(([name, { value }]) => [name, value]))
}
