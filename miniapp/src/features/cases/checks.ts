/** What each step of the wizard still lacks, apart from the form itself. Pure. */
import type { FieldProblem } from '@/api/problem'
import type { CaseMaterial, Delivery } from '@/api/types/case'
import type { Answers, Item } from '@/api/types/item'
import { openQuestions, type Applied } from '@/features/catalog/situation'
import { tooLong } from '@/features/shared/length'
import { isContactPhone } from '@/features/shared/numbers'
import { t, tx } from '@/i18n'

export function checkSituation(item: Item, answers: Answers, applied: Applied): FieldProblem[] {
  const missing = openQuestions(item, answers).map((question) => ({
    path: `/answers/${question.key}`,
    code: 'required',
    message: t('form.choose', { label: tx(question, 'text') }),
  }))
  return missing.concat(applied.blocks.map((message) => ({ path: '/answers', code: 'blocked', message })))
}

export function checkMaterials(materials: CaseMaterial[]): FieldProblem[] {
  return materials
    .filter(({ necessity, state, files }) => (necessity === 'required' && files.length === 0) || state === 'flagged')
    .map((material) => ({
      path: `/materials/${material.code}`,
      code: 'required',
      message: t('materials.missing', { name: tx(material, 'name') }),
    }))
}

export function checkDelivery(delivery: Delivery): FieldProblem[] {
  const wrong: FieldProblem[] = []
  const need = (name: 'hall' | 'receiver' | 'phone' | 'address', message: string) =>
    void (delivery[name]?.trim() || wrong.push({ path: `/delivery/${name}`, code: 'required', message }))
  if (delivery.method === 'pickup') need('hall', t('delivery.needHall'))
  if (delivery.method === 'courier') {
    need('receiver', t('delivery.needReceiver'))
    need('phone', t('delivery.needPhone'))
    need('address', t('delivery.needAddress'))
    if (delivery.phone && !isContactPhone(delivery.phone)) {
      wrong.push({
        path: '/delivery/phone',
        code: 'bad_phone',
        message: t('form.contactPhone', { label: t('delivery.phone') }),
      })
    }
    for (const [name, most] of [
      ['receiver', 50],
      ['address', 200],
    ] as const) {
      const over = tooLong(delivery[name] ?? '', most)
      if (over)
        wrong.push({
          path: `/delivery/${name}`,
          code: 'too_long',
          message: t('form.ofField', { label: t(`delivery.${name}`), words: over }),
        })
    }
  }
  return wrong
}
