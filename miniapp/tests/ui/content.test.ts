import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Result, SurveyQuestion } from '@/api/types/consultation'
import type { Comparison } from '@/api/types/content'
import ResultBars from '@/features/consultations/ResultBars.vue'
import SheetQuestion from '@/features/consultations/SheetQuestion.vue'
import ComparisonCard from '@/features/content/ComparisonCard.vue'
import RichText from '@/features/content/RichText.vue'
import { navigated } from '../setup'

describe('an article', () => {
  it('leads on by the links in its words, and is marked as Chinese', async () => {
    const text = mount(RichText, { props: { html: '<p>去<a href="#" data-item="990100">办理</a></p>' } })
    expect(text.attributes('lang')).toBe('zh-CN')
    await text.get('[role="link"]').trigger('click')
    expect(navigated).toEqual(['/pages/guide/index?code=990100'])
  })
  it('says what came and what went by more than colour', async () => {
    const comparison: Comparison = {
      former: null,
      for_whom: ['个人'],
      from_when: null,
      opens: [],
      counts: { same: 0, changed: 1, added: 0, removed: 0 },
      rows: [
        {
          kind: 'changed',
          label_before: '第四条',
          label_after: '第五条',
          before: '10日',
          after: '5日',
          segments: [
            ['delete', '10'],
            ['insert', '5'],
            ['equal', '日'],
          ],
        },
      ],
    }
    const card = mount(ComparisonCard, { props: { comparison } })
    await card.get('[aria-expanded]').trigger('click')
    expect([card.get('[role="deletion"]').text(), card.get('[role="insertion"]').text()]).toEqual(['10', '5'])
    expect(card.text()).toContain('修改')
  })
})

describe('a survey', () => {
  const question = (given: Partial<SurveyQuestion>): SurveyQuestion => ({
    key: 'q1',
    kind: 'scale',
    title: '打几分',
    hint: '',
    required: true,
    options: [],
    rows: [],
    choices_min: 1,
    choices_max: 30,
    points: 3,
    low_label: '差',
    high_label: '好',
    length_max: 500,
    show_if: [],
    ...given,
  })
  it('names the ends of a scale, and answers in points', async () => {
    const scale = mount(SheetQuestion, { props: { question: question({}), modelValue: undefined } })
    const points = scale.findAll('[role="radio"]')
    expect(points.map((point) => point.attributes('aria-label'))).toEqual(['1 分 差', '2 分', '3 分 好'])
    await points[1]!.trigger('click')
    expect(scale.emitted('update:modelValue')).toEqual([[2]])
  })
  it('keeps the other rows of a matrix', async () => {
    const options = [
      { key: 'o1', label: '是' },
      { key: 'o2', label: '否' },
    ]
    const rows = [
      { key: 'r1', label: '甲' },
      { key: 'r2', label: '乙' },
    ]
    const matrix = mount(SheetQuestion, {
      props: { question: question({ kind: 'matrix', options, rows }), modelValue: { r1: 'o1' } },
    })
    await matrix.findAll('[role="radio"]')[3]!.trigger('click')
    expect(matrix.emitted('update:modelValue')).toEqual([[{ r1: 'o1', r2: 'o2' }]])
  })
  it('has results that a table tells', () => {
    const result: Result = {
      key: 'q',
      title: '赞成吗',
      kind: 'single',
      answered: 4,
      rows: [
        { key: '', label: '', answered: 4, mean: null, bars: [{ key: 'o1', label: '赞成', count: 3, share: 75 }] },
      ],
    }
    const bars = mount(ResultBars, { props: { result } })
    expect(bars.get('[role="table"]').attributes('aria-label')).toBe('赞成吗')
    expect(bars.get('[role="row"]').text()).toContain('3 人，75%')
  })
})
